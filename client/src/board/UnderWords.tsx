import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useOutcome, useWords } from '../document/views.ts'
import { quoted } from './words.ts'

/** What a note hangs under, in words; that it hangs under nothing, where that is gone too. */
export function UnderWords({ id, phase }: { readonly id: OutcomeId | null; readonly phase: PhaseId }) {
  const stands = useOutcome(id ?? NOTHING) !== undefined
  const words = useWords(id ?? NOTHING)
  if (!stands) return `Under no ${PHASES[phase].one} yet`
  return phase === 'ideal' ? quoted(words) : words
}

/** An id that nothing has. */
const NOTHING = '' as NoteId
