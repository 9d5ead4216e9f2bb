import { Refused } from './refusals.ts'

/** Steps of judging that one update may cost: about 40 ms on a slow machine, and the same number on every machine. */
export const MOST_WORK = 2_000_000

/** What judging one update has cost so far. Whatever grows with a list or a history is paid for here. */
export class Work {
  #spent = 0

  /** @param steps of about 10 ns each. @throws {Refused} `too-costly` past {@link MOST_WORK}. */
  spend(steps: number): void {
    this.#spent += steps
    if (this.#spent > MOST_WORK) throw new Refused('too-costly')
  }
}
