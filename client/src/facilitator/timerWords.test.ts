import type { PersonId } from '@quintet/shared/ids'
import { readTimer, type Timer } from '@quintet/shared/timer'
import { expect, test } from 'vitest'
import { lengthWords, momentBetween, spokenTime, timerLine } from './timerWords.ts'

test.each([
  [7 * 60_000, '7 min'],
  [45_000, '45 s'],
  [0, '0 s'],
  [65 * 60_000, '1 h 05'],
  [120 * 60_000, '2 h'],
  [115 * 60_000, '1 h 55'],
])('%i ms is %s', (ms, words) => {
  expect(lengthWords(ms)).toBe(words)
})

test.each([
  [252, '4 minutes 12 seconds left'],
  [60, '1 minute left'],
  [1, '1 second left'],
  [0, 'Time is over'],
  [-42, '42 seconds over'],
  [3661, '1 hour 1 minute 1 second left'],
])('%i seconds are spoken as %s', (seconds, words) => {
  expect(spokenTime(seconds)).toBe(words)
})

const NOW = 1_000_000
const maren = 'maren' as PersonId

test.each<[Timer, string]>([
  [{ state: 'idle', duration: 420_000 }, 'Not started'],
  [{ state: 'running', duration: 420_000, endsAt: NOW + 252_000 }, 'Running'],
  [{ state: 'paused', duration: 420_000, left: 252_000, by: maren }, 'Paused by Maren'],
  [{ state: 'running', duration: 420_000, endsAt: NOW + 38_000 }, 'Under one minute'],
  [{ state: 'running', duration: 420_000, endsAt: NOW - 42_000 }, 'Over, step stays open'],
  [{ state: 'paused', duration: 420_000, left: -42_000, by: maren }, 'Paused by Maren'],
])('%o says %s', (timer, words) => {
  expect(timerLine(timer, readTimer(timer, NOW), 'Maren')).toBe(words)
})

test.each([
  [61, 60, 'one minute left'],
  [63, 58, 'one minute left'],
  [60, 59, null],
  [400, 399, null],
  [1, 0, 'time is over'],
  [2, -3, 'time is over'],
  [0, -1, null],
  // A laptop that slept through the end says nothing late.
  [400, -200, null],
  [400, 20, null],
  // One more minute after the end.
  [-10, 60, null],
])('between %i and %i seconds lies %s', (before, after, moment) => {
  expect(momentBetween(before, after)).toBe(moment)
})
