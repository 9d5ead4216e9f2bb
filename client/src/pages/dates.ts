/** Days and moments in words, in the person's locale. */

const DAY = 86_400_000

const sameYear = (a: Date, b: Date) => a.getFullYear() === b.getFullYear()
const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/**
 * A past moment as a list shows it: "Today, 14:31", "Yesterday", "14 May", "9 December 2025".
 * @param at ms since the epoch. @param now ms since the epoch. @param locale the browser's unless told.
 */
export function visitWords(at: number, now: number, locale?: string): string {
  const date = new Date(at)
  const days = Math.round((midnight(new Date(now)) - midnight(date)) / DAY)
  if (days === 0) return `Today, ${date.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' })}`
  if (days === 1) return 'Yesterday'
  return sameYear(date, new Date(now))
    ? date.toLocaleDateString(locale, { day: 'numeric', month: 'long' })
    : date.toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** A day of a plan, `YYYY-MM-DD`, read as a day here, not in another time zone. */
function dayOf(day: string): Date {
  const [year, month, date] = day.split('-').map(Number)
  return new Date(year ?? 0, (month ?? 1) - 1, date)
}

/** A day in short, "29 Jan", with its year where that is another. @param day `YYYY-MM-DD`. @param now ms since the epoch. */
export function shortDay(day: string, now: number, locale?: string): string {
  const date = dayOf(day)
  return date.toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(Math.abs(date.getTime() - now) > 300 * DAY && { year: 'numeric' }),
  })
}

/** A day in full, "Friday, 29 January". @param day `YYYY-MM-DD`. */
export function longDay(day: string, locale?: string): string {
  return dayOf(day).toLocaleDateString(locale, { weekday: 'short', day: 'numeric', month: 'long' })
}

/** Whether a day, `YYYY-MM-DD`, is past: its own day does not count. @param now ms since the epoch. */
export function isPast(day: string, now: number): boolean {
  return dayOf(day).getTime() < midnight(new Date(now))
}
