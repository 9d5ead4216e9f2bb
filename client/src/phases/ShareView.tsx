import type { PhaseId } from '@quintet/shared/phases'
import { Wall } from '../board/Wall.tsx'
import { Ask } from './Ask.tsx'

/** A phase in which everyone's drafts have just been shown. */
export function ShareView({ phase }: { readonly phase: PhaseId }) {
  return (
    <>
      <Ask phase={phase} />
      <Wall phase={phase} />
    </>
  )
}
