/** Figures that a benchmark must reach. All of them are judged after everything was printed. */
export class Targets {
  readonly #missed: string[] = []

  /** @param figure as it was measured. @param reached whether that is good enough. @param target in words, such as `under 50 ms`. */
  expect(what: string, figure: string, reached: boolean, target: string): void {
    if (!reached) this.#missed.push(`Missed: ${what} is ${figure}, to reach: ${target}.`)
  }

  /** Says what was missed and makes the process end with code 1, or says that nothing was. */
  judge(): void {
    for (const line of this.#missed) console.error(line)
    if (this.#missed.length > 0) process.exitCode = 1
    else console.log('All targets are reached.')
  }
}
