import type { Holder, Id } from './structs.ts'
import type { Work } from './work.ts'

/**
 * What the author of a struct must have seen of a text, or of the values of one key: what they wrote in it before, the
 * neighbours, and all that those hang on. They may have seen more; this much no replica can be without.
 */
export class Knowledge {
  /** What stands there, by client and in the order of clocks. */
  readonly #holders = new Map<number, Holder[]>()
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

  /** @returns whether the author of a struct must have seen a unit. */
  of(struct: Holder): (id: Id) => boolean {
    const seen = new Map<number, number>()
    const open: number[] = []
    const see = (id: Id | null) => {
      if (id === null || (seen.get(id.client) ?? -1) >= id.clock) return
      seen.set(id.client, id.clock)
      open.push(id.client)
    }
    see({ client: struct.id.client, clock: struct.id.clock - 1 })
    see(struct.origin)
    see(struct.rightOrigin)
    const next = new Map<number, number>()
    for (let client = open.pop(); client !== undefined; client = open.pop()) {
      const ofOne = this.#holders.get(client) ?? []
      let index = next.get(client) ?? 0
      for (let holder = ofOne[index]; holder; holder = ofOne[++index]) {
        if (holder.id.clock > (seen.get(client) ?? -1)) break
        this.#work.spend(8)
        see(holder.origin)
        see(holder.rightOrigin)
      }
      next.set(client, index)
    }
    return ({ client, clock }) => (seen.get(client) ?? -1) >= clock
  }
}
