import { startTimer, type Timer } from '@quintet/shared/timer'
import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { SessionProvider, useTimerReading } from './SessionContext.tsx'
import type { Session, SessionState } from './session.ts'

/** The server's clock is an hour and 400 ms ahead of this machine's. */
const AHEAD = 3_600_400
const START = 1_800_000_000_000

const state = createStore<SessionState>(() => ({ is: 'live' }))
let offset = AHEAD
const generation = createStore(() => 0)
const session = { state, generation, now: () => Date.now() + offset } as Session
let renders = 0

function Clock({ timer }: { readonly timer: Timer }) {
  renders++
  return <output>{useTimerReading(timer).text}</output>
}
const show = (timer: Timer) =>
  render(
    <SessionProvider session={session}>
      <Clock timer={timer} />
    </SessionProvider>,
  )
const shown = () => screen.getByRole('status').textContent
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms))
const look = (hidden: boolean) => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
}

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  offset = AHEAD
  renders = 0
})
afterEach(() => void vi.useRealTimers())

const running = (duration: number) => startTimer({ state: 'idle', duration }, START + AHEAD)

describe('the reading of a timer', () => {
  it('changes exactly at each second of the server’s clock, and renders no more often', () => {
    // The server started it 300 ms ago.
    show(startTimer({ state: 'idle', duration: 60_000 }, START + AHEAD - 300))
    expect(shown()).toBe('1:00')
    pass(699)
    expect(shown()).toBe('1:00')
    pass(2)
    expect(shown()).toBe('0:59')
    const before = renders
    for (let second = 58; second >= 50; second--) {
      pass(1_000)
      expect(shown()).toBe(`0:${second}`)
    }
    expect(renders - before).toBeLessThanOrEqual(9)
  })

  it('goes on past zero', () => {
    show(running(2_000))
    pass(2_001)
    expect(shown()).toBe('0:00')
    pass(1_000)
    expect(shown()).toBe('+0:01')
  })

  it('does not work while the timer rests', () => {
    show({ state: 'paused', duration: 60_000, left: 30_000, by: 'm' as never })
    pass(60_000)
    expect(renders).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not work while nobody looks, and is right at once when somebody does', () => {
    show(running(60_000))
    look(true)
    const before = renders
    pass(20_000)
    expect(renders).toBe(before)
    look(false)
    expect(shown()).toBe('0:40')
  })

  it('is right when the server’s time becomes known', () => {
    offset = 0
    show(running(60_000))
    expect(shown()).not.toBe('1:00')
    offset = AHEAD
    act(() => state.setState({ is: 'loading' }, true))
    expect(shown()).toBe('1:00')
  })

  it('does not drift though the page is late each time', () => {
    show(running(60_000))
    for (let count = 0; count < 10; count++) {
      // A page that is busy wakes late; the time of day went on meanwhile.
      vi.setSystemTime(Date.now() + 130)
      pass(1_000)
    }
    expect(shown()).toBe(`0:${60 - Math.floor(11.3)}`)
  })
})
