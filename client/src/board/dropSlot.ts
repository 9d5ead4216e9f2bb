import type { OutcomeId } from '@quintet/shared/board'
import { create } from 'zustand'

/** Where what is dragged would go now: beside others in a list, or onto one of them. */
export type Drop =
  | {
      readonly is: 'between'
      /** The list's key, and the place among the others in it. */
      readonly key: string
      readonly index: number
      /** What would stand after it and before it; null at an end. */
      readonly next: OutcomeId | null
      readonly last: OutcomeId | null
    }
  | { readonly is: 'onto'; readonly key: string; readonly id: OutcomeId }

interface Drag {
  /** What is dragged, that which is held first: notes, or one group. */
  readonly dragged: readonly OutcomeId[]
  /** Null where it would stay where it is. */
  readonly drop: Drop | null
}

/** The drag that goes on in this browser, if one does. */
export const useDrag = create<Drag>(() => ({ dragged: [], drop: null }))

/**
 * What of a list the dragged note would land before; `end` after the last, null nowhere in this list.
 * @param ids the list in its order, what is dragged among it if it stands there.
 */
export function useDropSlot<Id extends OutcomeId>(key: string, ids: readonly Id[]): Id | 'end' | null {
  return useDrag(({ dragged, drop }) => {
    if (drop?.is !== 'between' || drop.key !== key) return null
    return ids.filter((id) => !dragged.includes(id))[drop.index] ?? 'end'
  })
}

/** On which side of something in a list the dragged notes would land. */
export function useDropSide(key: string, id: OutcomeId): 'before' | 'after' | null {
  return useDrag(({ drop }) => {
    if (drop?.is !== 'between' || drop.key !== key) return null
    if (drop.next === id) return 'before'
    return drop.next === null && drop.last === id ? 'after' : null
  })
}

/** Whether what is dragged would be grouped with something, or merged into it. */
export function useDropOnto(id: OutcomeId): boolean {
  return useDrag(({ drop }) => drop?.is === 'onto' && drop.id === id)
}

/** Whether what is dragged would land in a list. */
export function useDropInto(key: string): boolean {
  return useDrag(({ drop }) => drop?.is === 'between' && drop.key === key)
}
