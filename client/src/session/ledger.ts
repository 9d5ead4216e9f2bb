import { type Clocks, least } from './clocks.ts'

/**
 * Which of one's own edits are durable. The server marks how many of a socket's update messages it has saved; the ledger
 * knows which edits each message vouches for.
 *
 * On a new socket the server asks what it lacks. The answer (sync step 2) holds every edit made till then, and each later
 * update one more. An update that leaves before the answer vouches for nothing: edits from before this socket may still
 * be missing on the server, and the answer holds it anyway. What was read from this device's copy counts as one edit.
 */
export class Ledger {
  #edits = 0
  #saved = 0
  /** What has unsaved edits, with the number of the latest of them. */
  readonly #things = new Map<string, number>()
  /** What the document held when the first of the unsaved edits was made. */
  #since: Clocks | undefined
  /** For each update message of the present socket: all edits up to this number are durable when it is. */
  #vouched: number[] = []
  #answered = false

  /** How many things (notes, actions) have edits that are not known to be durable. */
  get waiting(): number {
    return this.#things.size
  }

  /** The ids of what has edits that are not known to be durable. */
  get things(): Iterable<string> {
    return this.#things.keys()
  }

  /** What the document held when the first of the unsaved edits was made; undefined when all are durable. */
  get since(): Clocks | undefined {
    return this.#since
  }

  /** Edits made in all: a point in time for {@link isSaved}. */
  get edits(): number {
    return this.#edits
  }

  /** Whether all edits up to a number are durable. */
  isSaved(edits: number): boolean {
    return this.#saved >= edits
  }

  /** Asks from now on whether all edits made until now are durable. */
  soFar(): () => boolean {
    const edits = this.#edits
    return () => this.isSaved(edits)
  }

  /**
   * An edit was made.
   * @param things the ids of the notes and actions that it touched.
   * @param before what the document held before it.
   */
  edited(things: Iterable<string>, before: Clocks = new Map()): void {
    this.#edits++
    for (const thing of things) this.#things.set(thing, this.#edits)
    this.#since ??= before
  }

  /**
   * Edits were read from this device's copy.
   * @param things what of them was not known to be durable.
   * @param since what the document held before the first of these.
   */
  read(things: Iterable<string>, since: Clocks): void {
    const before = this.#since ? least(this.#since, since) : since
    this.edited(things)
    this.#since = before
  }

  /** An update message left on the present socket. @param answer whether it answers the server's question. */
  sent(answer: boolean): void {
    this.#answered ||= answer
    this.#vouched.push(this.#answered ? this.#edits : 0)
  }

  /** @param count how many of the present socket's update messages are durable; more than were sent means all. */
  marked(count: number): void {
    const vouched = this.#vouched[Math.min(count, this.#vouched.length) - 1] ?? 0
    this.#save(vouched)
  }

  /** Its document is left for another one: nobody waits for what the server never took. */
  abandon(): void {
    this.#save(this.#edits)
  }

  /** A new socket counts from the beginning. */
  reconnected(): void {
    this.#vouched = []
    this.#answered = false
  }

  #save(edits: number): void {
    if (edits <= this.#saved) return
    this.#saved = edits
    for (const [thing, edit] of this.#things) if (edit <= edits) this.#things.delete(thing)
    if (edits === this.#edits) this.#since = undefined
  }
}

/** The ledgers of several documents, as one: what was edited in any of them. */
export class Ledgers {
  readonly #ledgers: () => readonly Ledger[]

  /** @param ledgers asked each time: a document can be replaced. */
  constructor(ledgers: () => readonly Ledger[]) {
    this.#ledgers = ledgers
  }

  get waiting(): number {
    return this.#ledgers().reduce((sum, { waiting }) => sum + waiting, 0)
  }

  /** The ids of what has edits in any of them that are not known to be durable. */
  get things(): ReadonlySet<string> {
    return new Set(this.#ledgers().flatMap(({ things }) => [...things]))
  }

  /** Asks from now on whether all edits made until now are durable, in whichever document. */
  soFar(): () => boolean {
    const each = this.#ledgers().map((ledger) => ledger.soFar())
    return () => each.every((isSaved) => isSaved())
  }
}
