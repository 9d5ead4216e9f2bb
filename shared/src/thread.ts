import type { Agenda } from './agenda.ts'
import type { BoardView, NoteView, OutcomeId, PlanView } from './board.ts'
import {
  type Block,
  blocksOf,
  isGroup,
  type Outcome,
  type OutcomeSource,
  outcomeOf,
  sourceOf,
  standsAs,
} from './groups.ts'
import type { GroupId } from './ids.ts'
import { PHASES, type PhaseId } from './phases.ts'
import type { Marks } from './stage.ts'

/**
 * The golden thread: (principle, if named) → ideal state → gap → action → owner. Links go from outcome to outcome: a
 * link to a note that was grouped leads to its group, one to a merged group to the one that is left. Every function
 * takes look-ups instead of a board, so that a screen pays for one chain only.
 */
export interface ThreadSource extends OutcomeSource {
  /** The notes that stand in a group, in order. */
  readonly inGroup: (id: GroupId) => readonly NoteView[]
}

/** A link of a chain: a note or group that stands. */
export interface ThreadLink {
  readonly phase: PhaseId
  readonly outcome: Outcome
}

/**
 * What an outcome hangs under, if that stands: a link to something removed, to a group that nothing is left in, or of a
 * wrong phase, shows as broken. A group hangs where the first of its notes does that hangs anywhere.
 */
export function parentOf(outcome: Outcome, source: ThreadSource): Outcome | undefined {
  if (!isGroup(outcome)) return parentOfNote(outcome, source)
  for (const note of source.inGroup(outcome.id)) {
    const parent = parentOfNote(note, source)
    if (parent) return parent
  }
  return undefined
}

function parentOfNote(note: NoteView, source: ThreadSource): Outcome | undefined {
  const parent = note.under === null ? undefined : standsAs(note.under, source)
  if (parent?.phase !== PHASES[note.phase].under) return undefined
  return isGroup(parent) && source.inGroup(parent.id).length === 0 ? undefined : parent
}

/** The chain that ends at an outcome, from its far end to the outcome itself. Phases go strictly upward, so it ends. */
export function threadOf(outcome: Outcome, source: ThreadSource): readonly ThreadLink[] {
  const chain: ThreadLink[] = []
  for (let at: Outcome | undefined = outcome; at; at = parentOf(at, source))
    chain.unshift({ phase: at.phase, outcome: at })
  return chain
}

export const THREAD_BREAKS = [
  'statement without a gap',
  'gap without a statement',
  'gap without an action',
  'action without a gap',
  'action without an owner',
] as const

/** What each break says, as the checklist on the screen and in the export has it. */
export const BREAK_NAMES: Readonly<Record<(typeof THREAD_BREAKS)[number], string>> = {
  'statement without a gap': 'A statement has no gap',
  'gap without a statement': 'A gap has no statement',
  'gap without an action': 'A gap has no action',
  'action without a gap': 'An action has no gap',
  'action without an owner': 'An action has no owner',
}

/** A place where the thread is broken, named by what is missing. */
export interface ThreadBreak {
  readonly kind: (typeof THREAD_BREAKS)[number]
  readonly outcome: Outcome
}

export interface ThreadBoard extends ThreadSource {
  /** What stands on a phase's wall, in order: groups and loose notes. */
  readonly wall: (phase: PhaseId) => readonly Outcome[]
  readonly plan: (id: OutcomeId) => PlanView | undefined
  /** What facilitators said of an outcome. */
  readonly marks: (id: OutcomeId) => Marks | undefined
  /** What the workshop goes through, where that is known: nothing is missing that a phase left out would have brought. */
  readonly agenda?: Agenda | undefined
}

/** The look-ups of a board that was read whole. Each phase is sorted once, when it is first asked for. */
export function threadBoard(board: BoardView, marks: ReadonlyMap<OutcomeId, Marks>, agenda?: Agenda): ThreadBoard {
  const walls = new Map<PhaseId, Wall>()
  const wallIn = (phase: PhaseId) => {
    const known = walls.get(phase) ?? wallWith(blocksOf(board, phase))
    walls.set(phase, known)
    return known
  }
  return {
    ...sourceOf(board),
    inGroup: (id) => {
      const group = board.groups.get(id)
      return (group && wallIn(group.phase).inGroups.get(id)) ?? []
    },
    wall: (phase) => wallIn(phase).outcomes,
    plan: (id) => board.plan.get(id),
    marks: (id) => marks.get(id),
    agenda,
  }
}

interface Wall {
  readonly outcomes: readonly Outcome[]
  readonly inGroups: ReadonlyMap<GroupId, readonly NoteView[]>
}

const wallWith = (blocks: readonly Block[]): Wall => ({
  outcomes: blocks.map(outcomeOf),
  inGroups: new Map(blocks.flatMap((each) => (each.kind === 'group' ? [[each.group.id, each.notes]] : []))),
})

/**
 * Whether the team kept an outcome: it is marked so itself, or it is a group in which a kept note stands. A kept group
 * that is merged into another leaves the decision to that one.
 */
export function isKept(outcome: Outcome, board: Pick<ThreadBoard, 'inGroup' | 'marks'>): boolean {
  const marked = (id: OutcomeId) => board.marks(id)?.kept === true
  return marked(outcome.id) || (isGroup(outcome) && board.inGroup(outcome.id).some(({ id }) => marked(id)))
}

/** What a phase hands on: what the team kept of it, or, as long as it kept nothing, all that stands and is not parked. */
export function outcomesOf(phase: PhaseId, board: ThreadBoard): readonly Outcome[] {
  const standing = board.wall(phase).filter((outcome) => !board.marks(outcome.id)?.parked)
  const kept = standing.filter((outcome) => isKept(outcome, board))
  return kept.length > 0 ? kept : standing
}

/** Every break, phase by phase in the order of the wall. It is a checklist: nothing waits for it. */
export function threadBreaks(board: ThreadBoard): readonly ThreadBreak[] {
  const [statements, gaps, actions] = [
    outcomesOf('ideal', board),
    outcomesOf('gaps', board),
    outcomesOf('actions', board),
  ]
  const answeredBy = (phase: PhaseId) =>
    new Set(
      board
        .wall(phase)
        .flatMap((outcome) => (board.marks(outcome.id)?.parked ? [] : (parentOf(outcome, board)?.id ?? []))),
    )
  const has = (phase: PhaseId) => board.agenda?.phases.some((entry) => entry.phase === phase) ?? true
  const [withGap, withAction] = [answeredBy('gaps'), answeredBy('actions')]
  const breaks: ThreadBreak[] = []
  for (const outcome of statements)
    if (has('gaps') && !withGap.has(outcome.id) && !board.marks(outcome.id)?.true)
      breaks.push({ kind: 'statement without a gap', outcome })
  for (const outcome of gaps) {
    if (has('ideal') && !parentOf(outcome, board)) breaks.push({ kind: 'gap without a statement', outcome })
    if (has('actions') && !withAction.has(outcome.id)) breaks.push({ kind: 'gap without an action', outcome })
  }
  for (const outcome of actions) {
    if (has('gaps') && !parentOf(outcome, board)) breaks.push({ kind: 'action without a gap', outcome })
    if (!board.plan(outcome.id)?.owner) breaks.push({ kind: 'action without an owner', outcome })
  }
  return breaks
}
