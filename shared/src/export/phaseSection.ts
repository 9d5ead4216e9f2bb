import type { ListItem, Paragraph, RootContent } from 'mdast'
import type { NoteView } from '../board.ts'
import { isGroup, type Outcome } from '../groups.ts'
import { PHASE_IDS, PHASES, type PhaseId } from '../phases.ts'
import { isKept, outcomesOf, parentOf } from '../thread.ts'
import { field, heading, item, list, own, paragraph } from './markdownNodes.ts'
import { authorOf, isParked, notesIn, type Reading, runs, said } from './reading.ts'
import { earlierRounds, type Votes, voteLine, votesOf } from './votes.ts'

/**
 * A phase: its question, how it voted, what it came to, then what was not kept, and earlier rounds of its vote. Outcomes
 * stand by votes, or in the order of the wall where there was no vote; groups have their notes below them. Kept gaps
 * stand under their statements and kept actions under their gaps, which stand by their votes too.
 */
export function phaseSection(reading: Reading, phase: PhaseId): readonly RootContent[] {
  const votes = votesOf(reading, phase)
  const standing = votes.order.filter((outcome) => !isParked(reading, outcome))
  // Owners has a table instead of notes: the action plan above.
  if (standing.length === 0 && (phase === 'owners' || !runs(reading, phase))) return []
  const { name, question, many } = PHASES[phase]
  const start = [heading(name), paragraph(...own(question)), ...voteLine(votes)]
  if (standing.length === 0) return [...start, paragraph(`No ${many} yet.`), ...earlierRounds(reading, votes)]
  const kept = standing.filter((outcome) => isKept(outcome, reading.board))
  const outcomes = kept.length > 0 ? kept : standing
  const rest = kept.length > 0 ? standing.filter((outcome) => !kept.includes(outcome)) : []
  return [
    ...start,
    ...(kept.length > 0 ? [paragraph('Kept:')] : []),
    ...(phase === 'gaps' || phase === 'actions'
      ? nested(reading, phase, outcomes, votes)
      : [list(outcomes.map((outcome) => outcomeItem(reading, outcome, votes)))]),
    ...(rest.length > 0
      ? [paragraph('Not kept:'), list(rest.map((outcome) => outcomeItem(reading, outcome, votes)))]
      : []),
    ...earlierRounds(reading, votes),
  ]
}

/** Outcomes under what they hang from, and loose ones in a list of their own. */
function nested(
  reading: Reading,
  phase: 'gaps' | 'actions',
  outcomes: readonly Outcome[],
  votes: Votes,
): readonly RootContent[] {
  const { board } = reading
  const above = phase === 'gaps' ? 'ideal' : 'gaps'
  const expected = new Set(outcomesOf(above, board))
  const hanging = Map.groupBy(outcomes, (outcome) => parentOf(outcome, board)?.id)
  const answered = new Set(
    votes.order.flatMap((outcome) => (isParked(reading, outcome) ? [] : (parentOf(outcome, board)?.id ?? []))),
  )
  const missing = (parent: Outcome) => {
    if (answered.has(parent.id)) return `no ${PHASES[phase].one} that was kept`
    return phase === 'gaps' && board.marks(parent.id)?.true ? 'it is true already' : `no ${PHASES[phase].one}`
  }
  const trees = votesOf(reading, above).order.flatMap((parent) => {
    const below = (hanging.get(parent.id) ?? []).map((outcome) => outcomeItem(reading, outcome, votes))
    if (below.length === 0 && !expected.has(parent)) return []
    const line = paragraph(...said(reading, parent))
    return [item(line, below.length > 0 ? below : [item(paragraph(...own(missing(parent))))])]
  })
  const loose = (hanging.get(undefined) ?? []).map((outcome) => outcomeItem(reading, outcome, votes))
  return [
    ...(trees.length > 0 ? [list(trees)] : []),
    ...(loose.length > 0 && runs(reading, above) ? [paragraph(`Under no ${PHASES[above].one}:`)] : []),
    ...(loose.length > 0 ? [list(loose)] : []),
  ]
}

function outcomeItem(reading: Reading, outcome: Outcome, votes: Votes, label = ''): ListItem {
  const principle = outcome.phase === 'ideal' ? parentOf(outcome, reading.board) : undefined
  return item(line(reading, outcome, votes, label), [
    ...(principle ? [field('Principle', said(reading, principle))] : []),
    ...notesIn(reading, outcome).map((note) => item(line(reading, note, votes))),
  ])
}

/** The words of a note or group, then who wrote it, how many votes it got, and whether it is true already. */
function line(reading: Reading, outcome: Outcome, votes: Votes, label = ''): Paragraph {
  const author = isGroup(outcome) ? undefined : authorOf(reading, outcome)
  const remarks = [
    votes.beside(outcome.id) ?? [],
    reading.board.marks(outcome.id)?.true === true ? 'true already' : [],
  ].flat()
  const behind = [author ?? [], remarks.length > 0 ? own(remarks.join(', ')) : []].filter((part) => part.length > 0)
  return paragraph(
    label,
    ...said(reading, outcome),
    ...behind.flatMap((part, index) => [index === 0 ? ' — ' : ', ', ...part]),
  )
}

/** What was put aside, phase by phase, in the order of the wall; nothing where nothing was. */
export function parkedSection(reading: Reading): readonly RootContent[] {
  const lines = PHASE_IDS.flatMap((phase) => {
    const votes = votesOf(reading, phase)
    const { one } = PHASES[phase]
    const label = `${one.charAt(0).toUpperCase()}${one.slice(1)}: `
    return reading.board
      .wall(phase)
      .flatMap((outcome) => parkedIn(reading, outcome))
      .map((outcome) => outcomeItem(reading, outcome, votes, label))
  })
  return lines.length === 0 ? [] : [heading('Parked'), list(lines)]
}

/** An outcome that is parked, or those of its notes that are. */
function parkedIn(reading: Reading, outcome: Outcome): readonly Outcome[] {
  if (isParked(reading, outcome)) return [outcome]
  const parked = (note: NoteView) => isParked(reading, note)
  return isGroup(outcome) ? reading.board.inGroup(outcome.id).filter(parked) : []
}
