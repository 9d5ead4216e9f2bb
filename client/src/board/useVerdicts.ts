import type { OutcomeId } from '@quintet/shared/board'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { Actor } from '@quintet/shared/rules'
import { useCallback, useSyncExternalStore } from 'react'
import type { StoreApi } from 'zustand'
import { useDocument } from '../document/DocumentProvider.tsx'
import type { DocumentViews } from '../document/documentViews.ts'
import type { Piece } from '../session/pieces.ts'
import { mayPutBack } from '../session/putBack.ts'
import { useSession } from '../session/SessionContext.tsx'
import type { Kept } from '../session/tray.ts'

/**
 * Whether each piece can be put back now: null where it can, else why not. It follows the step, the locks, and what
 * becomes of the things that the pieces are about.
 */
export function useVerdicts(kept: readonly Kept[]): readonly (string | null)[] {
  const views = useDocument()
  const session = useSession()
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = [views.stage.stage, ...kept.flatMap(({ piece }) => cellsOf(piece, views))].map((each) =>
        each.subscribe(changed),
      )
      return () => {
        for (const end of ends) end()
      }
    },
    [kept, views],
  )
  const read = () => {
    const stage = views.stage.stage.getState()
    if (!stage) return ''
    const { me, docs } = session
    const actor: Actor = { person: me.id, role: stage.people.get(me.id)?.role ?? me.role }
    return JSON.stringify(
      kept.map(({ piece }) => {
        const verdict = mayPutBack(piece, actor, stage, docs)
        return verdict.allowed ? null : verdict.reason
      }),
    )
  }
  // A sentence each, as one string: equal answers render nothing again.
  const answers = useSyncExternalStore(subscribe, read)
  return answers === '' ? [] : (JSON.parse(answers) as readonly (string | null)[])
}

/** The views that change when what a piece is about does. */
function cellsOf(piece: Piece, { board, notebook }: DocumentViews): readonly Pick<StoreApi<unknown>, 'subscribe'>[] {
  const about = (id: string) => [
    board.notes.at(id as NoteId),
    board.groups.at(id as GroupId),
    board.plans.at(id as OutcomeId),
  ]
  switch (piece.is) {
    case 'words':
      return piece.target.of === 'draft' ? [notebook.drafts.at(piece.target.id)] : about(piece.target.id)
    case 'change':
      return piece.root === 'drafts'
        ? [notebook.drafts.at(piece.id as NoteId)]
        : [...about(piece.id), ...(Array.isArray(piece.mine) ? about(String(piece.mine[0])) : [])]
    default:
      return []
  }
}
