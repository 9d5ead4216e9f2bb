import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { Composer } from '../board/Composer.tsx'
import { WallFoot } from '../board/WallFoot.tsx'
import { useBlocks } from '../document/views.ts'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import { Ask } from './Ask.tsx'
import { BrokenThread } from './BrokenThread.tsx'
import { Rounds } from './Rounds.tsx'
import { ThreadColumns } from './ThreadColumns.tsx'

/** A phase whose notes hang under those of another: gaps under statements, actions under gaps. */
export function ThreadView({ phase }: { readonly phase: PhaseId }) {
  const above = PHASES[phase].under ?? 'ideal'
  const phone = useMedia(PHONE)
  const nothingAbove = useBlocks(above).length === 0
  return (
    <>
      <Ask phase={phase}>
        <Rounds phase={phase} />
        <BrokenThread phase={phase} />
      </Ask>
      {(phone || nothingAbove) && <Composer phase={phase} />}
      <ThreadColumns phase={phase} above={above} />
      <WallFoot phase={phase} />
    </>
  )
}
