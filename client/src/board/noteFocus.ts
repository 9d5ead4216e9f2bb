import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { isArrowKey, neighbour } from './dropPlace.ts'

/** The attribute by which a note's element is found; its value is the note's id. */
export const NOTE_ATTRIBUTE = 'data-note'

const all = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>(`[${NOTE_ATTRIBUTE}]`)]

/** The element of a note or group, if it is on the screen. */
export function noteElement(id: OutcomeId): HTMLElement | null {
  return document.querySelector(`[${NOTE_ATTRIBUTE}="${CSS.escape(id)}"]`)
}

/** Moves focus to a note and brings it into sight, once the screen shows it where it now stands. */
export function focusNote(id: OutcomeId): void {
  // An edit shows with the next render: the element that has the note now may be on its way out.
  requestAnimationFrame(() => {
    const note = noteElement(id)
    note?.scrollIntoView?.({ block: 'nearest' })
    note?.focus({ preventScroll: true })
  })
}

/** Moves focus to the note after (or before, if there is none) one that is about to go; null if it stands alone. */
export function noteBeside(id: NoteId): NoteId | null {
  const notes = all(document)
  const at = notes.findIndex((note) => note.getAttribute(NOTE_ATTRIBUTE) === id)
  const beside = notes[at + 1] ?? notes[at - 1]
  return (beside?.getAttribute(NOTE_ATTRIBUTE) as NoteId | null | undefined) ?? null
}

/**
 * Moves focus from a note or group to the next of the board in an arrow key's direction; left and right go on in reading order at the end of a row.
 * @returns whether it moved.
 */
export function moveFocus(from: HTMLElement, key: string): boolean {
  if (!isArrowKey(key)) return false
  const notes = all(from.closest('[data-board]') ?? document)
  const at = notes.indexOf(from)
  const boxes = notes.map((note) => note.getBoundingClientRect())
  const sideways = key === 'ArrowLeft' ? at - 1 : key === 'ArrowRight' ? at + 1 : undefined
  const to = neighbour(boxes, at, key) ?? sideways
  const target = to === undefined ? undefined : notes[to]
  target?.focus()
  return target !== undefined
}
