import { boardRoot } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { useMemo } from 'react'
import type * as Y from 'yjs'
import { useSession } from '../session/SessionContext.tsx'
import type { BoardViews } from './boardViews.ts'
import { useDocument } from './DocumentProvider.tsx'
import { useWatched } from './useWatched.ts'
import { perFrame, type Watched } from './watched.ts'

/** The notes that were removed a moment ago: their words are still on the board, and not in the bin yet. */
export function watchJustRemoved(board: BoardViews, doc: Y.Doc): Watched<readonly NoteId[]> {
  const find = () =>
    ([...boardRoot(doc, 'notes').keys()] as NoteId[]).filter((id) => {
      const note = board.note(id)
      return note?.removed && note.text.trim() !== ''
    })
  return perFrame<NoteId>([board.revision], find, Object.is)
}

/** See {@link watchJustRemoved}; it looks only while it is on the screen. */
export function useJustRemoved(): readonly NoteId[] {
  const { board } = useDocument()
  const doc = useSession().docs.board
  return useWatched(useMemo(() => watchJustRemoved(board, doc), [board, doc]))
}
