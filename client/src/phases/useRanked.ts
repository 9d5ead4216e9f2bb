import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import { ranked } from '@quintet/shared/totals'
import { useMemo } from 'react'
import { useTotals } from '../document/totals.ts'

/**
 * Notes and groups of a phase by their dots in its last closed round; equal ones, and all where no vote was closed, in
 * the order given. Words do not change it, so that nothing jumps while somebody writes.
 */
export function useRanked(phase: PhaseId, ids: readonly OutcomeId[]): readonly OutcomeId[] {
  const totals = useTotals(phase)
  return useMemo(
    () =>
      ranked(
        ids.map((id) => ({ id })),
        totals,
      ).map(({ id }) => id),
    [ids, totals],
  )
}
