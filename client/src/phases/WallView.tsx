import type { PhaseId } from '@quintet/shared/phases'
import { Composer } from '../board/Composer.tsx'
import { Wall } from '../board/Wall.tsx'
import { Ask } from './Ask.tsx'

/** A phase in which notes go to the wall as they are written, or are put in order there. */
export function WallView({ phase }: { readonly phase: PhaseId }) {
  return (
    <>
      <Ask phase={phase} />
      <Composer phase={phase} under={null} />
      <Wall phase={phase} />
    </>
  )
}
