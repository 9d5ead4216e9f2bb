import { encodeSavedMark } from '@quintet/shared/protocol'
import { type Frame, frameMessage } from './frame.ts'
import type { CommitQueue } from './queue.ts'

/** Tells a socket how many of its update messages are durable. */
export class SavedMarks {
  readonly #queue: CommitQueue
  readonly #write: (mark: Frame) => void
  /** Messages that were taken. */
  #taken = 0
  #isAsked = false

  /** @param write tells the socket. */
  constructor(queue: CommitQueue, write: (mark: Frame) => void) {
    this.#queue = queue
    this.#write = write
  }

  /** One more was taken in this turn: it is marked after the commit that covers it. */
  count(): void {
    this.#taken++
    if (this.#isAsked) return
    this.#isAsked = true
    let covered = 0
    this.#queue.after({
      atCut: () => {
        this.#isAsked = false
        covered = this.#taken
      },
      released: () => this.#write(frameMessage(encodeSavedMark(covered))),
    })
  }
}
