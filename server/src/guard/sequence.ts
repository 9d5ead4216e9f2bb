import * as Y from 'yjs'
import { Knowledge } from './knowledge.ts'
import { Refused } from './refusals.ts'
import { type Stretch, settle } from './settle.ts'
import type { Holder, Id, Struct } from './structs.ts'
import type { Work } from './work.ts'

/** A run of units that stand together in one holder. */
class Run implements Stretch {
  readonly holder: Holder
  from: number
  to: number
  /** The run behind it; undefined until somebody asks, which then is what the document says. */
  next: Run | null | undefined

  constructor(holder: Holder, from: number, to: number, next?: Run | null) {
    this.holder = holder
    this.from = from
    this.to = to
    this.next = next
  }

  get client(): number {
    return this.holder.id.client
  }

  /** What its first unit was written behind: inside of a holder, the unit before. */
  get origin(): Id | null {
    return this.from === this.holder.id.clock ? this.holder.origin : { client: this.client, clock: this.from - 1 }
  }

  get rightOrigin(): Id | null {
    return this.holder.rightOrigin
  }

  has({ client, clock }: Id): boolean {
    return client === this.client && this.from <= clock && clock < this.to
  }
}

/**
 * The order of a text's letters, or of the values that one key had, as it will be when the structs that were put in are
 * applied. It looks at no more of the document than what stands around them, unless they were written while others
 * wrote at the same place.
 */
export class Sequence {
  readonly #start: Y.Item | null
  readonly #work: Work
  readonly #path: string
  readonly #runs = new Map<Holder, Run[]>()
  readonly #put: Struct[] = []
  #first: Run | null
  #knowledge: Knowledge | undefined

  /** @param start the first item of the document's own order; null where there is none. */
  constructor(start: Y.Item | null, work: Work, path: string) {
    this.#start = start
    this.#work = work
    this.#path = path
    this.#first = start && this.#firstOf(start)
  }

  /**
   * Puts a struct where Yjs will.
   * @returns whether nothing stands behind it.
   * @throws {Refused} `bad-origin` where its author must have seen something between its neighbours, or where they do
   * not stand in this order: then replicas that hold the same could show it differently.
   */
  put(struct: Struct): boolean {
    // In this order: where the right neighbour stands before the left one, the other cut would shorten what was found.
    const behind = struct.right && struct.rightOrigin && this.#cutBefore(struct.right, struct.rightOrigin.clock)
    let before = struct.left && struct.origin && this.#cutBehind(struct.left, struct.origin.clock)
    const found = before ? this.#next(before) : this.#first
    if (found !== behind) {
      const between = this.#between(found, behind)
      this.#refuseKnown(struct, between)
      before = between[settle(struct, between, this.#work) - 1] ?? before
    }
    const run = new Run(struct, struct.id.clock, struct.end, before ? this.#next(before) : this.#first)
    if (before) before.next = run
    else this.#first = run
    this.#runs.set(struct, [run])
    this.#put.push(struct)
    this.#knowledge?.add(struct)
    return run.next === null
  }

  /** What stands between two neighbours; @throws {Refused} where the second does not follow the first. */
  #between(from: Run | null, to: Run | null): Run[] {
    const between: Run[] = []
    for (let run = from; run !== to; run = this.#next(run)) {
      if (run === null) throw new Refused('bad-origin', this.#path)
      this.#work.spend(8)
      between.push(run)
    }
    return between
  }

  #refuseKnown(struct: Struct, between: readonly Run[]): void {
    this.#knowledge ??= new Knowledge(this.#holders(), this.#work)
    const knows = this.#knowledge.of(struct)
    if (between.some(({ client, from }) => knows(client, from))) throw new Refused('bad-origin', this.#path)
  }

  *#holders(): Generator<Holder, void, void> {
    for (let item = this.#start; item !== null; item = item.right) yield item
    yield* this.#put
  }

  #next(run: Run): Run | null {
    if (run.next === undefined) {
      const item = run.holder instanceof Y.Item ? run.holder.right : null
      run.next = item && this.#firstOf(item)
    }
    return run.next
  }

  #firstOf(item: Y.Item): Run {
    return this.#runsOf(item)[0] ?? this.#lost()
  }

  #runsOf(holder: Holder): Run[] {
    let runs = this.#runs.get(holder)
    if (runs === undefined) {
      const { clock } = holder.id
      runs = [new Run(holder, clock, clock + holder.length)]
      this.#runs.set(holder, runs)
    }
    return runs
  }

  /** The run that ends with a unit. */
  #cutBehind(holder: Holder, clock: number): Run {
    const runs = this.#runsOf(holder)
    const index = indexIn(runs, clock)
    const run = runs[index] ?? this.#lost()
    if (clock + 1 < run.to) this.#cut(runs, index, run, clock + 1)
    return run
  }

  /** The run that begins with a unit. */
  #cutBefore(holder: Holder, clock: number): Run {
    const runs = this.#runsOf(holder)
    const index = indexIn(runs, clock)
    const run = runs[index] ?? this.#lost()
    return run.from < clock ? this.#cut(runs, index, run, clock) : run
  }

  #cut(runs: Run[], index: number, run: Run, at: number): Run {
    this.#work.spend(4 + ((runs.length - index) >> 3))
    const later = new Run(run.holder, at, run.to, run.next)
    run.to = at
    run.next = later
    runs.splice(index + 1, 0, later)
    return later
  }

  /** A neighbour was found at this place, so it stands in it. */
  #lost(): never {
    throw new Refused('bad-origin', this.#path)
  }
}

/** Which of the runs of one holder has a clock. */
function indexIn(runs: readonly Run[], clock: number): number {
  let low = 0
  let high = runs.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((runs[middle]?.from ?? 0) <= clock) low = middle
    else high = middle - 1
  }
  return low
}
