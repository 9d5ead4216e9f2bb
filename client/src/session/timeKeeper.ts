import { ServerClock } from './clock.ts'

/** Round trips at the start of each connection, of which the shortest counts. */
const AT_START = 6
/** Between the round trips at the start, ms. */
const SOON = 150
/** Between later round trips, ms. */
const LATER = 60_000

/** Keeps the server's time: asks for it a few times when a connection begins, and now and then after that. */
export class TimeKeeper {
  readonly #clock = new ServerClock(steadyNow)
  readonly #ask: (now: number) => void
  readonly #onKnown: () => void
  #answers = 0
  #known = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param ask sends a question. @param onKnown called once, with the first answer of all. */
  constructor(ask: (now: number) => void, onKnown: () => void) {
    this.#ask = ask
    this.#onKnown = onKnown
  }

  /** Whether the server's time is known, however long ago it was told. */
  get known(): boolean {
    return this.#known
  }

  /** The server's time, ms since the epoch; a guess until it is known. */
  now(): number {
    return this.#clock.now()
  }

  /** A connection began. */
  connected(): void {
    this.#clock.forget()
    this.#answers = 0
    this.#askIn(0)
  }

  /** The server told its time. @param asked this machine's time when it was asked, null when unasked. */
  told(asked: number | null, server: number): void {
    if (asked === null) {
      if (this.#clock.told(server)) this.connected()
      return
    }
    this.#clock.answered(asked, server)
    this.#answers++
    this.#askIn(this.#answers < AT_START ? SOON : LATER)
    if (this.#known) return
    this.#known = true
    this.#onKnown()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #askIn(wait: number): void {
    clearTimeout(this.#timer)
    // Nothing comes back if the answer is lost with its connection: the next connection begins anew.
    this.#timer = setTimeout(() => this.#ask(steadyNow()), wait)
  }
}

/** This machine's clock, ms since the epoch. It may be wrong, but setting it while the page is open does not move it. */
function steadyNow(): number {
  return performance.timeOrigin + performance.now()
}
