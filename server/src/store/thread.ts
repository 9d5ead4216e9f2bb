import type { Worker } from 'node:worker_threads'
import { type Answer, type Call, type Calls, OPENING, type Outcome } from './messages.ts'
import { StoreFailed, StoreRefused, StoreUnusable } from './store.ts'

interface Waiting {
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
}

/** The caller's end of the store's thread. When the thread dies, everything that waits and everything asked later rejects with {@link StoreFailed}. */
export class StoreThread {
  /** Resolves when the data folder is open; rejects with {@link StoreUnusable} when it cannot be. */
  readonly opened: Promise<void>
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #lastId = OPENING
  #failuresSeen = 0
  /** Why nothing more can be asked, as soon as that is so. */
  #refusal: StoreFailed | null = null
  #closed: Promise<void> | null = null

  constructor(worker: Worker) {
    this.#worker = worker
    this.opened = this.#wait<void>(OPENING)
    worker.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) this.#settle(answer)
    })
    worker.on('messageerror', (error) => this.#die(error.message))
    worker.on('error', (error) => this.#die(error instanceof Error ? error.message : String(error)))
    worker.on('exit', () => this.#die('it has ended'))
  }

  /** Asks for something. `transfer` lists the buffers inside `input` that the caller gives away. */
  ask<Name extends keyof Calls>(
    name: Name,
    input: Calls[Name]['takes'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Calls[Name]['gives']> {
    if (this.#refusal) return Promise.reject(this.#refusal)
    return this.#post(name, input, transfer)
  }

  /** Refuses further calls, waits for those under way, closes the files and ends the thread. */
  close(): Promise<void> {
    this.#closed ??= this.#end()
    return this.#closed
  }

  async #end(): Promise<void> {
    if (!this.#refusal) {
      const ended = this.#post('close', undefined, [])
      this.#refusal = new StoreFailed('The store is closed. What was saved before is safe; open it again to go on.')
      await ended
    }
    await this.#worker.terminate()
  }

  #post<Name extends keyof Calls>(name: Name, input: Calls[Name]['takes'], transfer: readonly ArrayBuffer[]) {
    this.#lastId += 1
    const id = this.#lastId
    // The compiler cannot follow that `name` and `input` belong together once both are generic; the signature holds it.
    const call = { id, name, input, failuresSeen: this.#failuresSeen } as Call
    this.#worker.postMessage(call, transfer)
    return this.#wait<Calls[Name]['gives']>(id)
  }

  #wait<Output>(id: number): Promise<Output> {
    return new Promise<Output>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
    })
  }

  #settle({ id, outcome }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (outcome.kind === 'failed') this.#failuresSeen = Math.max(this.#failuresSeen, outcome.failures ?? 0)
    if (outcome.kind === 'unusable') this.#refusal = new StoreFailed(outcome.message)
    if (outcome.kind === 'done') waiting?.resolve(outcome.output)
    else waiting?.reject(errorOf(outcome))
  }

  #die(reason: string): void {
    const failure = new StoreFailed(
      `The store's thread has stopped (${reason}). What was acknowledged is safe, nothing else was saved. Restart Quintet.`,
    )
    this.#refusal ??= failure
    for (const { reject } of this.#waiting.values()) reject(failure)
    this.#waiting.clear()
  }
}

function errorOf(outcome: Exclude<Outcome, { kind: 'done' }>): Error {
  switch (outcome.kind) {
    case 'refused':
      return new StoreRefused(outcome.reason, outcome.message)
    case 'failed':
      return new StoreFailed(outcome.message)
    case 'unusable':
      return new StoreUnusable(outcome.message)
  }
}
