import type { GroupView, NoteView } from '@quintet/shared/board'
import type { Edit } from '@quintet/shared/edits'
import { groupNotes, mergeGroups, moveGroup, moveIntoGroup, splitGroup } from '@quintet/shared/groupEdits'
import { isGroup, type Outcome } from '@quintet/shared/groups'
import type { GroupId } from '@quintet/shared/ids'
import { keyAt, type Ordered } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'
import { keysAt } from './lists.ts'

/** A place for each of some notes, one after the other. */
const placed = (notes: readonly NoteView[], others: readonly Ordered[], index: number) => {
  const keys = keysAt(others, index, notes)
  return notes.map((note, nth) => [note.id, keys[nth] ?? note.order] as const)
}

/**
 * Groups notes with what they were dropped on or what was picked for them: they join a group at its end, and with a
 * loose note they make a new group that stands where that note stood.
 * @param onto a group, or a loose note that is none of them.
 * @param members the notes that stand in the group now, in order.
 * @param fresh the id of the group, if one has to be made.
 * @returns null where nothing would change.
 */
export function groupOnto(
  notes: readonly NoteView[],
  onto: Outcome,
  members: readonly NoteView[],
  fresh: GroupId,
): Edit | null {
  if (isGroup(onto)) {
    const inside = new Set(members.map(({ id }) => id))
    const coming = notes.filter(({ id }) => !inside.has(id))
    return coming.length === 0 ? null : moveIntoGroup(onto.id, placed(coming, members, members.length))
  }
  const others = notes.filter(({ id }) => id !== onto.id)
  if (others.length === 0) return null
  return newGroup([onto, ...others], { id: fresh, name: '', order: onto.order })
}

/** Makes a group of notes, in this order. @param group its id, its name, and its order key on the wall. */
export function newGroup(
  notes: readonly NoteView[],
  group: { readonly id: GroupId; readonly name: string; readonly order: string },
): Edit | null {
  const phase: PhaseId | undefined = notes[0]?.phase
  return phase ? groupNotes({ ...group, phase }, placed(notes, [], 0)) : null
}

/**
 * Puts a group at a place among the others.
 * @param groups the groups of the wall in their order; the group itself may be among them.
 * @param index where it is to stand among the others; past an end is that end.
 * @returns null where it already stands there.
 */
export function putGroup(group: GroupView, groups: readonly Ordered[], index: number): Edit | null {
  const others = groups.filter(({ id }) => id !== group.id)
  const at = Math.max(0, Math.min(index, others.length))
  return groups[at]?.id === group.id ? null : moveGroup(group.id, keyAt(others, at))
}

/** Merges a group into another; null where it is the same. */
export function merge(from: GroupView, into: GroupView): Edit | null {
  return from.id === into.id ? null : mergeGroups(from.id, into.id)
}

/**
 * Splits a group: its notes stand loose where it stood.
 * @param members the notes that stand in it, in order.
 * @param blocks what stands on the wall in order, the group among it.
 */
export function split(group: GroupView, members: readonly NoteView[], blocks: readonly Ordered[]): Edit {
  const at = blocks.findIndex(({ id }) => id === group.id)
  const others = blocks.filter(({ id }) => id !== group.id)
  return splitGroup(group.id, placed(members, others, at < 0 ? others.length : at))
}
