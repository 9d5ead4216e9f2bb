import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'
import { MessageChannel, Worker } from 'node:worker_threads'
import { readBoard } from '@quintet/shared/board'
import type { PlanSource } from '@quintet/shared/export/markdown'
import type { Room } from '../room/room.ts'
import type { PlanRequest } from './planWorker.ts'
import { Turns } from './turns.ts'

/** How long a plan may take, ms. The longest one that fits into a workshop, with two rounds of votes, takes three seconds. */
const DEADLINE = 10_000

/** All that a plan is made of: the stage and the board. What is anybody's alone is in documents that it cannot name. */
export type PlanRoom = Pick<Room, 'read'>

/**
 * Writes action plans in a thread of their own: 500 notes take a tenth of a second, in which nobody's edit may wait.
 * Plans are written one after the other. Who asks for a plan that is still to be begun shares it, so that a script
 * which asks without end holds nobody up.
 */
export class PlanWriter {
  readonly #turns = new Turns()
  readonly #waiting = new Map<PlanRoom, Promise<string>>()
  readonly #now: () => number
  readonly #deadline: number
  #worker: Worker | undefined

  /** @param now ms since the epoch. @param deadline ms after which a plan is given up. */
  constructor(now: () => number, deadline = DEADLINE) {
    this.#now = now
    this.#deadline = deadline
  }

  /** The plan of a workshop as Markdown, of a moment after the call. Rejects as the room's `read` does, and past the deadline. */
  write(room: PlanRoom): Promise<string> {
    const waiting = this.#waiting.get(room)
    if (waiting !== undefined) return waiting
    const plan = this.#turns.run('plan', async () => {
      this.#waiting.delete(room)
      const source = await room.read(({ stage, board }) => ({ stage, board: readBoard(board), now: this.#now() }))
      return this.#ask(source)
    })
    this.#waiting.set(room, plan)
    return plan
  }

  /** Ends the thread. A plan under way rejects. */
  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  async #ask(source: PlanSource): Promise<string> {
    const worker = this.#running()
    // A channel of its own: under node --watch the thread's own one carries messages of Node's too.
    const { port1: here, port2: there } = new MessageChannel()
    worker.postMessage({ source, answer: there } satisfies PlanRequest, [there])
    const over = new AbortController()
    try {
      // `once` rejects when the thread throws; one that is ended from outside only says that it is gone.
      const gone = once(worker, 'exit', over).then(() => Promise.reject(new Error('the thread ended')))
      const late = pass(this.#deadline, undefined, over).then(() => {
        // Whoever's turn is next gets a thread that is not busy with this one.
        this.#worker = undefined
        void worker.terminate()
        throw new Error('the plan took too long')
      })
      const [markdown] = await Promise.race([once(here, 'message', over), gone, late])
      return markdown
    } finally {
      over.abort()
      here.close()
    }
  }

  /** The thread, started when the first plan is asked for, and again after one that failed. */
  #running(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./planWorker.ts', import.meta.url), { name: 'plans' })
    worker.unref()
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined
    })
    this.#worker = worker
    return worker
  }
}
