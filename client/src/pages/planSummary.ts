import type { ActionStatus, PlanView } from '@quintet/shared/board'
import { isPast } from './dates.ts'

/** The plan in numbers. */
export interface PlanNumbers {
  /** How many actions are at each status. */
  readonly counts: Readonly<Record<ActionStatus, number>>
  /** Actions past their day that are neither done nor dropped. */
  readonly late: number
}

/** Whether an action is past its day and still to be done. @param now ms since the epoch. */
export function isLate(plan: Pick<PlanView, 'due' | 'status'>, now: number): boolean {
  return plan.due !== null && (plan.status === 'open' || plan.status === 'doing') && isPast(plan.due, now)
}

/** Counts the plan. @param now ms since the epoch. */
export function planNumbers(plans: Iterable<Pick<PlanView, 'due' | 'status'>>, now: number): PlanNumbers {
  const counts = { open: 0, doing: 0, done: 0, dropped: 0 }
  let late = 0
  for (const plan of plans) {
    counts[plan.status]++
    if (isLate(plan, now)) late++
  }
  return { counts, late }
}

/** The order in which statuses stand in the summary: the furthest first. */
export const SUMMARY_ORDER: readonly ActionStatus[] = ['done', 'doing', 'open', 'dropped']

/** The numbers as a sentence: "4 done, 2 doing, 1 open, 1 dropped". */
export function summaryWords({ counts }: PlanNumbers): string {
  return SUMMARY_ORDER.filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${status}`)
    .join(', ')
}
