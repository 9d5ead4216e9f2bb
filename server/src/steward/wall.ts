import { boardRoot, type OutcomeId } from '@quintet/shared/board'
import { standsAs } from '@quintet/shared/groups'
import { compareOrder, keyAt, type Ordered } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'
import { liveSource } from '@quintet/shared/standing'
import * as Y from 'yjs'

/** What an id stands as on the board now, and in which phase; undefined where it stands no more. */
export function standing(board: Y.Doc, id: OutcomeId): { readonly id: OutcomeId; readonly phase: PhaseId } | undefined {
  return standsAs(id, liveSource(board))
}

/** Gives order keys for what comes to a phase's wall, one after the other, all of them after what stands there. */
export function keysAfter(board: Y.Doc, phase: PhaseId): () => string {
  let last: readonly Ordered[] = [...ordersOf(board, phase)].sort(compareOrder)
  return () => {
    const order = keyAt(last, last.length)
    last = [{ id: '', order }]
    return order
  }
}

/** The order keys of a phase's notes and groups, without reading their words. */
function* ordersOf(board: Y.Doc, phase: PhaseId): Generator<Ordered> {
  for (const root of ['notes', 'groups'] as const)
    for (const [id, entry] of boardRoot(board, root).entries()) {
      if (!(entry instanceof Y.Map) || entry.get('phase') !== phase) continue
      const place: unknown = entry.get('place')
      const order: unknown = root === 'groups' ? entry.get('order') : Array.isArray(place) ? place[1] : undefined
      if (typeof order === 'string') yield { id, order }
    }
}
