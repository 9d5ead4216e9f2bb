/**
 * Does heavy things one per turn of the event loop, in their order, so that sixty people who come back at once hold up
 * nobody who is writing. A task that is not finished adds itself again.
 */
export class Turns {
  readonly #failed: (error: Error) => void
  #tasks: (() => void)[] = []

  /** @param failed a task threw; the others go on. */
  constructor(failed: (error: Error) => void) {
    this.#failed = failed
  }

  add(task: () => void): void {
    this.#tasks.push(task)
    if (this.#tasks.length === 1) setImmediate(() => this.#turn())
  }

  /** Forgets what is left to do. */
  stop(): void {
    this.#tasks = []
  }

  #turn(): void {
    const task = this.#tasks[0]
    if (!task) return
    try {
      task()
    } catch (error) {
      this.#failed(error instanceof Error ? error : new Error(String(error)))
    }
    // The task stayed at the head while it ran, so that adding to the list did not start a second chain of turns.
    this.#tasks.shift()
    if (this.#tasks.length > 0) setImmediate(() => this.#turn())
  }
}
