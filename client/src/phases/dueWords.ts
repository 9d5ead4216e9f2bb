/**
 * A day in the person's own locale, with its weekday: "Fri 29 Jan", and with the year where that is another one.
 * @param day `YYYY-MM-DD`. @param today the day in the same form. @param locale the browser's unless told.
 */
export function dueWords(day: string, today: string, locale?: string): string {
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    // A due date is a day of the calendar, the same everywhere.
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`))
}

/** Today where the person is, as `YYYY-MM-DD`. @param now ms since the epoch. */
export function localDay(now: number): string {
  const date = new Date(now)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
