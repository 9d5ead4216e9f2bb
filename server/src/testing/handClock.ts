import type { Alarm } from '../room/alarm.ts'

/** A clock that goes with the machine's, and ahead by as much as a test says. */
export interface HandClock {
  /** Ms since the epoch. */
  readonly now: () => number
  readonly alarm: Alarm
  /** Puts the clock forward; what is due rings in its order. @param by ms. */
  forward(by: number): void
}

export function handClock(): HandClock {
  let ahead = 0
  let alarms: { readonly at: number; readonly ring: () => void }[] = []
  const now = () => Date.now() + ahead
  const ringDue = () => {
    const due = alarms.filter(({ at }) => at <= now()).sort((a, b) => a.at - b.at)
    alarms = alarms.filter((each) => !due.includes(each))
    for (const { ring } of due) ring()
  }
  return {
    now,
    alarm: (at, ring) => {
      const alarm = { at, ring }
      alarms.push(alarm)
      const timer = setTimeout(ringDue, Math.max(0, at - now()))
      return () => {
        clearTimeout(timer)
        alarms = alarms.filter((each) => each !== alarm)
      }
    },
    forward: (by) => {
      ahead += by
      ringDue()
    },
  }
}
