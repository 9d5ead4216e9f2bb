import { act, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Inside, sessionAlone } from '../document/workshop.fixture.tsx'
import { usePartsAhead } from './usePartsAhead.ts'

const load = vi.fn(() => Promise.resolve())

function Ahead() {
  usePartsAhead(load)
  return null
}

function open() {
  const session = sessionAlone()
  render(
    <Inside session={session}>
      <Ahead />
    </Inside>,
  )
  return session
}

beforeEach(() => {
  vi.useFakeTimers()
  load.mockClear()
})
afterEach(() => void vi.useRealTimers())

it('fetches what may be needed later once the page has long been live, and not before', async () => {
  open()
  await act(() => vi.advanceTimersByTimeAsync(10_000))
  expect(load).not.toHaveBeenCalled()
  await act(() => vi.advanceTimersByTimeAsync(10_000))
  expect(load).toHaveBeenCalledOnce()
})

it('fetches nothing while the network is away', async () => {
  const session = open()
  act(() => session.state.setState({ is: 'offline', waiting: 0 }, true))
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  expect(load).not.toHaveBeenCalled()
  act(() => session.state.setState({ is: 'live' }, true))
  await act(() => vi.advanceTimersByTimeAsync(20_000))
  expect(load).toHaveBeenCalledOnce()
})
