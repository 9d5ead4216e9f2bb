import type { OutcomeId } from '@quintet/shared/board'
import type { ThreadBreak } from '@quintet/shared/thread'
import { useLocation } from 'wouter'
import { focusNote, noteElement } from '../board/noteFocus.ts'
import { firstWords } from '../board/words.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { MENDED_IN } from './breaksOf.ts'
import { useLook } from './look.ts'

interface ShowBreakProps {
  readonly of: ThreadBreak
  readonly words: string
  readonly onShow: (() => void) | undefined
}

/** Leads to where a break is mended: its phase, with what is broken in sight. The group stays where it is. */
export function ShowBreak({ of: { kind, outcome }, words, onShow }: ShowBreakProps) {
  const { workshop } = useSession()
  const [, navigate] = useLocation()
  const { look } = useLook()
  return (
    <Button
      size="sm"
      aria-label={`Show: ${firstWords(words)}`}
      onClick={() => {
        onShow?.()
        look(MENDED_IN[kind])
        navigate(`/w/${workshop}`)
        focusOnceShown(outcome.id)
      }}
    >
      Show
    </Button>
  )
}

/** How long the phase may take to come onto the screen, ms: it may have to be fetched first. */
const PATIENCE = 5_000

function focusOnceShown(id: OutcomeId): void {
  const until = performance.now() + PATIENCE
  const look = () => {
    if (noteElement(id)) focusNote(id)
    else if (performance.now() < until) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
