import type { OutcomeId } from '@quintet/shared/board'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { Actor } from '@quintet/shared/rules'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { StoreApi } from 'zustand'
import { useDocument } from '../document/DocumentProvider.tsx'
import type { DocumentViews } from '../document/documentViews.ts'
import type { Piece } from '../session/pieces.ts'
import { mayPutBack, stands } from '../session/putBack.ts'
import { useSession } from '../session/SessionContext.tsx'
import type { Kept } from '../session/tray.ts'

/** What can be done about a piece now. */
export type PieceVerdict =
  | { readonly is: 'possible' }
  | { readonly is: 'impossible'; readonly reason: string }
  /** What it would write stands there already. */
  | { readonly is: 'stands' }

/**
 * Whether each piece can be put back now, in their order; none while the stage is unknown. It follows the step, the locks, and what
 * becomes of the things that the pieces are about.
 */
export function useVerdicts(kept: readonly Kept[]): readonly PieceVerdict[] {
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
      kept.map(({ piece }): PieceVerdict => {
        if (stands(piece, docs, stage)) return { is: 'stands' }
        const verdict = mayPutBack(piece, actor, stage, docs)
        return verdict.allowed ? { is: 'possible' } : { is: 'impossible', reason: verdict.reason }
      }),
    )
  }
  // As one string: equal answers render nothing again.
  const answers = useSyncExternalStore(subscribe, read)
  return useMemo(() => (answers === '' ? [] : (JSON.parse(answers) as readonly PieceVerdict[])), [answers])
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
    case 'note':
      return about(piece.note.id)
    case 'draft':
      return [notebook.drafts.at(piece.draft.id)]
    case 'group':
      return about(piece.group.id)
    case 'dots':
      return []
  }
}
