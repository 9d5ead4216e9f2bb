/** How much of something is taken in time: an average per second, which may be used up in bursts. */
export class Allowance {
  readonly #perSecond: number
  readonly #most: number
  #left: number
  #at: number

  /** @param burst the time over which the average counts, ms. @param now ms. */
  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond
    this.#most = (perSecond * burst) / 1_000
    this.#left = this.#most
    this.#at = now
  }

  /** Takes so much, whether it is there or not. @returns how long to take nothing until it is, ms; 0 if it was. */
  take(now: number, amount = 1): number {
    this.#refill(now)
    this.#left -= amount
    return this.#owed()
  }

  /** How long to take nothing until what was taken is paid for, ms; 0 if it is. */
  wait(now: number): number {
    this.#refill(now)
    return this.#owed()
  }

  /** Whether nothing is missing: as if nothing had ever been taken. */
  isFull(now: number): boolean {
    this.#refill(now)
    return this.#left === this.#most
  }

  #refill(now: number): void {
    // A clock that was put back gives nothing, and takes nothing away.
    const passed = Math.max(0, now - this.#at)
    this.#left = Math.min(this.#most, this.#left + (passed * this.#perSecond) / 1_000)
    this.#at = now
  }

  #owed(): number {
    return this.#left >= 0 ? 0 : (-this.#left * 1_000) / this.#perSecond
  }
}
