import type { OutcomeId } from '@quintet/shared/board'
import { carriesOn } from '@quintet/shared/draftEdits'
import type { NoteId } from '@quintet/shared/ids'
import { type RefObject, useLayoutEffect } from 'react'

let left: { readonly id: OutcomeId; readonly at: number } | null = null

/** So long after it the writing may go on elsewhere, ms: the next view may still have to be fetched. */
const SOON = 3_000

/** Says that the field of a draft, note or group went away while one was writing in it. */
export function leaveWriting(id: OutcomeId): void {
  left = { id, at: performance.now() }
}

/** Whether one was writing in it a moment ago, or in the draft that it carries on. The answer is given once. */
function takeWriting(id: OutcomeId): boolean {
  const goesOn =
    left && (left.id === id || carriesOn(id as NoteId, left.id as NoteId)) && performance.now() - left.at < SOON
  if (goesOn) left = null
  return goesOn === true
}

/**
 * Lets whoever was writing in something when the group moved on, or when somebody put it elsewhere, go on writing where it
 * stands now.
 * @param paper what its field stands in.
 * @param may whether one may write in it here.
 * @param write opens the field; the same function each time.
 */
export function useWritingOn(
  id: OutcomeId,
  paper: RefObject<HTMLElement | null>,
  may: boolean,
  write: (now: true) => void,
): void {
  useLayoutEffect(() => {
    if (may && takeWriting(id)) write(true)
  }, [id, may, write])
  useLayoutEffect(() => {
    const element = paper.current
    return () => {
      const field = element?.querySelector('textarea')
      if (field && field === document.activeElement) leaveWriting(id)
    }
  }, [id, paper])
}
