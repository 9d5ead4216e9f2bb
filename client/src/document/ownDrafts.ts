import type { NoteId } from '@quintet/shared/ids'
import type { DraftView } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import { useStore } from 'zustand'
import { useSession } from '../session/SessionContext.tsx'
import { useDocument } from './DocumentProvider.tsx'

/** One's own secret drafts of a phase that are ready, the newest last. One that is being rewritten here stays among them. */
export function useDrafts(phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().notebook.ready(phase))
}

/** All drafts of a phase that one has not finished, the newest last: one in the composer, and what an interruption left. */
export function useUnfinished(phase: PhaseId): readonly NoteId[] {
  return useStore(useDocument().notebook.composed(phase))
}

/** One of one's own drafts, shared, removed or not. */
export function useDraft(id: NoteId): DraftView | undefined {
  return useStore(useDocument().notebook.drafts.at(id))
}

/** Whether a note of the board is one's own: signed by oneself, or anonymous and once one's own draft. */
export function useIsOwn(id: NoteId): boolean {
  const { board, notebook } = useDocument()
  const { me } = useSession()
  const wasDraft = useStore(notebook.own.at(id))
  return useStore(board.notes.at(id), (note) => note?.author === me.id) || wasDraft
}
