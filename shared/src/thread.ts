import { type BoardView, type NoteView, type OutcomeId, type PlanView, wallOf } from './board.ts'
import type { NoteId } from './ids.ts'
import { PHASES, type PhaseId } from './phases.ts'

/**
 * The golden thread: (principle, if named) → ideal state → gap → action → owner. Every function takes look-ups instead
 * of a board, so that a screen pays for one chain only.
 */
export interface ThreadSource {
  readonly note: (id: OutcomeId) => NoteView | undefined
}

/** A link of a chain: a note that stands, or the place where the chain is broken. */
export interface ThreadLink {
  readonly phase: PhaseId
  readonly note: NoteView
}

/** What a note hangs under, if that stands: a link to something removed, or of a wrong phase, shows as broken. */
export function parentOf(note: NoteView, source: ThreadSource): NoteView | undefined {
  const parent = note.under === null ? undefined : source.note(note.under)
  return parent && !parent.removed && parent.phase === PHASES[note.phase].under ? parent : undefined
}

/** The chain that ends at a note, from its far end to the note itself. Phases go strictly upward, so it ends. */
export function threadOf(note: NoteView, source: ThreadSource): readonly ThreadLink[] {
  const chain: ThreadLink[] = []
  for (let at: NoteView | undefined = note; at; at = parentOf(at, source)) chain.unshift({ phase: at.phase, note: at })
  return chain
}

/** A place where the thread is broken, named by what is missing. */
export type ThreadBreak =
  | { readonly kind: 'statement without a gap'; readonly note: NoteView }
  | { readonly kind: 'gap without a statement'; readonly note: NoteView }
  | { readonly kind: 'gap without an action'; readonly note: NoteView }
  | { readonly kind: 'action without a gap'; readonly note: NoteView }
  | { readonly kind: 'action without an owner'; readonly note: NoteView }

export interface ThreadBoard extends ThreadSource {
  /** Notes that stand on a phase's wall, in their order. */
  readonly wall: (phase: PhaseId) => readonly NoteView[]
  readonly plan: (id: OutcomeId) => PlanView | undefined
}

/** The look-ups of a board that was read whole. */
export function threadBoard(board: BoardView): ThreadBoard {
  return {
    note: (id) => board.notes.get(id as NoteId),
    wall: (phase) => wallOf(board, phase),
    plan: (id) => board.plan.get(id),
  }
}

/** Every break, phase by phase in the order of the wall. */
export function threadBreaks(board: ThreadBoard): readonly ThreadBreak[] {
  const gaps = board.wall('gaps')
  const actions = board.wall('actions')
  const answered = new Set([...gaps, ...actions].map((note) => parentOf(note, board)?.id))
  const breaks: ThreadBreak[] = []
  for (const note of board.wall('ideal'))
    if (!answered.has(note.id)) breaks.push({ kind: 'statement without a gap', note })
  for (const note of gaps) {
    if (!parentOf(note, board)) breaks.push({ kind: 'gap without a statement', note })
    if (!answered.has(note.id)) breaks.push({ kind: 'gap without an action', note })
  }
  for (const note of actions) {
    if (!parentOf(note, board)) breaks.push({ kind: 'action without a gap', note })
    if (!board.plan(note.id)?.owner) breaks.push({ kind: 'action without an owner', note })
  }
  return breaks
}
