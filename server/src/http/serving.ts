import { isId, type WorkshopId } from '@quintet/shared/ids'
import type { StageView } from '@quintet/shared/stage'
import type { FastifyRequest } from 'fastify'
import { bearerOf, hashSecret, type Identity, identityOf, roleOf, seatsOf } from '../access.ts'
import type { Log } from '../log.ts'
import type { Room } from '../room/room.ts'
import type { Rooms } from '../room/rooms.ts'
import type { Key, Store } from '../store/store.ts'
import type { Newcomers } from './newcomers.ts'
import type { Home } from './origin.ts'
import { badKey, facilitatorsOnly, noSeat, noWorkshop, type Problem, removed } from './problem.ts'

/** What the resources serve from. */
export interface Serving {
  readonly store: Store
  readonly rooms: Rooms
  readonly home: Home
  /** What a request that creates a workshop must carry; null where everyone may. */
  readonly createKey: string | null
  /** Which networks made how many workshops and seats. */
  readonly newcomers: { readonly workshops: Newcomers; readonly seats: Newcomers }
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

/** A workshop opened for a browser that holds seats in it, and who it is there, in the order in which they were taken. */
export interface Seated extends Opened {
  readonly identities: readonly Identity[]
}

/**
 * Finds the workshop that an address names, and loads nothing of it.
 * @throws {Problem} if there is none.
 */
export async function findWorkshop({ rooms }: Serving, named: string): Promise<WorkshopId> {
  if (!isId(named) || !(await rooms.has(named as WorkshopId))) throw noWorkshop()
  return named as WorkshopId
}

/** Opens a workshop. Whoever asks has shown a seat or a key: a stranger does not make the server load a workshop. */
export async function openWorkshop({ rooms }: Serving, workshop: WorkshopId): Promise<Opened> {
  const room = await rooms.open(workshop)
  return { workshop, room, stage: await room.read(({ stage }) => stage) }
}

/**
 * Opens the workshop that an address names for the browser of a request; undefined for one without a seat in it.
 * @throws {Problem} if there is none.
 */
export async function openSeated(
  serving: Serving,
  named: string,
  request: FastifyRequest,
): Promise<Seated | undefined> {
  const workshop = await findWorkshop(serving, named)
  const seats = await seatsOf(serving.store, workshop, request.headers)
  if (seats.length === 0) return undefined
  const opened = await openWorkshop(serving, workshop)
  return { ...opened, identities: seats.flatMap((seat) => identityOf(seat, opened.stage) ?? []) }
}

/** Opens a workshop for a facilitator of it. @throws {Problem} unless the browser holds a facilitator's seat. */
export async function openForFacilitator(serving: Serving, named: string, request: FastifyRequest): Promise<Opened> {
  const seated = await openSeated(serving, named, request)
  if (!seated || seated.identities.length === 0) throw noSeat()
  if (!seated.identities.some(({ role }) => role === 'facilitator')) throw facilitatorsOnly()
  return seated
}

/**
 * Opens a workshop for somebody who may read it: through `Authorization: Bearer <key>` where the request has one, which
 * is how scripts come, else through the browser's seats.
 * @throws {Problem} for a key that opens nothing, and for a stranger.
 */
export async function openForReader(serving: Serving, named: string, request: FastifyRequest): Promise<Opened> {
  const bearer = bearerOf(request.headers)
  if (bearer === undefined) {
    const seated = await openSeated(serving, named, request)
    if (!seated || seated.identities.length === 0) throw noSeat()
    return seated
  }
  const workshop = await findWorkshop(serving, named)
  const key = await serving.store.key(workshop, hashSecret(bearer))
  if (!key) throw badKey()
  const opened = await openWorkshop(serving, workshop)
  if (!roleOf(key, opened.stage)) throw deadKey(key, opened.stage)
  return opened
}

/** What to say of a key whose person is not, or no longer, in the workshop. */
export function deadKey(key: Key, stage: StageView): Problem {
  return key.kind === 'person' && stage.former.has(key.person) ? removed() : badKey()
}
