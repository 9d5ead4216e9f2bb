import type { NoteId } from '@quintet/shared/ids'
import { create } from 'zustand'

/**
 * Drafts that are on their way to the wall: the server was asked, and they are there as soon as all documents have told.
 * Only a refusal makes them one's own again.
 */
export const useSharing = create<ReadonlySet<NoteId>>(() => new Set())

/** Says that a draft is on its way, or was refused. */
export function sharing(id: NoteId, is: boolean): void {
  const ids = new Set(useSharing.getState())
  if (is) ids.add(id)
  else ids.delete(id)
  useSharing.setState(ids, true)
}
