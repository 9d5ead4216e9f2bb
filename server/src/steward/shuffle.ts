/** Gives so many random bytes, as `randomBytes` of `node:crypto` does. */
export type Random = (bytes: number) => Uint8Array

const RANGE = 2 ** 32
const BYTES = 4

/** Draws of 32 bits. They are taken from the source many at a time, since each asking has its cost. */
function* draws(atLeast: number, random: Random): Generator<number, never> {
  for (let count = atLeast; ; count = 1) {
    const bytes = random(count * BYTES)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let at = 0; at < count; at++) yield view.getUint32(at * BYTES)
  }
}

/**
 * A whole number from 0 to `limit` − 1, each as likely as any other: draws past the last whole multiple of the limit
 * are drawn again. @param limit from 1 to 2³².
 */
function below(limit: number, drawn: Generator<number, never>): number {
  const end = RANGE - (RANGE % limit)
  let number = drawn.next().value
  while (number >= end) number = drawn.next().value
  return number % limit
}

/** The same things in an order that tells nothing of theirs: every order is as likely as any other (Fisher and Yates). */
export function shuffled<T>(things: readonly T[], random: Random): readonly T[] {
  const order = [...things]
  const drawn = draws(Math.max(1, order.length - 1), random)
  for (let end = order.length - 1; end > 0; end--) {
    const at = below(end + 1, drawn)
    ;[order[at], order[end]] = [order[end] as T, order[at] as T]
  }
  return order
}
