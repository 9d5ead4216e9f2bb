/** Gives so many random bytes, as `randomBytes` of `node:crypto` does. */
export type Random = (bytes: number) => Uint8Array

const RANGE = 2 ** 32

/**
 * A whole number from 0 to `limit` − 1, each as likely as any other: draws past the last whole multiple of the limit
 * are drawn again. @param limit from 1 to 2³².
 */
function below(limit: number, random: Random): number {
  const end = RANGE - (RANGE % limit)
  for (;;) {
    const bytes = random(4)
    const drawn = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    if (drawn < end) return drawn % limit
  }
}

/** The same things in an order that tells nothing of theirs: every order is as likely as any other (Fisher and Yates). */
export function shuffled<T>(things: readonly T[], random: Random): readonly T[] {
  const order = [...things]
  for (let end = order.length - 1; end > 0; end--) {
    const at = below(end + 1, random)
    ;[order[at], order[end]] = [order[end] as T, order[at] as T]
  }
  return order
}
