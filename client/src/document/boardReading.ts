import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { ThreadSource } from '@quintet/shared/thread'
import type { StoreApi } from 'zustand/vanilla'
import type { BoardViews } from './boardViews.ts'
import type { Watched } from './watched.ts'

/**
 * Something read from notes and groups by following what points where. It listens to exactly what the last reading
 * looked at, and to nothing else of the board.
 * @param same whether two readings come to the same; then the first one stays.
 */
export function watchReading<T>(
  board: BoardViews,
  read: (source: ThreadSource) => T,
  same: (a: T, b: T) => boolean,
): Watched<T> {
  let last: { readonly value: T } | undefined
  const look = (): ReadonlySet<StoreApi<unknown>> => {
    const seen = new Set<StoreApi<never>>()
    const note = (id: NoteId) => {
      seen.add(board.notes.at(id) as StoreApi<never>)
      return board.note(id)
    }
    const value = read({
      note,
      group: (id: GroupId) => {
        seen.add(board.groups.at(id) as StoreApi<never>)
        return board.group(id)
      },
      inGroup: (id) => {
        seen.add(board.members(id) as StoreApi<never>)
        return board.inGroup(id).map((each) => note(each.id) ?? each)
      },
    })
    if (!last || !same(last.value, value)) last = { value }
    return seen as ReadonlySet<StoreApi<unknown>>
  }
  return {
    get: () => {
      look()
      return (last as { readonly value: T }).value
    },
    subscribe: (listener) => {
      const stops = new Map<StoreApi<unknown>, () => void>()
      const follow = () => {
        const seen = look()
        for (const [store, stop] of stops)
          if (!seen.has(store)) {
            stop()
            stops.delete(store)
          }
        for (const store of seen) if (!stops.has(store)) stops.set(store, store.subscribe(changed))
      }
      const changed = () => {
        follow()
        listener()
      }
      follow()
      return () => {
        for (const stop of stops.values()) stop()
      }
    },
  }
}
