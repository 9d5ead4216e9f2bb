import { type AddRequest, type Binned, binRoot, requestRoot } from '@quintet/shared/desk'
import type { NoteId, RequestId } from '@quintet/shared/ids'
import type * as Y from 'yjs'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useSession } from '../session/SessionContext.tsx'
import { Cells } from './cells.ts'
import { SortedLists } from './sortedLists.ts'

/** What stands in a root of the desk at a time. */
interface Timed<Id extends string> {
  readonly id: Id
  /** Ms since the epoch. */
  readonly at: number
}

/** One root of the desk: a change reads the entries that it touched, and moves in the list what stands elsewhere. */
class DeskRoot<Id extends string, View extends Timed<Id>> {
  readonly entries = new Cells<Id, View | undefined>(() => undefined)
  readonly #list: SortedLists<Id>
  readonly #orderOf: (at: number) => number

  /** @param root undefined for those who have no desk. @param orderOf a safe integer by which entries of a time stand. */
  constructor(root: Y.Map<Omit<View, 'id'>> | undefined, orderOf: (at: number) => number) {
    this.#orderOf = orderOf
    this.#list = new SortedLists<Id>((id) => this.#keyOf(this.entries.get(id)))
    if (!root) return
    const take = (ids: Iterable<string>) => {
      for (const id of ids) {
        const value = root.get(id)
        this.#replace(id as Id, value && ({ ...value, id } as View))
      }
      this.#list.publish()
      this.entries.publish()
    }
    take(root.keys())
    root.observe(({ keysChanged }) => take(keysChanged as Set<string>))
  }

  /** The ids of all entries, in order. */
  get all(): StoreApi<readonly Id[]> {
    return this.#list.at(ALL)
  }

  #replace(id: Id, next: View | undefined): void {
    const now = this.entries.get(id)
    if (now) this.#list.remove(ALL, { id, order: this.#keyOf(now) })
    this.entries.set(id, next)
    if (next) this.#list.insert(ALL, { id, order: this.#keyOf(next) })
  }

  #keyOf(entry: View | undefined): string {
    return String(this.#orderOf(entry?.at ?? 0)).padStart(16, '0')
  }
}

const ALL = 'all'

/** The desk as immutable views, kept up from Yjs events; empty for those who have none. Facilitators' parts alone load it. */
export class DeskViews {
  /** Words that left the board, the latest first. */
  readonly bin: DeskRoot<NoteId, Binned>
  /** What people ask to add, in the order in which they asked. */
  readonly requests: DeskRoot<RequestId, AddRequest>

  constructor(desk: Y.Doc | undefined) {
    this.bin = new DeskRoot<NoteId, Binned>(desk && binRoot(desk), (at) => Number.MAX_SAFE_INTEGER - at)
    this.requests = new DeskRoot<RequestId, AddRequest>(desk && requestRoot(desk), (at) => at)
  }
}

const byDesk = new WeakMap<Y.Doc, DeskViews>()
const NO_DESK = new DeskViews(undefined)

/** The views of the session's desk: made once, and living as long as it does. */
function useDesk(): DeskViews {
  const { desk } = useSession().docs
  if (!desk) return NO_DESK
  let views = byDesk.get(desk)
  if (!views) {
    views = new DeskViews(desk)
    byDesk.set(desk, views)
  }
  return views
}

/** The notes whose words are in the bin, the latest first. */
export function useBin(): readonly NoteId[] {
  return useStore(useDesk().bin.all)
}

/** The words of one note that are in the bin. */
export function useBinned(id: NoteId): Binned | undefined {
  return useStore(useDesk().bin.entries.at(id))
}

/** The requests that wait for an answer, in the order in which they came. */
export function useRequests(): readonly RequestId[] {
  return useStore(useDesk().requests.all)
}

/** One request that waits for an answer. */
export function useRequest(id: RequestId): AddRequest | undefined {
  return useStore(useDesk().requests.entries.at(id))
}
