import type { NoteId } from '@quintet/shared/ids'

/** The notes that this browser moved last, so that its own move is not shown to it as somebody else's. */
let last: ReadonlySet<NoteId> = new Set()

/** Says that notes are about to be moved by this browser's own hand. */
export function moving(...ids: readonly NoteId[]): void {
  last = new Set(ids)
}

/** Whether a note's place was last changed by this browser's own hand. */
export function movedHere(id: NoteId): boolean {
  return last.has(id)
}
