import type { GroupId } from '@quintet/shared/ids'
import { ballotOf } from '@quintet/shared/notebook'
import type { Round } from '@quintet/shared/stage'
import { hasNotes, liveSource } from '@quintet/shared/standing'
import { type StandsAs, type Tally, tallyOf } from '@quintet/shared/tally'
import { standsInPhase } from '@quintet/shared/totals'
import type * as Y from 'yjs'
import type { Book } from './book.ts'

/**
 * Counts a round from the notebooks of the people in the workshop: one ballot each, its slots alone. A dot on
 * something that was removed, on a group that is empty now, or on something of another phase, counts for nothing.
 */
export function countRound(round: Round, books: readonly Book[], board: Y.Doc): Tally {
  return tallyOf(
    books.map(({ doc }) => ballotOf(doc, round.id, round.budget)),
    standsIn(round, board),
  )
}

/** The round, closed with its totals; one that is sealed keeps those that it has. @param now ms since the epoch. */
export function closeRound(round: Round, books: readonly Book[], board: Y.Doc, now: number): Round {
  const tally = round.sealed ? round.tally : countRound(round, books, board)
  return { ...round, state: 'closed', closedAt: now, tally }
}

/** What a dot of a round stands on, as long as nothing is changed on the board. */
export function standsIn({ phase }: Pick<Round, 'phase'>, board: Y.Doc): StandsAs {
  const filled = new Map<GroupId, boolean>()
  const isFilled = (group: GroupId) => {
    const known = filled.get(group) ?? hasNotes(board, group)
    filled.set(group, known)
    return known
  }
  return standsInPhase(phase, liveSource(board), isFilled)
}
