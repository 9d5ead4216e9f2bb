import type { NoteId } from '@quintet/shared/ids'
import { create } from 'zustand'

interface Selection {
  /** In the order in which they were selected. */
  readonly ids: ReadonlySet<NoteId>
}

const NONE: ReadonlySet<NoteId> = new Set()

/** The notes that are selected in this browser, to be grouped or moved together. Nobody else is told of it. */
export const useSelection = create<Selection>(() => ({ ids: NONE }))

/** Whether one note is selected; it renders again for that note alone. */
export function useSelected(id: NoteId): boolean {
  return useSelection(({ ids }) => ids.has(id))
}

/** Selects a note, or lets go of it. @returns how many are selected now. */
export function toggleSelected(id: NoteId): number {
  const ids = new Set(useSelection.getState().ids)
  if (!ids.delete(id)) ids.add(id)
  useSelection.setState({ ids })
  return ids.size
}

/** Selects notes beside those that are. @returns how many are selected now. */
export function selectAlso(more: readonly NoteId[]): number {
  const ids = new Set([...useSelection.getState().ids, ...more])
  useSelection.setState({ ids })
  return ids.size
}

/** Lets go of all. @returns whether any was selected. */
export function clearSelection(): boolean {
  const any = useSelection.getState().ids.size > 0
  if (any) useSelection.setState({ ids: NONE })
  return any
}

/** What an act on a note is about: all that are selected, in the order of the wall, if it is one of them; else it alone. */
export function selectedWith(
  id: NoteId,
  wall: readonly NoteId[],
  selected: ReadonlySet<NoteId> = useSelection.getState().ids,
): readonly NoteId[] {
  return selected.has(id) ? wall.filter((each) => selected.has(each)) : [id]
}

/** The notes from one to another in reading order, both included, whichever comes first; the second alone where the first is gone. */
export function between(from: NoteId, to: NoteId, reading: readonly NoteId[]): readonly NoteId[] {
  const [a, b] = [reading.indexOf(from), reading.indexOf(to)]
  return a < 0 || b < 0 ? [to] : reading.slice(Math.min(a, b), Math.max(a, b) + 1)
}
