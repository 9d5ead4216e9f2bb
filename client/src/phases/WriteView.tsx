import type { PhaseId } from '@quintet/shared/phases'
import { Composer } from '../board/Composer.tsx'
import { Ask } from './Ask.tsx'

/** A phase while everyone writes for themselves. */
export function WriteView({ phase }: { readonly phase: PhaseId }) {
  return (
    <>
      <Ask phase={phase} />
      <Composer phase={phase} />
    </>
  )
}
