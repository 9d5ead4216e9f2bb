import { type BoardView, type GroupView, type NoteView, type OutcomeId, resolveGroup } from './board.ts'
import type { GroupId, NoteId } from './ids.ts'
import { compareOrder } from './order.ts'
import type { PhaseId } from './phases.ts'

/** What stands on a wall by itself: a loose note, or a group that stands for several. What a vote and a keep are about. */
export type Outcome = NoteView | GroupView

export function isGroup(outcome: Outcome): outcome is GroupView {
  return 'into' in outcome
}

/** Look-ups of notes and groups, removed or not. */
export interface OutcomeSource {
  readonly note: (id: NoteId) => NoteView | undefined
  readonly group: (id: GroupId) => GroupView | undefined
}

/** The group that a note stands in, after all merges; undefined for a loose one, and where its group is gone or of another phase. */
export function groupOf(note: NoteView, source: OutcomeSource): GroupView | undefined {
  const group = note.group === null ? undefined : resolveGroup(note.group, source.group)
  return group?.phase === note.phase ? group : undefined
}

/** What an id stands as on the wall now: a note in a group as its group, a merged group as the one that is left; undefined for what was removed. */
export function standsAs(id: OutcomeId, source: OutcomeSource): Outcome | undefined {
  const note = source.note(id as NoteId)
  if (note) return note.removed ? undefined : (groupOf(note, source) ?? note)
  return resolveGroup(id as GroupId, source.group)
}

/**
 * What a dot on an id stands on: what the id stands as, unless that is a group in which nothing is left. Nobody sees
 * such a group, so a dot on it is its owner's again.
 */
export function targetOf(
  id: OutcomeId,
  source: OutcomeSource,
  hasNotes: (group: GroupId) => boolean,
): Outcome | undefined {
  const outcome = standsAs(id, source)
  return outcome && isGroup(outcome) && !hasNotes(outcome.id) ? undefined : outcome
}

/** A group with the notes that stand in it, or a loose note. */
export type Block =
  | { readonly kind: 'group'; readonly group: GroupView; readonly notes: readonly NoteView[] }
  | { readonly kind: 'note'; readonly note: NoteView }

export function outcomeOf(block: Block): Outcome {
  return block.kind === 'group' ? block.group : block.note
}

/** The look-ups of a board that was read whole. */
export function sourceOf(board: BoardView): OutcomeSource {
  return { note: (id) => board.notes.get(id), group: (id) => board.groups.get(id) }
}

/** A phase's wall: groups with at least one note, and loose notes, each in order. For exports and the server's own duties. */
export function blocksOf(board: BoardView, phase: PhaseId): readonly Block[] {
  const source = sourceOf(board)
  const inGroups = new Map<GroupId, { readonly group: GroupView; readonly notes: NoteView[] }>()
  const blocks: Block[] = []
  for (const note of board.notes.values()) {
    if (note.phase !== phase || note.removed) continue
    const group = groupOf(note, source)
    const known = group && inGroups.get(group.id)
    if (!group) blocks.push({ kind: 'note', note })
    else if (known) known.notes.push(note)
    else inGroups.set(group.id, { group, notes: [note] })
  }
  for (const { group, notes } of inGroups.values())
    blocks.push({ kind: 'group', group, notes: notes.sort(compareOrder) })
  return blocks.sort((a, b) => compareOrder(outcomeOf(a), outcomeOf(b)))
}

/** The words of an outcome: a note's text, a group's name, or, of a group without a name, its first note's text. */
export function wordsOf(outcome: Outcome, first?: NoteView): string {
  if (!isGroup(outcome)) return outcome.text
  return outcome.name.trim() === '' ? (first?.text ?? '') : outcome.name
}
