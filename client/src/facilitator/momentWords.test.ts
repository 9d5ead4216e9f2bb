import { expect, test } from 'vitest'
import { momentWords } from './momentWords.ts'

const at = (year: number, month: number, day: number, hour: number, minute: number) =>
  new Date(year, month - 1, day, hour, minute).getTime()

test.each([
  ['today', at(2026, 11, 23, 9, 5), 'at 9:05'],
  ['yesterday', at(2026, 11, 22, 14, 31), 'on 22 November at 14:31'],
  ['in another year', at(2025, 3, 1, 0, 0), 'on 1 March 2025 at 0:00'],
])('a moment %s is told as people tell it', (_, moment, words) => {
  const said = momentWords(moment, at(2026, 11, 23, 14, 31), 'en-GB')
  expect(said.replace(/\b0(?=\d:)/, '')).toBe(words)
})
