/** Numbers that a seed decides: the same seed tells the same story again. */
export interface Chance {
  readonly seed: number
  /** A number from 0 up to but not including 1. */
  next(): number
  /** A whole number from 0 up to but not including `end`. */
  below(end: number): number
  /** One of several. */
  pick<T>(from: readonly T[]): T
}

/**
 * Chance from a seed: the given one, else that of the environment variable `SEED`, else a fresh one. The seed is
 * printed, so that a failure can be replayed.
 */
export function chanceFor(story: string, given?: number): Chance {
  // biome-ignore lint/style/noProcessEnv: a seed to replay is no setting of the server.
  const fromOutside = process.env.SEED
  const seed = given ?? (fromOutside === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(fromOutside))
  process.stdout.write(`${story}: seed ${seed}\n`)
  return chanceOf(seed)
}

/** Chance from a seed that somebody else prints. (The generator is mulberry32.) */
export function chanceOf(seed: number): Chance {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    seed,
    next,
    below,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
  }
}
