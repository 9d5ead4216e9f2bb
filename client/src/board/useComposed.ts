import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { type DraftView, isSecret } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import { useCallback, useMemo, useState } from 'react'
import { useDocument } from '../document/DocumentProvider.tsx'
import { useUnfinished } from '../document/ownDrafts.ts'
import { useDraftActions } from './useDraftActions.ts'

/** The draft that the composer shows, and the way to another. */
export interface Composed {
  readonly id: NoteId | null
  /** What the next draft hangs under: the same as the one before. */
  readonly under: OutcomeId | null
  /** Begins the next draft, and holds it. */
  readonly begin: () => NoteId
  /** Keeps the composer at a draft while one writes in it, whatever comes from one's other devices. */
  readonly hold: (id: NoteId | null) => void
}

/** What is composed in a phase. */
export function useComposed(phase: PhaseId): Composed {
  const unfinished = useUnfinished(phase)
  const { notebook } = useDocument()
  const actions = useDraftActions()
  const [held, setHeld] = useState<NoteId | null>(null)
  const id = composedOf(unfinished, held, (each) => notebook.drafts.get(each))
  const under = (id && notebook.drafts.get(id)?.under) ?? null
  const [before, setBefore] = useState<OutcomeId | null>(null)
  const next = id ? under : before
  const begin = useCallback(() => {
    const begun = actions.begin(phase, next)
    setBefore(next)
    setHeld(begun)
    return begun
  }, [actions, phase, next])
  const hold = useCallback(
    (each: NoteId | null) => {
      // One that was just added is not gone back to by the focus that returns to the field.
      if (each === null || !notebook.drafts.get(each)?.ready) setHeld(each)
    },
    [notebook],
  )
  return useMemo(() => ({ id, under: next, begin, hold }), [id, next, begin, hold])
}

/**
 * Which of the unfinished drafts stands in the composer: the one that is being written, else the latest with words.
 * @param unfinished the newest last.
 */
export function composedOf(
  unfinished: readonly NoteId[],
  held: NoteId | null,
  draft: (id: NoteId) => Pick<DraftView, 'text' | 'became' | 'removed'> | undefined,
): NoteId | null {
  // Another tab may say that it is done while one still writes here: the next letter makes it unfinished again.
  if (held !== null) {
    const writing = draft(held)
    if (unfinished.includes(held) || (writing && isSecret(writing))) return held
  }
  return unfinished.findLast((id) => draft(id)?.text.trim() !== '') ?? unfinished.at(-1) ?? null
}
