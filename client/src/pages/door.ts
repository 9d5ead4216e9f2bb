import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { Role } from '@quintet/shared/stage'
import { ApiError, join, me } from '../api.ts'
import { chooseSeat } from './seat.ts'

/** A seat that this browser holds in a workshop. */
export interface Seat {
  readonly id: PersonId
  readonly name: string
  readonly role: Role
}

/** What stands at a workshop's door: nothing yet, a question, a reason, or the way in. */
export type Door =
  | { readonly at: 'opening' }
  /** An invitation of a member: it needs a name. */
  | { readonly at: 'name'; readonly title: string; readonly key: string }
  /** This browser holds no seat here, and no key was given. */
  | { readonly at: 'no seat' }
  /** The link opens nothing, or the server cannot be reached; `again` where trying again can help. */
  | { readonly at: 'shut'; readonly message: string; readonly again: boolean }
  | { readonly at: 'in'; readonly seat: Seat; readonly seats: readonly Seat[] }

/** What observers are called: they are a count, and are not asked. */
const OBSERVER = 'Observer'

/** Which seats this tab would rather have: its own, and the one last used in this browser. */
interface Wishes {
  readonly tab: PersonId | null
  readonly last: PersonId | null
}

/**
 * Opens the door: with the key of the link, else with the seats that the browser holds.
 * A key that opens nothing any more does not shut out somebody who has a seat.
 */
export async function openDoor(workshop: WorkshopId, key: string | null, wishes: Wishes): Promise<Door> {
  try {
    if (key === null) return await enter(workshop, wishes)
    return await joinWith(workshop, key)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (key === null || isPassing(error)) return shut(error)
    const seated = await enter(workshop, wishes).catch(() => null)
    return seated?.at === 'in' ? seated : shut(error)
  }
}

/** Joins with a key and a name. @throws {ApiError} */
export async function joinWith(workshop: WorkshopId, key: string, name?: string): Promise<Door> {
  try {
    const { person } = await join(workshop, { key, ...(name !== undefined && { name }) })
    const { people } = await me(workshop)
    return { at: 'in', seat: person, seats: people.length > 0 ? people : [person] }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'name-needed' || name !== undefined) throw error
    const { role, title } = error.details as { readonly role?: unknown; readonly title?: unknown }
    if (role === 'observer') return joinWith(workshop, key, OBSERVER)
    return { at: 'name', key, title: typeof title === 'string' ? title : '' }
  }
}

async function enter(workshop: WorkshopId, { tab, last }: Wishes): Promise<Door> {
  const { people } = await me(workshop)
  const seat = chooseSeat(people, tab, last)
  return seat ? { at: 'in', seat, seats: people } : { at: 'no seat' }
}

/** Whether the same request may succeed later: the network, a restart, a full disk. */
const isPassing = (error: ApiError) => ['offline', 'not-saved', 'unexpected', 'too-many'].includes(error.code)

const shut = (error: ApiError): Door => ({ at: 'shut', message: error.message, again: isPassing(error) })
