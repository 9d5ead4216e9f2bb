import type { Edit, EditName } from '@quintet/shared/edits'
import { useCallback } from 'react'
import { useStore } from 'zustand'
import { useSession } from '../session/SessionContext.tsx'
import { useDocument } from './DocumentProvider.tsx'

/** Makes a named edit of the board, which can be undone. Observers have no way to write: for them it does nothing. */
export function useEdit(): (edit: Edit) => void {
  const { undo } = useDocument()
  const { me, docs } = useSession()
  return useCallback(
    (edit) => {
      if (me.role !== 'observer') undo.apply(edit, docs.board)
    },
    [undo, me, docs],
  )
}

/** Makes a named edit of one's own notebook, undone in one line with those of the board. Observers have none. */
export function useNotebookEdit(): (edit: Edit) => void {
  const { undo } = useDocument()
  const { notebook } = useSession().docs
  return useCallback(
    (edit) => {
      if (notebook) undo.apply(edit, notebook)
    },
    [undo, notebook],
  )
}

/** Taking back one's own edits, the latest first. */
export interface Undoing {
  /** @returns false where somebody changed things since, so that nothing was taken back. */
  readonly undo: () => boolean
  /** @returns false where somebody changed things since, so that nothing was done again. */
  readonly redo: () => boolean
  /** What the next undo takes back; null when there is nothing. */
  readonly undoName: EditName | null
  readonly redoName: EditName | null
}

/** One's own edits of this session that can be taken back or done again. */
export function useUndo(): Undoing {
  const { undo } = useDocument()
  const undoName = useStore(undo.state, (state) => state.undo.at(-1)?.name ?? null)
  const redoName = useStore(undo.state, (state) => state.redo.at(-1)?.name ?? null)
  return {
    undo: useCallback(() => undo.undo(), [undo]),
    redo: useCallback(() => undo.redo(), [undo]),
    undoName,
    redoName,
  }
}
