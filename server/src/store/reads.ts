import type { DatabaseSync } from 'node:sqlite'
import type { PersonId } from '@quintet/shared/ids'
import type { Calls } from './messages.ts'
import type { DocumentKey, Invitation, Quarantined, Seat } from './store.ts'

/** Calls that only look something up: each is over within microseconds to a few milliseconds. */
export type ReadName = 'has' | 'records' | 'quarantined' | 'seats' | 'key' | 'invitations'

/** One function per look-up, on statements that are compiled once. */
export type Reads = { readonly [Name in ReadName]: (input: Calls[Name]['takes']) => Calls[Name]['gives'] }

/** Prepares the look-ups on a database of the present version. */
export function prepareReads(database: DatabaseSync): Reads {
  const findWorkshop = database.prepare('SELECT 1 FROM workshops WHERE id = ?')
  const latestRecords = database.prepare(
    'SELECT key, json FROM records WHERE workshop = ? AND kind = ? ORDER BY number DESC LIMIT ?',
  )
  const allQuarantined = database.prepare(
    'SELECT id, at, person, document, code, path, bytes FROM quarantine WHERE workshop = ? ORDER BY number',
  )
  const seatsOfCookie = database.prepare(
    'SELECT cookie, person, observer, key FROM seats WHERE workshop = ? AND cookie = ? ORDER BY number',
  )
  const findInvitation = database.prepare('SELECT role, hash, secret FROM invitations WHERE workshop = ? AND hash = ?')
  const findPersonKey = database.prepare('SELECT person, hash FROM person_keys WHERE workshop = ? AND hash = ?')
  const allInvitations = database.prepare('SELECT role, hash, secret FROM invitations WHERE workshop = ? ORDER BY role')

  return {
    has: (workshop) => findWorkshop.get(workshop) !== undefined,
    records: ({ workshop, kind, limit }) =>
      latestRecords
        .all(workshop, kind, limit)
        .map(({ key, json }) => ({ key: String(key), json: String(json) }))
        .reverse(),
    quarantined: (workshop) => allQuarantined.all(workshop).map(toQuarantined),
    seats: ({ workshop, cookie }) => seatsOfCookie.all(workshop, cookie).map(toSeat),
    key: ({ workshop, hash }) => {
      const invitation = findInvitation.get(workshop, hash)
      if (invitation) return toInvitation(invitation)
      const person = findPersonKey.get(workshop, hash)
      return person && { kind: 'person', hash, person: toPerson(person.person) }
    },
    invitations: (workshop) => allInvitations.all(workshop).map(toInvitation),
  }
}

type Row = Record<string, unknown>

// The database gives back what the typed writes put in, so the brands are put on again without another judgement.
const toPerson = (person: unknown): PersonId => String(person) as PersonId

function toSeat({ cookie, person, observer, key }: Row): Seat {
  return {
    cookie: String(cookie),
    person: toPerson(person),
    observer: observer === null ? null : String(observer),
    key: String(key),
  }
}

function toQuarantined({ id, at, person, document, code, path, bytes }: Row): Quarantined {
  return {
    id: String(id),
    at: Number(at),
    person: toPerson(person),
    document: String(document) as DocumentKey,
    code: String(code),
    path: String(path),
    bytes: bytes instanceof Uint8Array ? bytes : new Uint8Array(),
  }
}

function toInvitation({ role, hash, secret }: Row): Invitation {
  return {
    kind: 'invitation',
    role: role === 'observer' ? 'observer' : 'member',
    hash: String(hash),
    secret: String(secret),
  }
}
