import type { Alarm } from '../room/alarm.ts'

/** A clock that goes with the machine's, and ahead by as much as a test says. */
export interface HandClock {
  /** Ms since the epoch. */
  readonly now: () => number
  readonly alarm: Alarm
  /** Puts the clock forward; what is due rings in its order. @param by ms. */
  forward(by: number): void
}

/** @param goes whether it goes with the machine's clock; one that does not stands still until it is put forward. */
export function handClock({ goes = true } = {}): HandClock {
  const began = Date.now()
  let ahead = 0
  let alarms: { readonly at: number; readonly ring: () => void }[] = []
  const now = () => (goes ? Date.now() : began) + ahead
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
      const timer = goes ? setTimeout(ringDue, Math.max(0, at - now())) : undefined
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
