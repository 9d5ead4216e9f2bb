import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { timerAlarm } from './alarm.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Sets an alarm, and says after how long it rings, ms. */
function ringsAfter(at: number, longest = 3_000): number | undefined {
  let rung: number | undefined
  const began = Date.now()
  timerAlarm(Date.now, longest)(at, () => {
    rung = Date.now() - began
  })
  vi.advanceTimersByTime(100_000)
  return rung
}

test('an alarm rings at its time, and at once when that is past', () => {
  expect(ringsAfter(Date.now() + 2_000)).toBe(2_000)
  expect(ringsAfter(Date.now() - 60_000)).toBeLessThanOrEqual(1)
})

test('a clock that was put back makes nobody wait longer than the longest countdown', () => {
  expect(ringsAfter(Date.now() + 3_600_000)).toBe(3_000)
})

test('a silenced alarm does not ring', () => {
  const ring = vi.fn()
  timerAlarm(Date.now, 3_000)(Date.now() + 1_000, ring)()
  vi.advanceTimersByTime(10_000)
  expect(ring).not.toHaveBeenCalled()
})
