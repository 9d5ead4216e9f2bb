import type { NoteView, OutcomeId } from '@quintet/shared/board'
import { type Edit, hangNote, moveNote } from '@quintet/shared/edits'
import { keyAt, type Ordered } from '@quintet/shared/order'
import type { PhaseId } from '@quintet/shared/phases'

/** A list in which notes of a phase stand in order: its whole wall, what hangs under something, or what hangs under nothing. */
export type NoteList =
  | { readonly kind: 'wall'; readonly phase: PhaseId }
  | { readonly kind: 'under'; readonly phase: PhaseId; readonly parent: OutcomeId }
  | { readonly kind: 'unhung'; readonly phase: PhaseId }

/** Names a list, for look-ups. */
export function listKey(list: NoteList): string {
  return list.kind === 'under' ? `under ${list.parent}` : `${list.kind} ${list.phase}`
}

/** What a note in a list hangs under: undefined where the list does not say. */
export function listParent(list: NoteList): OutcomeId | null | undefined {
  switch (list.kind) {
    case 'wall':
      return undefined
    case 'under':
      return list.parent
    case 'unhung':
      return null
  }
}

/**
 * The one edit that puts a note at a place of a list: what a drop, the menu and the keys all come to.
 * @param standing the list's notes in their order, as they are now; the note itself may be among them.
 * @param index where it is to stand among the others: 0 is first; past the end is last.
 * @returns null where the note already stands there.
 */
export function putNote(note: NoteView, into: NoteList, standing: readonly Ordered[], index: number): Edit | null {
  const now = standing.findIndex((each) => each.id === note.id)
  const others = standing.filter((each) => each.id !== note.id)
  const at = Math.max(0, Math.min(index, others.length))
  if (now === at) return null
  const order = keyAt(others, at)
  const parent = listParent(into)
  // Within its list only the place changes: what hangs under something removed keeps that link, so that it can heal.
  if (now >= 0 || parent === undefined) return moveNote(note.id, { group: note.group, order })
  return hangNote(note.id, parent, order)
}

/** The edit that moves a note one place earlier or later in its list; null at either end. */
export function moveBy(note: NoteView, list: NoteList, standing: readonly Ordered[], by: -1 | 1): Edit | null {
  const now = standing.findIndex((each) => each.id === note.id)
  const to = now + by
  return now < 0 || to < 0 || to >= standing.length ? null : putNote(note, list, standing, to)
}
