/** Rings once at a time (ms since the epoch), at once when it is past. @returns what silences it. */
export type Alarm = (at: number, ring: () => void) => () => void

/**
 * Alarms by the machine's timers.
 * @param longest an alarm rings after so long at most, ms, also when the clock was put back meanwhile.
 */
export function timerAlarm(now: () => number, longest: number): Alarm {
  return (at, ring) => {
    const timer = setTimeout(ring, Math.min(longest, Math.max(0, at - now())))
    return () => clearTimeout(timer)
  }
}
