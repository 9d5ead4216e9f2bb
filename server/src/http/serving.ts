import { isId, type WorkshopId } from '@quintet/shared/ids'
import type { Role, StageView } from '@quintet/shared/stage'
import type { FastifyRequest } from 'fastify'
import { bearerOf, hashSecret, type Identity, identityOf, roleOf, seatsOf } from '../access.ts'
import type { Log } from '../log.ts'
import type { Room } from '../room/room.ts'
import type { Rooms } from '../room/rooms.ts'
import type { Store } from '../store/store.ts'
import type { Home } from './origin.ts'
import { badKey, facilitatorsOnly, noSeat, noWorkshop } from './problem.ts'

/** What the resources serve from. */
export interface Serving {
  readonly store: Store
  readonly rooms: Rooms
  readonly home: Home
  /** What a request that creates a workshop must carry; null where everyone may. */
  readonly createKey: string | null
  readonly log: Log
  /** The server's clock, ms since the epoch. */
  now(): number
}

/** A route below `/api/workshops/:workshop`. */
export interface OfWorkshop {
  Params: { workshop: string }
}

/** A workshop that a request is about, and the live room in which it stands. */
export interface Opened {
  readonly workshop: WorkshopId
  readonly room: Room
  /** The stage, as far as it is on disk: nobody is told what could still be lost. */
  readonly stage: StageView
}

/**
 * Opens the workshop that an address names.
 * @throws {Problem} if there is none.
 */
export async function openWorkshop({ rooms }: Serving, named: string): Promise<Opened> {
  if (!isId(named)) throw noWorkshop()
  const workshop = named as WorkshopId
  const room = await rooms.open(workshop)
  return { workshop, room, stage: await room.read(({ stage }) => stage) }
}

/** Who the browser of a request is here, in the order in which the seats were taken; empty for a stranger. */
export async function identitiesOf(
  { store }: Serving,
  { workshop, stage }: Opened,
  request: FastifyRequest,
): Promise<readonly Identity[]> {
  const seats = await seatsOf(store, workshop, request.headers)
  return seats.flatMap((seat) => identityOf(seat, stage) ?? [])
}

/** @throws {Problem} unless the browser holds a facilitator's seat. */
export async function facilitatorOf(serving: Serving, opened: Opened, request: FastifyRequest): Promise<Identity> {
  const identities = await identitiesOf(serving, opened, request)
  const facilitator = identities.find(({ role }) => role === 'facilitator')
  if (facilitator) return facilitator
  throw identities.length === 0 ? noSeat() : facilitatorsOnly()
}

const BY_REACH: readonly Role[] = ['facilitator', 'member', 'observer']

/**
 * As what a request reads: through `Authorization: Bearer <key>` where it has one, which is how scripts come, else as
 * the furthest-reaching of the browser's seats.
 * @throws {Problem} for a key that opens nothing, and for a stranger.
 */
export async function readerOf(serving: Serving, opened: Opened, request: FastifyRequest): Promise<Role> {
  const { workshop, stage } = opened
  const bearer = bearerOf(request.headers)
  if (bearer !== undefined) {
    const key = await serving.store.key(workshop, hashSecret(bearer))
    const role = key && roleOf(key, stage)
    if (!role) throw badKey()
    return role
  }
  const roles = (await identitiesOf(serving, opened, request)).map(({ role }) => role)
  const role = BY_REACH.find((each) => roles.includes(each))
  if (!role) throw noSeat()
  return role
}
