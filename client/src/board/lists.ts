import type { NoteView, OutcomeId } from '@quintet/shared/board'
import { type Edit, hangNote, moveNote, together } from '@quintet/shared/edits'
import type { GroupId } from '@quintet/shared/ids'
import { keyAt, type Ordered } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'

/** A list in which things of a phase stand in order. */
export type NoteList =
  /** The notes of the wall that stand in no group. */
  | { readonly kind: 'wall'; readonly phase: PhaseId }
  /** The groups of the wall. */
  | { readonly kind: 'groups'; readonly phase: PhaseId }
  /** The notes of a group. */
  | { readonly kind: 'group'; readonly phase: PhaseId; readonly group: GroupId }
  /** The wall in the order of its votes, in which nothing is put by hand. */
  | { readonly kind: 'sorted'; readonly phase: PhaseId }
  /** What hangs under an outcome, and what hangs under nothing: groups and loose notes. */
  | { readonly kind: 'under'; readonly phase: PhaseId; readonly parent: OutcomeId; readonly ranked: boolean }
  | { readonly kind: 'unhung'; readonly phase: PhaseId; readonly ranked: boolean }

/** Whether a list stands in the order of its votes, so that nothing is put to a place of it by hand. */
export function isRanked(list: NoteList): boolean {
  return list.kind === 'sorted' || ('ranked' in list && list.ranked)
}

/** Names a list, for look-ups. */
export function listKey(list: NoteList): string {
  switch (list.kind) {
    case 'group':
      return `group ${list.group}`
    case 'under':
      return `under ${list.parent}`
    default:
      return `${list.kind} ${list.phase}`
  }
}

/** What a note in a list hangs under: undefined where the list does not say. */
export function listParent(list: NoteList): OutcomeId | null | undefined {
  switch (list.kind) {
    case 'under':
      return list.parent
    case 'unhung':
      return null
    default:
      return undefined
  }
}

/** The group that a note in a list stands in: undefined where the list does not say. */
function listGroup(list: NoteList): GroupId | null | undefined {
  switch (list.kind) {
    case 'wall':
    case 'sorted':
      return null
    case 'group':
      return list.group
    default:
      return undefined
  }
}

/**
 * The one edit that puts notes at a place of a list, side by side: what a drop, the menu and the keys all come to.
 * @param notes in the order in which they are to stand there.
 * @param standing what the list holds in its order, as it is now; the notes themselves may be among it.
 * @param index where they are to stand among the others: 0 is first; past the end is last.
 * @returns null where they already stand there.
 */
export function putNotes(
  notes: readonly NoteView[],
  into: NoteList,
  standing: readonly Ordered[],
  index: number,
): Edit | null {
  const ids = new Set<string>(notes.map(({ id }) => id))
  const here = new Set(standing.map(({ id }) => id))
  const others = standing.filter(({ id }) => !ids.has(id))
  const sorted = isRanked(into)
  const at = sorted ? others.length : Math.max(0, Math.min(index, others.length))
  const stay = notes.every(({ id }, nth) => (sorted ? here.has(id) : standing[at + nth]?.id === id))
  if (stay) return null
  const places = keysAt(others, at, notes)
  const parent = listParent(into)
  const group = listGroup(into)
  const edits = notes.map((note, nth) => {
    const order = places[nth] ?? note.order
    // Within its list only the place changes: what hangs under something removed keeps that link, so that it can heal.
    return here.has(note.id) || parent === undefined
      ? moveNote(note.id, { group: group === undefined ? note.group : group, order })
      : hangNote(note.id, parent, order)
  })
  const [only] = edits
  return edits.length === 1 && only ? only : together(parent === undefined ? 'move note' : 'hang note', edits)
}

/** The edit that puts one note at a place of a list, see {@link putNotes}. */
export function putNote(note: NoteView, into: NoteList, standing: readonly Ordered[], index: number): Edit | null {
  return putNotes([note], into, standing, index)
}

/** Order keys for things that are to stand side by side at a place among others, one after the other. */
export function keysAt(others: readonly Ordered[], index: number, things: readonly { readonly id: string }[]) {
  const siblings = [...others]
  return things.map(({ id }, nth) => {
    const order = keyAt(siblings, index + nth)
    siblings.splice(index + nth, 0, { id, order })
    return order
  })
}

/** The edit that moves a note one place earlier or later in its list; null at either end. */
export function moveBy(note: NoteView, list: NoteList, standing: readonly Ordered[], by: -1 | 1): Edit | null {
  const now = standing.findIndex((each) => each.id === note.id)
  const to = now + by
  return now < 0 || to < 0 || to >= standing.length ? null : putNote(note, list, standing, to)
}
