import type { Append, DocumentKey, Store } from '../store/store.ts'

/** A real store with a hand on its appends. */
export interface Interposed extends Store {
  /** From now on appends wait before they reach the store. */
  hold(): void
  /** Lets the appends that wait, and all later ones, go on. */
  release(): void
  /** Lets the appends that wait go on; later ones wait again. */
  step(): void
  /** From now on appends reject, as when the disk is full; `null` heals it. */
  fail(error: Error | null): void
  /** From now on loading a document, or one of some documents, rejects half way; `null` heals it. */
  failLoads(error: Error | null, which?: (document: DocumentKey) => boolean): void
  /** Appends that wait. */
  readonly held: number
  /** Appends that were asked for. */
  readonly appends: readonly Append[]
  /** Documents that were loaded. */
  readonly loads: readonly DocumentKey[]
}

/** Puts a hand between the rooms and a store. */
export function interpose(store: Store): Interposed {
  const appends: Append[] = []
  let waiting: (() => void)[] = []
  let holding = false
  let failure: Error | null = null
  let loadFailure: Error | null = null
  let failing: (document: DocumentKey) => boolean = () => true
  const loads: DocumentKey[] = []
  return {
    ...store,
    async append(workshop, append) {
      appends.push(append)
      if (holding) await new Promise<void>((resolve) => waiting.push(resolve))
      if (failure) throw failure
      await store.append(workshop, append)
    },
    async *load(workshop, document) {
      loads.push(document)
      for await (const segment of store.load(workshop, document)) {
        yield segment
        if (loadFailure && failing(document)) throw loadFailure
      }
      if (loadFailure && failing(document)) throw loadFailure
    },
    hold: () => {
      holding = true
    },
    release: () => {
      holding = false
      for (const go of waiting) go()
      waiting = []
    },
    step: () => {
      for (const go of waiting.splice(0)) go()
    },
    fail: (error) => {
      failure = error
    },
    failLoads: (error, which = () => true) => {
      loadFailure = error
      failing = which
    },
    get held() {
      return waiting.length
    },
    appends,
    loads,
  }
}
