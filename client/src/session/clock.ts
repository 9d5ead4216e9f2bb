interface Sample {
  readonly offset: number
  readonly roundTrip: number
}

/** How many round trips the clock keeps in mind. */
const KEPT = 8
/** How far an unasked time may be from what the clock says before all round trips count as out of date, ms. */
const TOLERANCE = 2_000

/**
 * The server's clock as seen from here. Of the latest round trips the shortest one is believed, since its answer can be
 * off by half of it at the most (Cristian's algorithm).
 */
export class ServerClock {
  #samples: readonly Sample[] = []
  #offset = 0
  /** Whether the samples are from before a connection was lost: a laptop that slept in between has lost time. */
  #old = false
  readonly #local: () => number

  /** @param local this machine's clock, ms; it may be wrong by any amount, but must be steady. */
  constructor(local: () => number) {
    this.#local = local
  }

  /** The server's time, whole ms since the epoch, as notes keep it; this machine's own until the first answer came. */
  now(): number {
    return Math.round(this.#local() + this.#offset)
  }

  /** Takes an answer: when it was asked for by this machine's clock, and what the server's clock said. */
  answered(asked: number, server: number): void {
    const received = this.#local()
    // What was asked came back in whole milliseconds, so a quick answer may seem to come before its question.
    const roundTrip = Math.max(0, received - asked)
    const kept = this.#old ? [] : this.#samples.slice(1 - KEPT)
    this.#old = false
    this.#samples = [...kept, { offset: server - (asked + received) / 2, roundTrip }]
    const best = this.#samples.reduce((least, each) => (each.roundTrip < least.roundTrip ? each : least))
    this.#offset = best.offset
  }

  /**
   * Takes a time that the server told unasked: it was right when it left, so it shows when this machine lost time.
   * @returns whether the clock needs new answers.
   */
  told(server: number): boolean {
    if (this.#samples.length === 0 || Math.abs(this.now() - server) <= TOLERANCE) return false
    this.forget()
    return true
  }

  /** From the next answer on, earlier ones do not count. */
  forget(): void {
    this.#old = true
  }
}
