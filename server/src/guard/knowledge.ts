import type { Holder, Id } from './structs.ts'
import type { Work } from './work.ts'

/** What one client must have seen: up to which clock of each client, and how many of its holders were looked at. */
interface Author {
  readonly seen: Map<number, number>
  readonly looked: Map<number, number>
}

/**
 * What the author of a struct must have seen of a text, or of the values of one key: what they wrote in it before, the
 * neighbours, and all that those hang on. They may have seen more; this much no replica can be without.
 */
export class Knowledge {
  /** What stands there, by client and in the order of clocks. */
  readonly #holders = new Map<number, Holder[]>()
  readonly #authors = new Map<number, Author>()
  readonly #work: Work

  constructor(holders: Iterable<Holder>, work: Work) {
    this.#work = work
    for (const holder of holders) {
      work.spend(8)
      this.add(holder)
    }
    for (const ofOne of this.#holders.values()) ofOne.sort((a, b) => a.id.clock - b.id.clock)
  }

  /** What came after all that its client had written there. */
  add(holder: Holder): void {
    const { client } = holder.id
    const ofOne = this.#holders.get(client)
    if (ofOne) ofOne.push(holder)
    else this.#holders.set(client, [holder])
  }

  /**
   * Whether the author of a struct must have seen a unit. Structs of one client are asked for in their order: who wrote
   * the later one had seen all that the earlier one hangs on, so nothing is looked at twice.
   */
  of(struct: Holder): (client: number, clock: number) => boolean {
    const { client, clock } = struct.id
    const author = this.#authors.get(client) ?? { seen: new Map(), looked: new Map() }
    this.#authors.set(client, author)
    this.#learn(author, [{ client, clock: clock - 1 }, struct.origin, struct.rightOrigin])
    return (of, at) => (author.seen.get(of) ?? -1) >= at
  }

  /** Adds units and all that they hang on. */
  #learn({ seen, looked }: Author, units: readonly (Id | null)[]): void {
    const open: number[] = []
    const see = (id: Id | null) => {
      if (id === null || (seen.get(id.client) ?? -1) >= id.clock) return
      seen.set(id.client, id.clock)
      open.push(id.client)
    }
    for (const unit of units) see(unit)
    for (let client = open.pop(); client !== undefined; client = open.pop()) {
      const ofOne = this.#holders.get(client) ?? []
      let index = looked.get(client) ?? 0
      for (let holder = ofOne[index]; holder; holder = ofOne[++index]) {
        if (holder.id.clock > (seen.get(client) ?? -1)) break
        this.#work.spend(8)
        see(holder.origin)
        see(holder.rightOrigin)
      }
      looked.set(client, index)
    }
  }
}
