import { ballotOf } from '@quintet/shared/notebook'
import type { Round } from '@quintet/shared/stage'
import { type StandsAs, type Tally, tallyOf } from '@quintet/shared/tally'
import type * as Y from 'yjs'
import type { Book } from './book.ts'
import { standing } from './wall.ts'

/**
 * Counts a round from the notebooks of the people in the workshop: one ballot each, its slots alone. A dot on
 * something that was removed, or that is of another phase, counts for nothing.
 */
export function countRound(round: Round, books: readonly Book[], board: Y.Doc): Tally {
  return tallyOf(
    books.map(({ doc }) => ballotOf(doc, round.id, round.budget)),
    standsIn(round, board),
  )
}

/** The round, closed with its totals. @param now ms since the epoch. */
export function closeRound(round: Round, books: readonly Book[], board: Y.Doc, now: number): Round {
  return { ...round, state: 'closed', closedAt: now, tally: countRound(round, books, board) }
}

/** What a dot of a round stands on. */
export function standsIn({ phase }: Pick<Round, 'phase'>, board: Y.Doc): StandsAs {
  return (id) => {
    const outcome = standing(board, id)
    return outcome?.phase === phase ? outcome.id : undefined
  }
}
