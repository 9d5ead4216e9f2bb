import { render, screen } from '@testing-library/react'
import { lazy } from 'react'
import { expect, test, vi } from 'vitest'
import './patience.fixture.ts'
import { Part } from './Part.tsx'
import { ToastHost } from './ToastHost.tsx'

const Missing = lazy(() => Promise.reject(new TypeError('Failed to fetch dynamically imported module')))

test('a part that cannot be fetched leaves the page around it standing, and says so', async () => {
  // React reports every caught error to the console as well.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const onFailed = vi.fn()
  render(
    <>
      <p>words that are not saved yet</p>
      <Part waiting="a moment" onFailed={onFailed}>
        <Missing />
      </Part>
      <ToastHost />
    </>,
  )
  expect(screen.getByText('a moment')).toBeDefined()
  expect(await screen.findByText(/could not be loaded/)).toBeDefined()
  expect(screen.getByText('words that are not saved yet')).toBeDefined()
  expect(screen.queryByText('a moment')).toBeNull()
  expect(onFailed).toHaveBeenCalledTimes(1)
})

test('a part that cannot be fetched may have something stand in its place', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  render(
    <Part instead={<p>not shown</p>}>
      <Missing />
    </Part>,
  )
  expect(await screen.findByText('not shown')).toBeDefined()
})
