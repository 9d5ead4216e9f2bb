import { useSyncExternalStore } from 'react'
import type { Watched } from './watched.ts'

/** The value of something watched; it renders again when that becomes another object. */
export function useWatched<T>({ subscribe, get }: Watched<T>): T {
  return useSyncExternalStore(subscribe, get)
}
