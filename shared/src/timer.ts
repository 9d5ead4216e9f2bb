import type { PersonId } from './ids.ts'
import { LIMITS } from './limits.ts'

/**
 * The timer of the step. All times are milliseconds of the server's clock; a screen adds its own offset to that clock,
 * so that everyone reads the same second. No step ends by itself: past zero the timer counts on, as time over.
 */
export type Timer =
  | { readonly state: 'idle'; readonly duration: number }
  | { readonly state: 'running'; readonly duration: number; readonly endsAt: number }
  | { readonly state: 'paused'; readonly duration: number; readonly left: number; readonly by: PersonId }

/** Under this many ms left the timer turns amber and says so. */
export const SOON = 60_000

const clampDuration = (ms: number) => Math.max(0, Math.min(LIMITS.timer, Math.round(ms)))

/** Milliseconds left at a moment; negative once the time is over. */
export function timeLeft(timer: Timer, now: number): number {
  switch (timer.state) {
    case 'idle':
      return timer.duration
    case 'running':
      return timer.endsAt - now
    case 'paused':
      return timer.left
  }
}

/** Starts from the full duration, wherever the timer was. */
export function startTimer(timer: Timer, now: number, duration = timer.duration): Timer {
  const length = clampDuration(duration)
  return { state: 'running', duration: length, endsAt: now + length }
}

/** Stops the clock where it is. Only a running timer can be paused; any other is returned as it is. */
export function pauseTimer(timer: Timer, now: number, by: PersonId): Timer {
  if (timer.state !== 'running') return timer
  return { state: 'paused', duration: timer.duration, left: timer.endsAt - now, by }
}

/** Goes on with what was left. Only a paused timer can be resumed; any other is returned as it is. */
export function resumeTimer(timer: Timer, now: number): Timer {
  if (timer.state !== 'paused') return timer
  return { state: 'running', duration: timer.duration, endsAt: now + timer.left }
}

/**
 * Gives the step `by` ms more in whatever state it is. Once the time is over, the extra time counts from now,
 * so that "+1" always gives a whole minute.
 */
export function extendTimer(timer: Timer, now: number, by: number): Timer {
  const duration = clampDuration(timer.duration + by)
  const added = duration - timer.duration
  switch (timer.state) {
    case 'idle':
      return { state: 'idle', duration }
    case 'running':
      return { state: 'running', duration, endsAt: Math.max(timer.endsAt, now) + added }
    case 'paused':
      return { state: 'paused', duration, left: Math.max(timer.left, 0) + added, by: timer.by }
  }
}

/** Back to a stopped timer of a length. */
export function resetTimer(duration: number): Timer {
  return { state: 'idle', duration: clampDuration(duration) }
}

/** What a screen shows of a timer at a moment of the server's clock. */
export interface TimerReading {
  /** `4:12`, `1:02:05`, or `+0:42` once over. */
  readonly text: string
  readonly tone: 'calm' | 'soon' | 'over'
  /** Whole seconds left, negative once over; changes exactly when `text` does. */
  readonly seconds: number
  /** Share of the duration that has passed, 0 to 1. */
  readonly passed: number
  /** Milliseconds until the next whole second of a running timer; undefined when the reading stands still. */
  readonly nextChange: number | undefined
}

/** Reads a timer: the seconds left are rounded up, so that zero means over. */
export function readTimer(timer: Timer, now: number): TimerReading {
  const left = timeLeft(timer, now)
  const seconds = left > 0 ? Math.ceil(left / 1000) : -Math.floor(-left / 1000)
  const over = left <= 0 && timer.state !== 'idle'
  const running = timer.state === 'running'
  return {
    text: `${over && seconds !== 0 ? '+' : ''}${clockText(Math.abs(seconds))}`,
    tone: over ? 'over' : running && left <= SOON ? 'soon' : 'calm',
    seconds: seconds === 0 ? 0 : seconds,
    passed: timer.duration === 0 ? 1 : Math.min(1, Math.max(0, 1 - left / timer.duration)),
    nextChange: running ? (left > 0 ? left - (seconds - 1) * 1000 : 1000 - (-left % 1000)) : undefined,
  }
}

function clockText(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}
