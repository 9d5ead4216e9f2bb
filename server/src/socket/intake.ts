import { HOPELESS } from '@quintet/shared/limits'
import type { Purse } from './budgets.ts'

/** One message as the socket gave it. */
export interface Incoming {
  readonly data: Buffer
  readonly isBinary: boolean
  /** When it was read from the network, ms since the epoch. */
  readonly at: number
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
  /** Ms of a clock that only goes forward. */
  readonly now: () => number
  /** Runs once after so many ms, after 0 as soon as others had their turn of the event loop. @returns what prevents it. */
  readonly later: (ms: number, run: () => void) => () => void
}

/** One person's messages are handled for so long in one turn of the event loop, ms, and for what the last of them takes. */
const TURN = 8

/**
 * The messages of one socket, in their order, each when the budgets allow it and others had their turn. Until then
 * nothing is read from the network; what came in the same piece of data waits here, which bounds it.
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
      if (wait > 0 || this.#isTurnOver) {
        if (!rested) pause()
        this.#rest = later(Math.ceil(wait), () => this.#handle())
        return
      }
      if (!this.#handleNext()) break
    }
    if (rested && this.#state === 'open') resume()
  }

  get #isTurnOver(): boolean {
    return this.#waiting.length > 0 && (this.#setting.purse.turn.spent ?? 0) >= TURN
  }

  /** @returns whether there was one, and more may follow. */
  #handleNext(): boolean {
    const next = this.#waiting.shift()
    if (!next) return false
    const { purse, handle, now, later } = this.#setting
    const began = now()
    purse.read(next.data.length)
    handle(next)
    const { turn } = purse
    if (turn.spent === undefined)
      later(0, () => {
        turn.spent = undefined
      })
    turn.spent = (turn.spent ?? 0) + now() - began
    return this.#state === 'open'
  }
}
