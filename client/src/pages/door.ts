import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { Role } from '@quintet/shared/stage'
import { ApiError, join, me } from '../api.ts'
import { type RememberedSeats, readSeats, rememberSeats } from './rememberedSeats.ts'
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
  /** @field epoch the server's, as it was told last. */
  | { readonly at: 'in'; readonly seat: Seat; readonly seats: readonly Seat[]; readonly epoch: string }

/** What observers are called: they are a count, and are not asked. */
const OBSERVER = 'Observer'

/** Which seats this tab would rather have: its own, and the one last used in this browser. */
interface Wishes {
  readonly tab: PersonId | null
  readonly last: PersonId | null
}

/**
 * Opens the door: with the key of the link, else with the seats that the browser holds; while the server cannot be
 * asked, with those that it held. A key that opens nothing any more does not shut out somebody who has a seat.
 */
export async function openDoor(workshop: WorkshopId, key: string | null, wishes: Wishes): Promise<Door> {
  try {
    if (key === null) return await enter(workshop, wishes)
    return await joinWith(workshop, key)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (key === null) return (isPassing(error) && returnTo(workshop, wishes)) || shut(error)
    if (isPassing(error)) return shut(error)
    const seated = await enter(workshop, wishes).catch(() => null)
    return seated?.at === 'in' ? seated : shut(error)
  }
}

/** Joins with a key and a name. @throws {ApiError} */
export async function joinWith(workshop: WorkshopId, key: string, name?: string): Promise<Door> {
  try {
    const { person } = await join(workshop, { key, ...(name !== undefined && { name }) })
    const { people, epoch } = await me(workshop)
    const seats = people.length > 0 ? people : [person]
    rememberSeats(workshop, { people: seats, epoch })
    return { at: 'in', seat: person, seats, epoch }
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'name-needed' || name !== undefined) throw error
    const { role, title } = error.details as { readonly role?: unknown; readonly title?: unknown }
    if (role === 'observer') return joinWith(workshop, key, OBSERVER)
    return { at: 'name', key, title: typeof title === 'string' ? title : '' }
  }
}

async function enter(workshop: WorkshopId, wishes: Wishes): Promise<Door> {
  const answer = await me(workshop)
  rememberSeats(workshop, answer)
  return seated(answer, wishes) ?? { at: 'no seat' }
}

/** On a seat that one had: the server is asked for it as soon as it can be. */
function returnTo(workshop: WorkshopId, wishes: Wishes): Door | undefined {
  const remembered = readSeats(workshop)
  return remembered ? seated(remembered, wishes) : undefined
}

function seated({ people, epoch }: RememberedSeats, { tab, last }: Wishes): Door | undefined {
  const seat = chooseSeat(people, tab, last)
  return seat && { at: 'in', seat, seats: people, epoch }
}

/** Whether the same request may succeed later: the network, a restart, a full disk. */
const isPassing = (error: ApiError) => ['offline', 'not-saved', 'unexpected', 'too-many'].includes(error.code)

const shut = (error: ApiError): Door => ({ at: 'shut', message: error.message, again: isPassing(error) })
