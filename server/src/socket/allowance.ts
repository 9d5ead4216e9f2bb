/** How much of something is taken in time: an average per second, which may be used up in bursts. */
export class Allowance {
  readonly #perSecond: number
  readonly #most: number
  #left: number
  #at: number

  /** @param burst the time over which the average counts, ms. @param now ms of a clock that only goes forward. */
  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond
    this.#most = (perSecond * burst) / 1_000
    this.#left = this.#most
    this.#at = now
  }

  /** Takes one, whether it is there or not. @returns how long to take nothing until it is, ms; 0 if it was. */
  take(now: number): number {
    this.#left = Math.min(this.#most, this.#left + ((now - this.#at) * this.#perSecond) / 1_000) - 1
    this.#at = now
    return this.#left >= 0 ? 0 : (-this.#left * 1_000) / this.#perSecond
  }
}
