import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { ID_BYTES, KEY_BYTES, type PersonId, spell, type WorkshopId } from '@quintet/shared/ids'
import { SCREEN_SEAT } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { Role, StageView } from '@quintet/shared/stage'
import type { Key, Seat, Store } from './store/store.ts'

/**
 * Keys, seats, cookies. A key opens a way in, a browser's one cookie holds the seats that were taken through keys, and
 * what somebody may do is decided by the stage alone: a seat says who, never what.
 */
export const COOKIE = 'quintet'

/** How long a browser keeps its seats, in seconds: the longest that browsers allow. */
export const COOKIE_SECONDS = 400 * 24 * 60 * 60

/** A secret of 128 random bits (key, cookie), spelled as it stands in links and cookies. */
export function newSecret(): string {
  return spell(randomBytes(KEY_BYTES))
}

/** A fresh id of any kind. */
export function newId(): string {
  return spell(randomBytes(ID_BYTES))
}

/**
 * What is stored of a secret: SHA-256, hex. A plain hash is enough for 128 random bits, and looking up a hash tells
 * nothing of how near a guess was.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether a secret of any length, such as the create key, is the expected one, in a time that does not depend on it. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (secret: string) => createHash('sha256').update(secret).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

const SECRET = /^[A-Za-z0-9_-]{22}$/

/** The browser's cookie; undefined where there is none of the form that this server gives. */
export function cookieOf(headers: Pick<IncomingHttpHeaders, 'cookie'>): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1).trim()
    if (at > 0 && pair.slice(0, at).trim() === COOKIE && SECRET.test(value)) return value
  }
  return undefined
}

/** The secret of `Authorization: Bearer …` (RFC 6750); undefined where there is none. */
export function bearerOf(headers: Pick<IncomingHttpHeaders, 'authorization'>): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(headers.authorization ?? '')?.[1]
}

/** Who somebody is in a workshop, and as what. Observers have an id and a name of their own, but are not among the people. */
export interface Identity {
  readonly person: PersonId
  readonly name: string
  readonly role: Role
}

/** The identity that a seat gives; undefined when its person is not, or no longer, in the workshop. */
export function identityOf(seat: Seat, stage: StageView): Identity | undefined {
  if (seat.observer !== null) return { person: seat.person, name: seat.observer, role: 'observer' }
  const person = stage.people.get(seat.person)
  return person && { person: person.id, name: person.name, role: person.role }
}

/** The role with which a key reads: an invitation's own, or its person's; undefined when that person is gone. */
export function roleOf(key: Key, stage: StageView): Role | undefined {
  return key.kind === 'invitation' ? key.role : stage.people.get(key.person)?.role
}

/**
 * As whom a tab acts that names a seat, out of those that its browser holds; undefined where it holds no such seat.
 * The big screen's is an observer's, whichever seats there are: it needs one, so that a stranger cannot look in. It is
 * nobody's: the person whose laptop it is sits elsewhere.
 */
export function seated(seats: readonly Seat[], named: string, stage: StageView): Actor | undefined {
  const identities = seats.flatMap((seat) => identityOf(seat, stage) ?? [])
  if (named === SCREEN_SEAT)
    return identities.length > 0 ? { person: SCREEN_SEAT as PersonId, role: 'observer' } : undefined
  const identity = identities.find(({ person }) => person === named)
  return identity && { person: identity.person, role: identity.role }
}

/** Whether a tab names a seat of its browser whose person was removed from the workshop. */
export function wasRemoved(seats: readonly Seat[], named: string, stage: StageView): boolean {
  return seats.some(({ person }) => (named === SCREEN_SEAT || named === person) && stage.former.has(person))
}

/**
 * The seat to which an invitation leads a browser that came through one before. A replaced invitation counts as the
 * one that took its place: whoever follows the new link stays the person they were.
 */
export async function seatThrough(
  invitation: Extract<Key, { kind: 'invitation' }>,
  seats: readonly Seat[],
  keyOf: (hash: string) => Promise<Key | undefined>,
): Promise<Seat | undefined> {
  const same = seats.find((seat) => seat.key === invitation.hash)
  if (same) return same
  for (const seat of seats) {
    const sameKind = (seat.observer !== null) === (invitation.role === 'observer')
    if (sameKind && (await keyOf(seat.key)) === undefined) return seat
  }
  return undefined
}

/** The seats that the browser of a request holds in a workshop. */
export async function seatsOf(
  store: Store,
  workshop: WorkshopId,
  headers: Pick<IncomingHttpHeaders, 'cookie'>,
): Promise<readonly Seat[]> {
  const cookie = cookieOf(headers)
  return cookie === undefined ? [] : store.seats(workshop, hashSecret(cookie))
}
