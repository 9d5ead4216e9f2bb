import { isId, type PersonId, type WorkshopId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import * as z from 'zod/mini'

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

const id = <Id extends string>() =>
  z.pipe(
    z.string().check(z.refine(isId)),
    z.transform((text): Id => text as Id),
  )

const recentSchema = z.object({
  workshop: id<WorkshopId>(),
  title: z.string().check(z.minLength(1), z.maxLength(LIMITS.title)),
  role: z.enum(['facilitator', 'member', 'observer']),
  person: id<PersonId>(),
  visited: z.number().check(z.nonnegative()),
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
    .flatMap((entry) => {
      const parsed = z.safeParse(recentSchema, entry)
      return parsed.success ? [parsed.data] : []
    })
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

/** Remembers a visit, where the browser lets us. */
export function rememberVisit(visit: RecentWorkshop): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withVisit(readRecent(), visit)))
  } catch {
    // Storage is closed or full: the workshop is not listed on the home page, and nothing else is lost.
  }
}
