import type { NoteId } from '@quintet/shared/ids'
import { create } from 'zustand'
import type { Place } from './dropPlace.ts'

interface Drag {
  /** The note that is dragged. */
  readonly note: NoteId | null
  /** Where it would go now; null where it would stay where it is. */
  readonly place: Place | null
}

/** The drag that goes on in this browser, if one does. */
export const useDrag = create<Drag>(() => ({ note: null, place: null }))

/**
 * The note of a list before which the dragged one would land; `end` after the last, null nowhere in this list.
 * @param ids the list's notes in their order, the dragged one among them if it stands there.
 */
export function useDropSlot(key: string, ids: readonly NoteId[]): NoteId | 'end' | null {
  return useDrag(({ note, place }) => {
    if (place?.key !== key) return null
    return ids.filter((id) => id !== note)[place.index] ?? 'end'
  })
}
