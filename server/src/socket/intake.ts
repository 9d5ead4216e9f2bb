import { HOPELESS } from '@quintet/shared/limits'
import type { Purse } from './budgets.ts'

/** One message as the socket gave it. */
export interface Incoming {
  readonly data: Buffer
  readonly isBinary: boolean
}

/** What an intake does to its socket. */
export interface IntakeSetting {
  readonly purse: Purse
  /** Takes a message whole; it may stop the intake. */
  readonly handle: (message: Incoming) => void
  /** Stops and starts the reading from the network, where messages wait in their order meanwhile. */
  readonly pause: () => void
  readonly resume: () => void
  /** More waits than anybody says who means something by it. */
  readonly tooMuch: () => void
  /** Runs once after so many ms. @returns what prevents it. */
  readonly later: (ms: number, run: () => void) => () => void
}

/**
 * The messages of one socket, in their order, each when the budgets allow it. Past a budget nothing is read from the
 * network; what came in the same piece of data waits here, which bounds it.
 */
export class Intake {
  readonly #setting: IntakeSetting
  #waiting: Incoming[] = []
  #rest: (() => void) | undefined
  #state: 'open' | 'stopped' = 'open'

  constructor(setting: IntakeSetting) {
    this.#setting = setting
  }

  /** A message came. */
  take(message: Incoming): void {
    if (this.#state === 'stopped') return
    this.#waiting.push(message)
    if (this.#waiting.length > HOPELESS.waiting) this.#setting.tooMuch()
    else if (!this.#rest) this.#handle()
  }

  /** Nothing more comes: what waits is handled as far as the budgets reach, and the rest let fall. */
  end(): void {
    while (this.#state === 'open' && this.#setting.purse.wait() === 0) if (!this.#handleNext()) break
    this.stop()
  }

  /** Handles nothing any more. */
  stop(): void {
    this.#state = 'stopped'
    this.#waiting = []
    this.#rest?.()
    this.#rest = undefined
  }

  #handle(): void {
    const { purse, pause, resume, later } = this.#setting
    const rested = this.#rest !== undefined
    this.#rest = undefined
    for (;;) {
      const wait = purse.wait()
      if (wait > 0) {
        if (!rested) pause()
        this.#rest = later(Math.ceil(wait), () => this.#handle())
        return
      }
      if (!this.#handleNext()) break
    }
    if (rested && this.#state === 'open') resume()
  }

  /** @returns whether there was one, and more may follow. */
  #handleNext(): boolean {
    const next = this.#waiting.shift()
    if (!next) return false
    this.#setting.purse.read(next.data.length)
    this.#setting.handle(next)
    return this.#state === 'open'
  }
}
