/**
 * A past moment: its time today, "14:31"; with its day before that, "14 May, 14:31", and its year where that is another.
 * @param at ms since the epoch. @param now ms since the epoch. @param locale the browser's unless told.
 */
export function momentWords(at: number, now: number, locale?: string): string {
  const [date, today] = [new Date(at), new Date(now)]
  const time = date.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' })
  if (date.toDateString() === today.toDateString()) return time
  const year = date.getFullYear() === today.getFullYear() ? undefined : 'numeric'
  return `${date.toLocaleDateString(locale, { day: 'numeric', month: 'short', year })}, ${time}`
}
