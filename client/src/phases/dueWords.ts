const DAY = 24 * 60 * 60 * 1000
/** From so many days ago to so many ahead, a day and a month say which year is meant. */
const NEAR = { past: 90, ahead: 300 }

const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)

/**
 * A day in the person's own locale, with its weekday: "Fri 29 Jan", and with the year where that could be another.
 * @param day `YYYY-MM-DD`. @param today the day in the same form. @param locale the browser's unless told.
 */
export function dueWords(day: string, today: string, locale?: string): string {
  const away = (utc(day) - utc(today)) / DAY
  const near = away > -NEAR.past && away < NEAR.ahead
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(near ? {} : { year: 'numeric' }),
    // A due date is a day of the calendar, the same everywhere.
    timeZone: 'UTC',
  }).format(utc(day))
}

/** Today where the person is, as `YYYY-MM-DD`. @param now ms since the epoch. */
export function localDay(now: number): string {
  const date = new Date(now)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
