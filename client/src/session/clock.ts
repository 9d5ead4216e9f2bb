interface Sample {
  readonly offset: number
  readonly roundTrip: number
}

/** How many round trips the clock keeps in mind. */
const KEPT = 8

/**
 * The server's clock as seen from here. Of the latest round trips the shortest one is believed, since its answer can be
 * off by half of it at the most (Cristian's algorithm).
 */
export class ServerClock {
  #samples: Sample[] = []
  readonly #local: () => number

  /** @param local this machine's clock, ms since the epoch; it may be wrong, but must be steady. */
  constructor(local: () => number) {
    this.#local = local
  }

  /** The server's time, ms since the epoch; this machine's own until the first answer came. */
  now(): number {
    const best = this.#samples.reduce<Sample | undefined>(
      (least, each) => (least && least.roundTrip <= each.roundTrip ? least : each),
      undefined,
    )
    return this.#local() + (best?.offset ?? 0)
  }

  /** Takes an answer: when it was asked for by this machine's clock, and what the server's clock said. */
  answered(asked: number, server: number): void {
    const received = this.#local()
    // What was asked came back in whole milliseconds, so a quick answer may seem to come before its question.
    const roundTrip = Math.max(0, received - asked)
    this.#samples = [...this.#samples.slice(1 - KEPT), { offset: server - (asked + received) / 2, roundTrip }]
  }
}
