/**
 * Which of one's own edits are durable. The server marks how many of a socket's update messages it has saved; the ledger
 * knows which edits each message vouches for.
 *
 * On a new socket the server asks what it lacks. The answer (sync step 2) holds every edit made till then, and each later
 * update one more. An update that leaves before the answer vouches for nothing: edits from before this socket may still
 * be missing on the server, and the answer holds it anyway.
 */
export class Ledger {
  #edits = 0
  #saved = 0
  /** What has unsaved edits, with the number of the latest of them. */
  readonly #things = new Map<string, number>()
  /** For each update message of the present socket: all edits up to this number are durable when it is. */
  #vouched: number[] = []
  #answered = false

  /** How many things (notes, actions) have edits that are not known to be durable. */
  get waiting(): number {
    return this.#things.size
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

  /** An edit was made. @param things the ids of the notes and actions that it touched. */
  edited(things: Iterable<string>): void {
    this.#edits++
    for (const thing of things) this.#things.set(thing, this.#edits)
  }

  /** An update message left on the present socket. @param answer whether it answers the server's question. */
  sent(answer: boolean): void {
    this.#answered ||= answer
    this.#vouched.push(this.#answered ? this.#edits : 0)
  }

  /** @param count how many of the present socket's update messages are durable; more than were sent means all. */
  marked(count: number): void {
    const vouched = this.#vouched[Math.min(count, this.#vouched.length) - 1] ?? 0
    if (vouched <= this.#saved) return
    this.#saved = vouched
    for (const [thing, edit] of this.#things) if (edit <= vouched) this.#things.delete(thing)
  }

  /** A new socket counts from the beginning. */
  reconnected(): void {
    this.#vouched = []
    this.#answered = false
  }
}

/** The ledgers of several documents, as one: what was edited in any of them. */
export class Ledgers {
  readonly #ledgers: readonly Ledger[]

  constructor(ledgers: readonly Ledger[]) {
    this.#ledgers = ledgers
  }

  get waiting(): number {
    return this.#ledgers.reduce((sum, { waiting }) => sum + waiting, 0)
  }

  /** Asks from now on whether all edits made until now are durable, in whichever document. */
  soFar(): () => boolean {
    const each = this.#ledgers.map((ledger) => ledger.soFar())
    return () => each.every((isSaved) => isSaved())
  }
}
