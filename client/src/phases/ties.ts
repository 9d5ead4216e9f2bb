import type { Tally } from '@quintet/shared/tally'

/** Whether several things got the same number of dots: none of them comes before the others then. */
export function isTied(tally: Tally, total: number): boolean {
  return total > 0 && Object.values(tally.totals).filter((dots) => dots === total).length > 1
}
