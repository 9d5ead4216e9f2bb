import { expect, test } from 'vitest'
import { momentWords } from './momentWords.ts'

const at = (year: number, month: number, day: number, hour: number, minute: number) =>
  new Date(year, month - 1, day, hour, minute).getTime()

test.each([
  ['today', at(2026, 11, 23, 9, 5), '9:05'],
  ['yesterday', at(2026, 11, 22, 14, 31), '22 Nov, 14:31'],
  ['in another year', at(2025, 3, 1, 18, 0), '1 Mar 2025, 18:00'],
])('a moment %s is told as people tell it', (_, moment, words) => {
  const said = momentWords(moment, at(2026, 11, 23, 14, 31), 'en-GB')
  // Whether a morning's hour has a nought before it is the browser's business.
  expect(said.replace(/\b0(?=\d:)/, '')).toBe(words)
})
