import type { ListItem, PhrasingContent, RootContent } from 'mdast'
import type { OutcomeId } from '../board.ts'
import { type Outcome, targetOf } from '../groups.ts'
import type { GroupId, NoteId } from '../ids.ts'
import type { PhaseId } from '../phases.ts'
import { lastVoted, type Round } from '../stage.ts'
import type { Tally } from '../tally.ts'
import { ranked, standsInPhase, type Total, type Totals, totalOf, totalsAsCounted, totalsOf } from '../totals.ts'
import { counted, field, item, list, own, paragraph } from './markdownNodes.ts'
import { type Reading, said } from './reading.ts'

/** A round that everyone has seen the totals of. Those of an open one, also one that was closed before, stay out. */
interface ClosedRound {
  /** Counted from 1 in its phase. */
  readonly number: number
  readonly budget: number
  readonly tally: Tally
}

/** What the votes of a phase came to. */
export interface Votes {
  readonly last: ClosedRound | null
  /** What the last round came to on the wall as it is now; null where there was none. */
  readonly totals: Totals | null
  readonly earlier: readonly ClosedRound[]
  /** The wall by votes, most first. */
  readonly order: readonly Outcome[]
  /** What stands beside an outcome: "5 votes", "5 votes, tied"; nothing where it got none. */
  readonly beside: (id: OutcomeId) => string | undefined
}

export function votesOf({ stage, board }: Reading, phase: PhaseId): Votes {
  const closed = stage.rounds.filter((round) => round.phase === phase).flatMap(closedRound)
  const counts = lastVoted(closed.map(({ tally }) => tally))
  const last = closed.findLast(({ tally }) => tally === counts) ?? null
  const totals = last && totalsOf(last.tally, standsInPhase(phase, board, hasNotes(board)))
  return {
    last,
    totals,
    earlier: closed.slice(0, last ? closed.indexOf(last) : 0),
    order: ranked(board.wall(phase), totals),
    beside: (id) => {
      const total = totalOf(totals, id)
      return total.dots === 0 ? undefined : votes(total)
    },
  }
}

function closedRound({ state, budget, tally }: Round, index: number): readonly ClosedRound[] {
  return state === 'closed' && tally ? [{ number: index + 1, budget, tally }] : []
}

const votes = ({ dots, tied }: Total) => `${counted(dots, 'vote')}${tied ? ', tied' : ''}`

/** What the last round came to, in a sentence. */
export function voteLine({ last, totals, earlier }: Votes): readonly RootContent[] {
  if (!last || !totals) return []
  const { gone } = totals
  const lost = gone === 0 ? '' : ` ${counted(gone, 'vote')} went to what was removed or taken apart since.`
  const round = earlier.length === 0 ? '' : `Round ${last.number}: `
  return [paragraph(`${round}${turnout(last)}.${lost}`)]
}

/** "8 of 9 people voted, with 5 dots each: 36 votes" */
function turnout({ budget, tally }: ClosedRound): string {
  const people = `${tally.voted} of ${counted(tally.people, 'person', 'people')} voted`
  return `${people}, with ${counted(budget, 'dot')} each: ${counted(tally.dots, 'vote')}`
}

const hasNotes = (board: Reading['board']) => (group: GroupId) => board.inGroup(group).length > 0

/** The note or group itself, as long as its words are on the page: a grouped note stands in its group. */
function standing(board: Reading['board'], id: OutcomeId): Outcome | undefined {
  const stands = targetOf(id, board, hasNotes(board))
  return stands && (board.note(id as NoteId) ?? (stands.id === id ? board.group(id as GroupId) : undefined))
}

/** The rounds before the last one, first to last, each with its totals as they were. */
export function earlierRounds(reading: Reading, { earlier }: Votes): readonly RootContent[] {
  if (earlier.length === 0) return []
  const rounds = earlier.map((round) =>
    item(paragraph(`Round ${round.number}: ${turnout(round)}`), countedTotals(reading, round.tally)),
  )
  return [paragraph('Earlier rounds:'), list(rounds)]
}

function countedTotals(reading: Reading, tally: Tally): readonly ListItem[] {
  const totals = totalsAsCounted(tally)
  const things = [...totals.on.keys()].map((id) => ({ id }))
  return ranked(things, totals).map(({ id }) => field(votes(totalOf(totals, id)), words(reading, id)))
}

function words(reading: Reading, id: OutcomeId): PhrasingContent[] {
  const outcome = standing(reading.board, id)
  return outcome ? said(reading, outcome) : own('something that does not stand by itself any more')
}
