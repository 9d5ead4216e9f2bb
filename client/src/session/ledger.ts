/**
 * Which of one's own edits are durable. The server marks how many of a socket's update messages it has saved; the ledger
 * knows which edits each message held. The answer to the server's question after a reconnection holds all edits so far.
 */
export class Ledger {
  #edits = 0
  #saved = 0
  /** For each update message of the present socket: how many edits were made when it left. */
  #sent: number[] = []

  /** Edits that are not known to be durable. */
  get waiting(): number {
    return this.#edits - this.#saved
  }

  /** Edits made in all; {@link isSaved} takes it as a point in time. */
  get edits(): number {
    return this.#edits
  }

  isSaved(edits: number): boolean {
    return this.#saved >= edits
  }

  edited(): void {
    this.#edits++
  }

  sent(): void {
    this.#sent.push(this.#edits)
  }

  /** @param count how many of the present socket's update messages are durable; more than were sent means all. */
  marked(count: number): void {
    const covered = this.#sent[Math.min(count, this.#sent.length) - 1]
    if (covered !== undefined && covered > this.#saved) this.#saved = covered
  }

  /** A new socket counts from the beginning. */
  reconnected(): void {
    this.#sent = []
  }
}
