import type * as Y from 'yjs'

export type Observer = Parameters<Y.Map<unknown>['observeDeep']>[0]

/** Hears of every change in a map, however deep. @returns ends it. */
export function observeDeep<T>(map: Y.Map<T>, observer: Observer): () => void {
  map.observeDeep(observer)
  return () => map.unobserveDeep(observer)
}
