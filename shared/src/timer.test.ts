import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PersonId } from './ids.ts'
import { LIMITS } from './limits.ts'
import {
  extendTimer,
  pauseTimer,
  readTimer,
  resetTimer,
  resumeTimer,
  startTimer,
  type Timer,
  timeLeft,
} from './timer.ts'

const NOW = 1_800_000_000_000
const MAREN = 'maren' as PersonId
const MINUTE = 60_000

const running = (left: number, duration = 7 * MINUTE): Timer => ({ state: 'running', duration, endsAt: NOW + left })
const paused = (left: number, duration = 7 * MINUTE): Timer => ({ state: 'paused', duration, left, by: MAREN })
const idle = (duration = 7 * MINUTE): Timer => ({ state: 'idle', duration })

const anyLeft = fc.integer({ min: -LIMITS.timer, max: LIMITS.timer })
const anyDuration = fc.integer({ min: 0, max: LIMITS.timer })
const anyTimer = fc.oneof(
  fc.tuple(anyLeft, anyDuration).map(([left, duration]) => running(left, duration)),
  fc.tuple(anyLeft, anyDuration).map(([left, duration]) => paused(left, duration)),
  anyDuration.map(idle),
)

describe('the timer', () => {
  it('starts from its full length, wherever it was', () => {
    for (const timer of [idle(), running(-5), paused(9)]) expect(timeLeft(startTimer(timer, NOW), NOW)).toBe(7 * MINUTE)
    expect(startTimer(idle(), NOW, 2 * MINUTE)).toEqual(running(2 * MINUTE, 2 * MINUTE))
  })

  it('keeps what is left over a pause, however long it lasts', () => {
    fc.assert(
      fc.property(anyLeft, fc.nat(LIMITS.timer), fc.nat(LIMITS.timer), (left, until, away) => {
        const before = timeLeft(running(left), NOW + until)
        const held = pauseTimer(running(left), NOW + until, MAREN)
        expect(timeLeft(held, NOW + until + away)).toBe(before)
        expect(timeLeft(resumeTimer(held, NOW + until + away), NOW + until + away)).toBe(before)
      }),
    )
  })

  it('says who paused it', () => {
    expect(pauseTimer(running(1_000), NOW, MAREN)).toEqual(paused(1_000))
  })

  it('is not paused unless it runs, nor resumed unless it is paused', () => {
    for (const timer of [idle(), paused(3)]) expect(pauseTimer(timer, NOW, MAREN)).toBe(timer)
    for (const timer of [idle(), running(3)]) expect(resumeTimer(timer, NOW)).toBe(timer)
  })

  it('is extended by a whole minute, from now once it is over', () => {
    fc.assert(
      fc.property(anyTimer, (timer) => {
        fc.pre(timer.duration + MINUTE <= LIMITS.timer)
        const more = extendTimer(timer, NOW, MINUTE)
        expect(more.state).toBe(timer.state)
        expect(timeLeft(more, NOW)).toBe(Math.max(timeLeft(timer, NOW), 0) + MINUTE)
        expect(more.duration).toBe(timer.duration + MINUTE)
      }),
    )
  })

  it('never grows past a day', () => {
    fc.assert(
      fc.property(anyTimer, fc.nat(), (timer, by) => {
        expect(extendTimer(timer, NOW, by).duration).toBeLessThanOrEqual(LIMITS.timer)
        expect(startTimer(timer, NOW, by).duration).toBeLessThanOrEqual(LIMITS.timer)
        expect(resetTimer(by).duration).toBeLessThanOrEqual(LIMITS.timer)
      }),
    )
  })

  it('stops at a length when it is reset', () => {
    expect(resetTimer(5 * MINUTE)).toEqual(idle(5 * MINUTE))
    expect(resetTimer(-1)).toEqual(idle(0))
  })
})

describe('the reading of a timer', () => {
  it.each([
    ['idle', idle(), '7:00', 'calm', 420],
    ['running', running(252_000), '4:12', 'calm', 252],
    ['in a part of a second', running(251_001), '4:12', 'calm', 252],
    ['over an hour', running(3_725_000), '1:02:05', 'calm', 3_725],
    ['a minute and a bit', running(60_001), '1:01', 'calm', 61],
    ['a minute', running(60_000), '1:00', 'soon', 60],
    ['the last second', running(1), '0:01', 'soon', 1],
    ['zero', running(0), '0:00', 'over', 0],
    ['just over', running(-999), '0:00', 'over', 0],
    ['a second over', running(-1_000), '+0:01', 'over', -1],
    ['over', running(-42_000), '+0:42', 'over', -42],
    ['an hour over', running(-3_600_000), '+1:00:00', 'over', -3_600],
    ['paused', paused(38_000), '0:38', 'calm', 38],
    ['paused when over', paused(-42_000), '+0:42', 'over', -42],
    ['idle without a length', idle(0), '0:00', 'calm', 0],
  ] as const)('shows %s', (_, timer, text, tone, seconds) => {
    expect(readTimer(timer, NOW)).toMatchObject({ text, tone, seconds })
  })

  it('changes exactly at its next change, by one second', () => {
    fc.assert(
      fc.property(anyLeft, anyDuration, (left, duration) => {
        const timer = running(left, duration)
        const reading = readTimer(timer, NOW)
        const wait = reading.nextChange ?? Number.NaN
        expect(wait).toBeGreaterThan(0)
        expect(wait).toBeLessThanOrEqual(1_000)
        const before = readTimer(timer, NOW + wait - 1)
        expect([before.text, before.tone, before.seconds]).toEqual([reading.text, reading.tone, reading.seconds])
        expect(readTimer(timer, NOW + wait).seconds).toBe(reading.seconds - 1)
      }),
    )
  })

  it('changes its text and its seconds together', () => {
    fc.assert(
      fc.property(anyLeft, fc.nat(5_000), (left, later) => {
        const now = readTimer(running(left), NOW)
        const then = readTimer(running(left), NOW + later)
        expect(now.text === then.text).toBe(now.seconds === then.seconds)
      }),
    )
  })

  it('stands still unless the timer runs', () => {
    expect(readTimer(idle(), NOW).nextChange).toBeUndefined()
    expect(readTimer(paused(5), NOW).nextChange).toBeUndefined()
  })

  it('says which share has passed, from 0 to 1', () => {
    expect(readTimer(idle(), NOW).passed).toBe(0)
    expect(readTimer(running(3.5 * MINUTE), NOW).passed).toBe(0.5)
    fc.assert(
      fc.property(anyTimer, (timer) => {
        const { passed } = readTimer(timer, NOW)
        expect(passed >= 0 && passed <= 1).toBe(true)
      }),
    )
  })
})
