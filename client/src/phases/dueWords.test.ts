import { expect, it } from 'vitest'
import { dueWords, localDay } from './dueWords.ts'

it.each([
  { day: '2026-11-27', locale: 'en-GB', words: 'Fri 27 Nov' },
  { day: '2027-01-29', locale: 'en-GB', words: 'Fri 29 Jan' },
  { day: '2027-10-29', locale: 'en-GB', words: 'Fri 29 Oct 2027' },
  { day: '2026-03-02', locale: 'en-GB', words: 'Mon 2 Mar 2026' },
  { day: '2026-11-27', locale: 'de', words: 'Fr., 27. Nov.' },
])('$day is $words in $locale', ({ day, locale, words }) => {
  expect(dueWords(day, '2026-11-26', locale).replace(',', (comma) => (locale === 'de' ? comma : ''))).toBe(words)
})

it('reads the day where the person is', () => {
  const now = new Date(2026, 0, 5, 23, 59).getTime()
  expect(localDay(now)).toBe('2026-01-05')
})
