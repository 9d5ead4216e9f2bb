import * as Y from 'yjs'
import { processorTime } from '../processorTime.ts'
import { type Frame, frameSync } from './frame.ts'
import type { CommitQueue } from './queue.ts'
import { encodeInSlices } from './slices.ts'
import type { Turns } from './turns.ts'

/** What those lack who have a certain state of a document. */
interface Answer<Asker> {
  /** What the asker has: the clock of each client. */
  readonly known: ReadonlyMap<number, number>
  /** Cuts taken when its encoding began: what later ones release is not sure to be in it. */
  readonly cuts: number
  /** Undefined while it is being encoded, or is not durable yet. */
  frame: Frame | undefined
  readonly since: Frame[]
  sinceBytes: number
  readonly waiting: Set<Asker>
}

/** A kept answer serves until the updates since are more than this share of it. */
const WORTH_KEEPING = 0.01
/** Kept answers of one document. */
const MOST_KEPT = 4
/** Bytes given to newcomers in one turn of the event loop: copying to sockets takes the loop's time too. */
const BYTES_PER_TURN = 1 * 1024 * 1024

/**
 * Sync step 2, encoded once for everyone who asks from the same state: sixty newcomers cost one encoding. Large
 * documents are encoded, and large answers given, over several turns of the event loop. An answer leaves only after
 * the commit that covers what it contains [promise 1].
 */
export class Answers<Asker> {
  readonly #doc: Y.Doc
  readonly #queue: CommitQueue
  readonly #turns: Turns
  readonly #give: (asker: Asker, answer: Frame, since: readonly Frame[]) => void
  readonly #spend: (asker: Asker, ms: number) => void
  readonly #answers = new Map<string, Answer<Asker>>()
  readonly #asking = new Set<Asker>()
  #encodings = 0
  #bytesThisTurn = 0
  #closed = false

  /**
   * @param give gets sync step 2 and every update that was released since its encoding began: whoever has both, and
   * gets every update that is released later, has the whole document.
   * @param spend hears what an answer took of the processor that was encoded for somebody, ms.
   */
  constructor(
    doc: Y.Doc,
    queue: CommitQueue,
    turns: Turns,
    give: (asker: Asker, answer: Frame, since: readonly Frame[]) => void,
    spend: (asker: Asker, ms: number) => void,
  ) {
    this.#doc = doc
    this.#queue = queue
    this.#turns = turns
    this.#give = give
    this.#spend = spend
  }

  /** How many answers were encoded since the document was loaded. */
  get encodings(): number {
    return this.#encodings
  }

  /**
   * Asks what is lacking. Whoever asks again while the first answer is under way gets that one only.
   * @param known what the asker has: the clock of each client.
   */
  ask(asker: Asker, known: ReadonlyMap<number, number>): void {
    if (this.#asking.has(asker)) return
    this.#asking.add(asker)
    const counting = this.#countingOf(known)
    const key = keyOf(counting)
    const answer = this.#answers.get(key) ?? this.#begin(key, counting, asker)
    answer.waiting.add(asker)
    this.#serve(answer)
  }

  /** Forgets somebody who left before the answer. */
  forget(asker: Asker): void {
    if (!this.#asking.delete(asker)) return
    for (const answer of this.#answers.values()) answer.waiting.delete(asker)
  }

  /** An update of the document was released by a cut. */
  released(cut: number, update: Frame): void {
    for (const [key, answer] of this.#answers) {
      if (cut <= answer.cuts) continue
      answer.since.push(update)
      answer.sinceBytes += update.length
      const { frame, sinceBytes } = answer
      if (frame && answer.waiting.size === 0 && sinceBytes > frame.length * WORTH_KEEPING) this.#answers.delete(key)
    }
  }

  /** Encodes anew what is kept or under way, since it may hold what left the document. */
  renew(): void {
    const answers = [...this.#answers.values()]
    this.#answers.clear()
    for (const { known, waiting } of answers)
      for (const asker of waiting) {
        waiting.delete(asker)
        this.#asking.delete(asker)
        this.ask(asker, known)
      }
  }

  close(): void {
    this.#closed = true
    this.#answers.clear()
  }

  /** What of somebody's state changes the answer: nothing that the document lacks does. */
  #countingOf(known: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
    const counting = new Map<number, number>()
    for (const [client, clock] of known) {
      const counts = Math.min(clock, Y.getState(this.#doc.store, client))
      if (counts > 0) counting.set(client, counts)
    }
    return counting
  }

  #begin(key: string, known: ReadonlyMap<number, number>, asker: Asker): Answer<Asker> {
    const answer: Answer<Asker> = {
      known,
      cuts: this.#queue.cuts,
      frame: undefined,
      since: [],
      sinceBytes: 0,
      waiting: new Set(),
    }
    this.#forgetOld()
    this.#answers.set(key, answer)
    this.#encodings++
    const slices = encodeInSlices(this.#doc, known)
    const encode = () => {
      if (this.#closed || this.#answers.get(key) !== answer) return
      const took = processorTime(() => {
        const slice = slices.next()
        if (slice.done) this.#encoded(answer, frameSync('step2', slice.value))
        else this.#turns.add(encode)
      })
      this.#spend(asker, took)
    }
    this.#turns.add(encode)
    return answer
  }

  #encoded(answer: Answer<Asker>, frame: Frame): void {
    this.#queue.after({
      released: () => {
        answer.frame = frame
        this.#serve(answer)
      },
    })
  }

  #forgetOld(): void {
    if (this.#answers.size < MOST_KEPT) return
    for (const [key, answer] of this.#answers) if (answer.frame && answer.waiting.size === 0) this.#answers.delete(key)
  }

  #serve(answer: Answer<Asker>): void {
    const { frame, waiting, since } = answer
    if (!frame || this.#closed) return
    for (const asker of waiting) {
      if (this.#bytesThisTurn >= BYTES_PER_TURN) return
      if (this.#bytesThisTurn === 0) setImmediate(() => this.#nextTurn())
      this.#bytesThisTurn += frame.length + answer.sinceBytes
      waiting.delete(asker)
      this.#asking.delete(asker)
      this.#give(asker, frame, since)
    }
  }

  #nextTurn(): void {
    this.#bytesThisTurn = 0
    for (const answer of this.#answers.values()) this.#serve(answer)
  }
}

/** The same for everyone who has the same state. */
function keyOf(known: ReadonlyMap<number, number>): string {
  return [...known]
    .sort(([a], [b]) => a - b)
    .map((entry) => entry.join(':'))
    .join(' ')
}
