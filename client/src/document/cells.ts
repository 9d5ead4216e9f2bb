import { createStore, type StoreApi } from 'zustand/vanilla'

/**
 * Values by id, each in a store of its own that comes into being when somebody looks: a change tells only those who
 * look at that one value, however many there are.
 */
export class Cells<Id extends string, Value> {
  readonly #values = new Map<Id, Value>()
  readonly #stores = new Map<Id, StoreApi<Value>>()
  readonly #changed = new Set<Id>()
  readonly #none: (id: Id) => Value

  /** @param none what stands under an id that has no value. */
  constructor(none: (id: Id) => Value) {
    this.#none = none
  }

  get(id: Id): Value {
    return this.#values.get(id) ?? this.#none(id)
  }

  has(id: Id): boolean {
    return this.#values.has(id)
  }

  /** Takes a value, or undefined for none; those who look hear of it with {@link publish}. */
  set(id: Id, value: Value | undefined): void {
    if (value === undefined) this.#values.delete(id)
    else this.#values.set(id, value)
    this.#changed.add(id)
  }

  /** Tells of everything that was set since the last time, once all of it stands. */
  publish(): void {
    for (const id of this.#changed) this.#stores.get(id)?.setState(this.#values.get(id) ?? this.#none(id), true)
    this.#changed.clear()
  }

  /** The store of one value, to subscribe to. */
  at(id: Id): StoreApi<Value> {
    let store = this.#stores.get(id)
    if (!store) {
      const value = this.#values.get(id) ?? this.#none(id)
      store = createStore<Value>(() => value)
      this.#stores.set(id, store)
    }
    return store
  }
}
