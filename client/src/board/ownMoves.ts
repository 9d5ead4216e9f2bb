import type { NoteId } from '@quintet/shared/ids'

/** The note that this browser moved last, so that its own move is not shown to it as somebody else's. */
let last: NoteId | null = null

/** Says that a note is about to be moved by this browser's own hand. */
export function moving(id: NoteId): void {
  last = id
}

/** Whether a note's place was last changed by this browser's own hand. */
export function movedHere(id: NoteId): boolean {
  return last === id
}
