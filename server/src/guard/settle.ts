import { type Holder, type Id, sameId } from './structs.ts'
import type { Work } from './work.ts'

/** Units of one holder that stand together. */
export interface Stretch {
  readonly client: number
  /** What its first unit was written behind. */
  readonly origin: Id | null
  readonly rightOrigin: Id | null
  has(unit: Id): boolean
}

/**
 * Where a struct goes among what others wrote between its neighbours, by the rule of Yjs (`Item.integrate`).
 * @returns how many of the stretches stand before it.
 */
export function settle(struct: Holder, between: readonly Stretch[], work: Work): number {
  let before = 0
  for (let index = 0; index < between.length; index++) {
    work.spend(8)
    const stretch = between[index]
    if (stretch === undefined) break
    if (sameId(stretch.origin, struct.origin)) {
      if (stretch.client < struct.id.client) before = index + 1
      else if (sameId(stretch.rightOrigin, struct.rightOrigin)) break
    } else {
      const hangsOn = indexOf(between, stretch.origin, index, work)
      if (hangsOn < 0) break
      // What hangs on something that stands before it stands before it as well.
      if (hangsOn < before) before = index + 1
    }
  }
  return before
}

/** Which of the stretches up to one has a unit; mostly it is the last before. */
function indexOf(stretches: readonly Stretch[], unit: Id | null, upTo: number, work: Work): number {
  if (unit === null) return -1
  for (let index = upTo; index >= 0; index--) {
    work.spend(1)
    if (stretches[index]?.has(unit)) return index
  }
  return -1
}
