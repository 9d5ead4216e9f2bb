import { boardRoot, type GroupView, resolveGroup } from '@quintet/shared/board'
import { groupOf, type OutcomeSource } from '@quintet/shared/groups'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { ballotOf } from '@quintet/shared/notebook'
import type { Round } from '@quintet/shared/stage'
import { liveSource } from '@quintet/shared/standing'
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
  const source = resolvedOnce(liveSource(board))
  let filled: ReadonlySet<GroupId> | undefined
  return standsInPhase(phase, source, (group) => {
    filled ??= filledGroups(board, source)
    return filled.has(group)
  })
}

/**
 * Look-ups that give for each group the one that is left of it, and follow each merge once, however many ask: members
 * merge groups one into the other as they like, and the count holds up everybody.
 */
function resolvedOnce({ note, group: read }: OutcomeSource): OutcomeSource {
  const left = new Map<GroupId, GroupView | undefined>()
  const group = (id: GroupId) => {
    if (left.has(id)) return left.get(id)
    const passed: GroupId[] = []
    const found = resolveGroup(id, (each) => {
      if (left.has(each)) return left.get(each)
      passed.push(each)
      return read(each)
    })
    const survivor = found && { ...found, into: null }
    for (const each of passed) left.set(each, survivor)
    return survivor
  }
  return { note, group }
}

/** The groups in which a note stands. */
function filledGroups(board: Y.Doc, source: OutcomeSource): ReadonlySet<GroupId> {
  const filled = new Set<GroupId>()
  for (const id of boardRoot(board, 'notes').keys() as Iterable<NoteId>) {
    const note = source.note(id)
    const group = note && !note.removed ? groupOf(note, source) : undefined
    if (group) filled.add(group.id)
  }
  return filled
}
