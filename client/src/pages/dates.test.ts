import { expect, test } from 'vitest'
import { isPast, longDay, shortDay, visitWords } from './dates.ts'

const NOW = new Date(2026, 10, 26, 15, 0).getTime()
const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime()

test.each([
  [at(2026, 10, 26, 14, 31), 'Today, 14:31'],
  [at(2026, 10, 26, 0, 0), 'Today, 0:00'],
  [at(2026, 10, 25, 23, 59), 'Yesterday'],
  [at(2026, 4, 14), '14 May'],
  [at(2025, 11, 9), '9 December 2025'],
])('a visit at %i was %s', (moment, words) => {
  expect(visitWords(moment, NOW, 'en-GB')).toBe(words)
})

test('a day is the same day in every time zone', () => {
  expect(shortDay('2027-01-29', NOW, 'en-GB')).toBe('29 Jan')
  expect(shortDay('2028-01-29', NOW, 'en-GB')).toBe('29 Jan 2028')
  expect(longDay('2027-01-29', 'en-GB')).toBe('Fri 29 January')
})

test.each([
  ['2026-11-25', true],
  ['2026-11-26', false],
  ['2026-11-27', false],
])('%s is past: %s', (day, past) => {
  expect(isPast(day, NOW)).toBe(past)
})
