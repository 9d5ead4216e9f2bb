import { boardRoot, type OutcomeId } from '@quintet/shared/board'
import { standsAs } from '@quintet/shared/groups'
import { keyAfter } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'
import { liveSource } from '@quintet/shared/standing'
import * as Y from 'yjs'

/** What an id stands as on the board now, and in which phase; undefined where it stands no more. */
export function standing(board: Y.Doc, id: OutcomeId): { readonly id: OutcomeId; readonly phase: PhaseId } | undefined {
  return standsAs(id, liveSource(board))
}

/** How many notes a board holds, removed or not: none of them ever leaves it. */
export const noteCount = (board: Y.Doc): number => boardRoot(board, 'notes').size

/** Gives order keys for what comes to a phase's wall, one after the other, all of them after what stands there. */
export function keysAfter(board: Y.Doc, phase: PhaseId): () => string {
  let last = [...ordersOf(board, phase)]
  return () => {
    const order = keyAfter(last)
    last = [order]
    return order
  }
}

/** The order keys of a phase's notes and groups, without reading their words. */
function* ordersOf(board: Y.Doc, phase: PhaseId): Generator<string> {
  for (const root of ['notes', 'groups'] as const)
    for (const entry of boardRoot(board, root).values()) {
      if (!(entry instanceof Y.Map) || entry.get('phase') !== phase) continue
      const place: unknown = entry.get('place')
      const order: unknown = root === 'groups' ? entry.get('order') : Array.isArray(place) ? place[1] : undefined
      if (typeof order === 'string') yield order
    }
}
