import { act, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { PageBoundary } from './PageBoundary.tsx'

const network = { isThere: false }

function Page() {
  if (!network.isThere) throw new TypeError('Failed to fetch dynamically imported module')
  return <p>the workshop</p>
}

it('says that a page could not be shown, and shows the one that somebody goes back to', () => {
  // React reports every caught error to the console as well.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  network.isThere = false
  render(
    <PageBoundary>
      <Page />
    </PageBoundary>,
  )
  expect(screen.getByRole('heading', { name: 'This page could not be shown' })).toBeDefined()
  network.isThere = true
  act(() => void dispatchEvent(new PopStateEvent('popstate')))
  expect(screen.getByText('the workshop')).toBeDefined()
})
