import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { amount, fields, idOf, oneOf, type Shape, text } from '@quintet/shared/shapes'

/** A workshop that this browser was in. Kept in this browser alone, without any key. */
export interface RecentWorkshop {
  readonly workshop: WorkshopId
  readonly title: string
  readonly role: 'facilitator' | 'member' | 'observer'
  /** Whose seat was last used. */
  readonly person: PersonId
  /** Ms since the epoch, this browser's clock. */
  readonly visited: number
}

const title: Shape<string> = (value) => {
  const read = text(value)
  return read !== undefined && read.length > 0 && read.length <= LIMITS.title ? read : undefined
}

const recentShape = fields({
  workshop: idOf<WorkshopId>(),
  title,
  role: oneOf('facilitator', 'member', 'observer'),
  person: idOf<PersonId>(),
  visited: amount,
})

const KEY = 'quintet-recent'
const MOST = 20

/** Reads the stored list: what is no list is an empty one, and an entry that is none is passed over. Newest first. */
export function parseRecent(stored: string | null): readonly RecentWorkshop[] {
  let list: unknown
  try {
    list = JSON.parse(stored ?? '[]')
  } catch {
    return []
  }
  if (!Array.isArray(list)) return []
  return list
    .flatMap((entry) => recentShape(entry) ?? [])
    .sort((a, b) => b.visited - a.visited)
    .slice(0, MOST)
}

/** The list with a visit at its head: one entry a workshop, at most twenty. */
export function withVisit(list: readonly RecentWorkshop[], visit: RecentWorkshop): readonly RecentWorkshop[] {
  return [visit, ...list.filter((each) => each.workshop !== visit.workshop)].slice(0, MOST)
}

/** The workshops that this browser remembers; none where it stores nothing. */
export function readRecent(): readonly RecentWorkshop[] {
  try {
    return parseRecent(localStorage.getItem(KEY))
  } catch {
    return []
  }
}

/** Lists a workshop no more. */
export function forgetVisit(workshop: WorkshopId): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(readRecent().filter((each) => each.workshop !== workshop)))
  } catch {
    // Storage is closed: nothing was remembered.
  }
}

/** Remembers a visit, where the browser lets us. */
export function rememberVisit(visit: RecentWorkshop): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withVisit(readRecent(), visit)))
  } catch {
    // Storage is closed or full: the workshop is not listed on the home page, and nothing else is lost.
  }
}
