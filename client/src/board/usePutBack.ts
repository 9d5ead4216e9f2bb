import type { Actor } from '@quintet/shared/rules'
import { useMemo } from 'react'
import { useDocument } from '../document/DocumentProvider.tsx'
import type { Piece } from '../session/pieces.ts'
import { documentOf, mayPutBack, putBack } from '../session/putBack.ts'
import { useSession } from '../session/SessionContext.tsx'
import { forget } from '../session/tray.ts'
import { newId } from './newId.ts'
import { useTrayOwner } from './useTray.ts'

/** What others refer to comes first, and what removes comes last. */
function rank(piece: Piece): number {
  if (piece.is === 'group') return 0
  if (piece.is === 'note' || piece.is === 'draft') return 1
  if (piece.is !== 'change' || piece.field !== 'removed') return 3
  return piece.mine === true ? 4 : 2
}

/** Puts pieces of the tray back, as far as each can be now. @returns how many were. */
export function usePutBack(): (pieces: readonly Piece[]) => number {
  const owner = useTrayOwner()
  const session = useSession()
  const { stage } = useDocument()
  return useMemo(() => {
    const one = (piece: Piece) => {
      const [{ me, docs }, view] = [session, stage.stage.getState()]
      const doc = docs[documentOf(piece)]
      if (!view || !doc) return false
      const actor: Actor = { person: me.id, role: view.people.get(me.id)?.role ?? me.role }
      return mayPutBack(piece, actor, view, docs).allowed && putBack(piece, newId)(doc) !== null
    }
    return (pieces) => {
      const back = [...pieces].sort((a, b) => rank(a) - rank(b)).filter(one)
      forget(
        owner,
        back.map(({ key }) => key),
      )
      return back.length
    }
  }, [owner, session, stage])
}
