import { compareOrder, type Ordered } from '@quintet/shared/order'
import type { StoreApi } from 'zustand/vanilla'
import { Cells } from './cells.ts'

/**
 * Lists of ids in their order, by name. A change finds its place by halving, and replaces the lists that it touches,
 * each once per {@link publish}; a list that comes out as it was stays the same object.
 */
export class SortedLists<Id extends string> {
  readonly #lists = new Cells<string, readonly Id[]>(() => NONE)
  /** Copies of the lists that are being changed. */
  readonly #drafts = new Map<string, Id[]>()
  readonly #orderOf: (id: Id) => string

  /** @param orderOf the order key by which an id stands in every list that holds it. */
  constructor(orderOf: (id: Id) => string) {
    this.#orderOf = orderOf
  }

  /** A list as it is at this moment, unpublished changes included. */
  get(name: string): readonly Id[] {
    return this.#drafts.get(name) ?? this.#lists.get(name)
  }

  at(name: string): StoreApi<readonly Id[]> {
    return this.#lists.at(name)
  }

  insert(name: string, item: Ordered & { readonly id: Id }): void {
    const list = this.#draft(name)
    const place = this.#placeOf(list, item)
    if (list[place] !== item.id) list.splice(place, 0, item.id)
  }

  /** @param item with the order by which it stands in the list now. */
  remove(name: string, item: Ordered & { readonly id: Id }): void {
    const list = this.#draft(name)
    const place = this.#placeOf(list, item)
    if (list[place] === item.id) list.splice(place, 1)
  }

  /** @returns whether any list changed. */
  publish(): boolean {
    let changed = false
    for (const [name, draft] of this.#drafts) {
      if (same(draft, this.#lists.get(name))) continue
      changed = true
      this.#lists.set(name, draft.length === 0 ? undefined : draft)
    }
    this.#drafts.clear()
    this.#lists.publish()
    return changed
  }

  #draft(name: string): Id[] {
    let draft = this.#drafts.get(name)
    if (!draft) {
      draft = [...this.#lists.get(name)]
      this.#drafts.set(name, draft)
    }
    return draft
  }

  /** Where an item stands, or would stand. */
  #placeOf(list: readonly Id[], item: Ordered): number {
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const id = list[middle] as Id
      if (compareOrder({ id, order: this.#orderOf(id) }, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

const NONE: readonly never[] = []

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, at) => id === b[at])
}
