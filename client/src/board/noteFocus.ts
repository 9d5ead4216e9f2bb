import type { OutcomeId } from '@quintet/shared/board'
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

/** The note or group after (or before, if there is none) those that are about to go, their notes with them; null if nothing else stands there. */
function noteBeside(...going: readonly OutcomeId[]): OutcomeId | null {
  const elements = going.flatMap((id) => noteElement(id) ?? [])
  const goes = (note: HTMLElement) =>
    elements.some((each) => each === note || (isGroupHead(each) && each.closest('section')?.contains(note)))
  const notes = all(document)
  const at = notes.findIndex(goes)
  const stays = (note: HTMLElement) => !goes(note)
  const beside = notes.slice(Math.max(at, 0)).find(stays) ?? notes.findLast(stays)
  return (beside?.getAttribute(NOTE_ATTRIBUTE) as OutcomeId | null | undefined) ?? null
}

const isGroupHead = (element: HTMLElement) => element.getAttribute('role') === 'group'

/**
 * Finds where focus goes from notes, drafts or groups that are about to go: to what stands beside them, else to where the
 * next one is written.
 * @returns what moves it there, to be called once they are gone.
 */
export function leaving(...going: readonly OutcomeId[]): () => void {
  const beside = noteBeside(...going)
  return () => {
    if (beside) focusNote(beside)
    // Its button, not its field: on a phone that would bring the keyboard up.
    else document.querySelector<HTMLElement>('[data-board] form [type="submit"]')?.focus()
  }
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
