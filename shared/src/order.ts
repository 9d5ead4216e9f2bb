import { generateKeyBetween } from 'fractional-indexing'
import { LIMITS } from './limits.ts'

/**
 * Order on the wall: each thing carries a key, and things are sorted by (key, id). Two people who insert at the same
 * place at once may pick the same key; the id then decides, the same way for everyone.
 */
export interface Ordered {
  readonly id: string
  readonly order: string
}

const CODE = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Compares by (key, id), by code unit: never by locale, which differs between machines. */
export function compareOrder(a: Ordered, b: Ordered): number {
  return CODE(a.order, b.order) || CODE(a.id, b.id)
}

/** A key that fractional-indexing can go on from. It looks at the letters of a key too late, or not at all: so we do. */
function isKey(key: string): boolean {
  if (!/^[A-Za-z][0-9A-Za-z]*$/.test(key)) return false
  try {
    generateKeyBetween(key, null)
    return true
  } catch {
    return false
  }
}

/**
 * The key for something that is to stand at `index` among sorted siblings (itself not among them); an index past either
 * end is that end. Between neighbours with equal keys there is no room: it then goes after the run of equal keys.
 * Keys that another client spelled in a way that we cannot go on from are passed over. In a place so crowded that a key
 * would pass {@link LIMITS.orderKey} it gets the key of its neighbour and stands beside it.
 */
export function keyAt(siblings: readonly Ordered[], index: number): string {
  const at = Math.max(0, Math.min(index, siblings.length))
  const below = siblings.slice(0, at).findLast((each) => isKey(each.order))?.order ?? null
  const above =
    siblings.slice(at).find((each) => isKey(each.order) && (below === null || each.order > below))?.order ?? null
  const key = generateKeyBetween(below, above)
  return key.length <= LIMITS.orderKey ? key : (below ?? above ?? key)
}

/**
 * The key for something that is to stand after everything on a wall, whose keys come in any order: the same as
 * {@link keyAt} gives at the end, without sorting.
 */
export function keyAfter(keys: Iterable<string>): string {
  let last: string | undefined
  for (const key of keys) if (last === undefined || key > last) last = key
  if (last === undefined) return keyAt([], 0)
  if (isKey(last)) return keyAt([{ id: '', order: last }], 1)
  // Beside a key that is not spelled as ours are, the greatest of those that are.
  return keyAfter([...keys].filter(isKey))
}
