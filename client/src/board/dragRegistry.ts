import type { OutcomeId } from '@quintet/shared/board'
import { type RefCallback, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import { listKey, type NoteList } from './lists.ts'

/**
 * Where notes and lists stand on the screen, for whoever drags them. Dragging is a chunk of its own that comes after the
 * first screen: notes only say here that they exist, and work without it.
 */
export interface DraggableThing {
  /** A note, or a group. */
  readonly id: OutcomeId
  readonly list: NoteList
  readonly element: HTMLElement
  /** Where its grip goes. */
  readonly grip: HTMLElement
}

export interface DropList {
  readonly key: string
  readonly list: NoteList
  readonly flow: 'grid' | 'column'
  /** What it is called in an announcement: "the wall", "under “I have a database…”". */
  readonly label: string
  /** Everything that counts as over it. */
  readonly element: HTMLElement
}

const things = new Map<OutcomeId, DraggableThing>()
const lists = new Map<string, DropList>()

interface Registry {
  readonly things: readonly DraggableThing[]
}

/** The notes and groups that can be dragged now, as a list that changes once for many that come or go together. */
export const useDraggables = create<Registry>(() => ({ things: [] }))

let waiting = false

function publish() {
  if (waiting) return
  waiting = true
  queueMicrotask(() => {
    waiting = false
    useDraggables.setState({ things: [...things.values()] })
  })
}

/** The lists that take a drop now, in reading order. */
export function dropLists(): readonly DropList[] {
  return [...lists.values()].sort((a, b) =>
    a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  )
}

/** Says that a note or group can be dragged while it is enabled. @returns where its grip goes, as a ref. */
export function useDraggable(
  id: OutcomeId,
  list: NoteList,
  element: RefObject<HTMLElement | null>,
  enabled: boolean,
): { readonly grip: RefCallback<HTMLElement> } {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const latest = useRef(list)
  latest.current = list
  const key = listKey(list)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list, which is a new object each time.
  useEffect(() => {
    if (!enabled || !slot || !element.current) return
    const thing = { id, list: latest.current, element: element.current, grip: slot }
    things.set(id, thing)
    publish()
    return () => {
      // In a move from list to list the new place may have registered before the old one goes.
      if (things.get(id) === thing) things.delete(id)
      publish()
    }
  }, [id, key, element, slot, enabled])
  return { grip: useCallback((node) => setSlot(node), []) }
}

/** Says that a list takes drops. @returns the ref for the element that counts as over it. */
export function useDropList<Part extends HTMLElement>(
  list: NoteList,
  flow: DropList['flow'],
  label: string,
): RefObject<Part | null> {
  const element = useRef<Part>(null)
  const latest = useRef(list)
  latest.current = list
  const key = listKey(list)
  useEffect(() => {
    if (!element.current) return
    const entry = { key, list: latest.current, flow, label, element: element.current }
    lists.set(key, entry)
    return () => {
      if (lists.get(key) === entry) lists.delete(key)
    }
  }, [key, flow, label])
  return element
}
