import type { StoreApi } from 'zustand/vanilla'

/** What a hook subscribes to: a value that stays the same object until it changes. */
export interface Watched<T> {
  readonly subscribe: (listener: () => void) => () => void
  readonly get: () => T
}

/** A store of any value, as far as it is listened to. */
type Source = Pick<StoreApi<unknown>, 'getState' | 'subscribe'>

/** A list that is found from stores, anew when one of them changed; the same object while its items are the same. */
export function watchList<Item>(sources: readonly Source[], find: () => readonly Item[]): Watched<readonly Item[]> {
  let seen: readonly unknown[] | undefined
  let last: readonly Item[] = []
  return {
    get: () => {
      const now = sources.map((source) => source.getState())
      if (!seen || !sameItems(seen, now, Object.is)) {
        const next = find()
        if (!sameItems(last, next, Object.is)) last = next
        seen = now
      }
      return last
    },
    subscribe: (listener) => {
      const stops = sources.map((source) => source.subscribe(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/**
 * A list that is found by looking at much of the board: at most once per frame of the screen however much happens, and
 * only while somebody looks.
 */
export function perFrame<Item>(
  sources: readonly Source[],
  find: (last: readonly Item[]) => readonly Item[],
  same: (a: Item, b: Item) => boolean,
): Watched<readonly Item[]> {
  let last: readonly Item[] = []
  let seen: readonly unknown[] | undefined
  let frame: number | undefined
  let stops: readonly (() => void)[] = []
  const listeners = new Set<() => void>()
  const refresh = () => {
    const now = sources.map((source) => source.getState())
    if (seen && sameItems(seen, now, Object.is)) return
    seen = now
    const next = find(last)
    if (!sameItems(last, next, same)) last = next
  }
  const later = () => {
    frame ??= requestAnimationFrame(() => {
      frame = undefined
      refresh()
      for (const listener of listeners) listener()
    })
  }
  const begin = () => {
    stops = sources.map((source) => source.subscribe(later))
    // What changed since the first look: React looks again after it subscribed.
    refresh()
  }
  const end = () => {
    for (const stop of stops) stop()
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
  }
  return {
    get: () => {
      if (listeners.size === 0) refresh()
      return last
    },
    subscribe: (listener) => {
      listeners.add(listener)
      if (listeners.size === 1) begin()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) end()
      }
    },
  }
}

/** Whether two lists hold the same items in the same order. */
export function sameItems<Item>(a: readonly Item[], b: readonly Item[], same: (a: Item, b: Item) => boolean): boolean {
  return a.length === b.length && a.every((item, at) => same(item, b[at] as Item))
}
