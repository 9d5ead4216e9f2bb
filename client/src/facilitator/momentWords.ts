const DAY = 86_400_000

/**
 * A past moment at the end of a sentence: "at 14:31", "on 14 May at 14:31".
 * @param at ms since the epoch. @param now ms since the epoch. @param locale the browser's unless told.
 */
export function momentWords(at: number, now: number, locale?: string): string {
  const [then, today] = [new Date(at), new Date(now)]
  const time = then.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' })
  if (then.toDateString() === today.toDateString()) return `at ${time}`
  const year = Math.abs(now - at) > 300 * DAY ? 'numeric' : undefined
  return `on ${then.toLocaleDateString(locale, { day: 'numeric', month: 'long', year })} at ${time}`
}
