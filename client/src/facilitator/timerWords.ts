import type { Timer, TimerReading } from '@quintet/shared/timer'

const MINUTE = 60_000

/** A length as people say it: `7 min`, `1 h 05`, `3 h`. Under a minute: `45 s`. @param ms a duration. */
export function lengthWords(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / 1000)} s`
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}`}`
}

const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

/** The reading in words for screen readers: "4 minutes 12 seconds left", "42 seconds over". */
export function spokenTime(seconds: number): string {
  const whole = Math.abs(seconds)
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ] as const
  const words = parts.filter(([count]) => count > 0).map(([count, one]) => plural(count, one))
  if (words.length === 0) return 'Time is over'
  return `${words.join(' ')} ${seconds < 0 ? 'over' : 'left'}`
}

/**
 * The line under the ruler: what the timer is doing, and by whom.
 * @param pausedBy the name of the person who paused it.
 */
export function timerLine(timer: Timer, reading: TimerReading, pausedBy: string): string {
  if (timer.state === 'paused') return `Paused by ${pausedBy}`
  if (reading.tone === 'over') return 'Over, step stays open'
  if (reading.tone === 'soon') return 'Under one minute'
  return timer.state === 'running' ? 'Running' : 'Not started'
}

/** A moment at which a running timer makes itself heard. */
export type TimerMoment = 'one minute left' | 'time is over'

/** A reading this many seconds past a moment comes too late to announce it: the page slept, or has just been opened. */
const FRESH = 5

/** The moment that lies between two readings, seconds left, of a running timer; null where there is none. */
export function momentBetween(before: number, after: number): TimerMoment | null {
  if (before > 0 && after <= 0 && after > -FRESH) return 'time is over'
  if (before > 60 && after <= 60 && after > 60 - FRESH) return 'one minute left'
  return null
}
