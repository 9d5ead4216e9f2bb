import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import { ranked } from '@quintet/shared/totals'
import { useMemo } from 'react'
import { Composer } from '../board/Composer.tsx'
import { Wall } from '../board/Wall.tsx'
import { useTotals } from '../document/totals.ts'
import { useBlocks } from '../document/views.ts'
import { Ask } from './Ask.tsx'
import { decided } from './Decided.tsx'
import { Rounds } from './Rounds.tsx'

/** What the team decides on, most dots first: what is kept, its words, and what the vote left out. */
export function DecideView({ phase }: { readonly phase: PhaseId }) {
  const order = useRanking(phase)
  return (
    <>
      <Ask phase={phase}>
        <Rounds phase={phase} />
      </Ask>
      <Composer phase={phase} under={null} />
      <Wall phase={phase} order={order} aside={decided} />
    </>
  )
}

/**
 * A phase's notes and groups by their dots in its last closed round; equal ones in the order of the wall. Words do not
 * change it, so that nothing jumps while somebody writes.
 */
function useRanking(phase: PhaseId): readonly OutcomeId[] {
  const ids = useBlocks(phase)
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
