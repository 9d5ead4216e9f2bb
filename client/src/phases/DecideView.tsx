import type { PhaseId } from '@quintet/shared/phases'
import { Composer } from '../board/Composer.tsx'
import { Wall } from '../board/Wall.tsx'
import { useBlocks } from '../document/views.ts'
import { Ask } from './Ask.tsx'
import { decided } from './Decided.tsx'
import { Rounds } from './Rounds.tsx'
import { useRanked } from './useRanked.ts'

/** What the team decides on, most dots first: what is kept, its words, and what the vote left out. */
export function DecideView({ phase }: { readonly phase: PhaseId }) {
  const order = useRanked(phase, useBlocks(phase))
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
