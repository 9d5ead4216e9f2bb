import { carriesOn } from '@quintet/shared/draftEdits'
import type { NoteId } from '@quintet/shared/ids'

let left: { readonly id: NoteId; readonly at: number } | null = null

/** So long after it the writing may go on elsewhere, ms: the next view may still have to be fetched. */
const SOON = 3_000

/** Says that the field of a draft went away while one was writing in it: the group moved on. */
export function leaveWriting(id: NoteId): void {
  left = { id, at: performance.now() }
}

/** Whether one was writing in a draft a moment ago, or in the one that it carries on. The answer is given once. */
export function takeWriting(id: NoteId): boolean {
  const goesOn = left && (left.id === id || carriesOn(id, left.id)) && performance.now() - left.at < SOON
  if (goesOn) left = null
  return goesOn === true
}
