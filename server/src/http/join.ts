import type { PersonId } from '@quintet/shared/ids'
import type { FastifyInstance } from 'fastify'
import { hashSecret, type Identity, identityOf, newId, seatThrough } from '../access.ts'
import type { Key } from '../store/store.ts'
import { joinBody, readBody } from './body.ts'
import { cookieFor, giveCookie } from './cookie.ts'
import type { Invitation } from './links.ts'
import { personOf } from './me.ts'
import { badKey, Problem } from './problem.ts'
import { deadKey, findWorkshop, type OfWorkshop, type Opened, openWorkshop, type Serving } from './serving.ts'
import { Turns } from './turns.ts'

/** `POST …/join`: takes a seat through a key. */
export function serveJoin(app: FastifyInstance, serving: Serving): void {
  const turns = new Turns()
  app.post<OfWorkshop>('/api/workshops/:workshop/join', async (request, reply) => {
    const { key: secret, name } = readBody(joinBody, request.body)
    const workshop = await findWorkshop(serving, request.params.workshop)
    const key = await serving.store.key(workshop, hashSecret(secret))
    if (!key) throw badKey()
    const opened = await openWorkshop(serving, workshop)
    const cookie = cookieFor(request)
    const browser = { cookie: hashSecret(cookie), address: request.ip }
    const identity = await turns.run(`${workshop}/${browser.cookie}`, () =>
      key.kind === 'person' ? sitDown(serving, opened, key, browser) : comeIn(serving, opened, key, browser, name),
    )
    giveCookie(request, reply, cookie, serving.home.publicUrl)
    return { person: personOf(identity) }
  })
}

/** Who asks for a seat. */
interface Browser {
  /** The hash of its cookie. */
  readonly cookie: string
  /** The network address of its connection. */
  readonly address: string
}

/** Takes the seat of the person whose key it is. A browser that has this seat keeps it as it is. */
async function sitDown(
  { store, newcomers, log }: Serving,
  { workshop, stage }: Opened,
  key: Extract<Key, { kind: 'person' }>,
  { cookie, address }: Browser,
): Promise<Identity> {
  const seat = { cookie, person: key.person, observer: null, key: key.hash }
  const identity = identityOf(seat, stage)
  if (!identity) throw deadKey(key, stage)
  const seats = await store.seats(workshop, cookie)
  if (seats.some(({ person }) => person === key.person)) return identity
  newcomers.seats.count(address)
  await store.append(workshop, { updates: [], seats: [seat] })
  log.info({ workshop, person: key.person }, 'seat taken with a key')
  return identity
}

/** Comes in through an invitation: as the person that this browser is already, else as a new one. */
async function comeIn(
  { store, newcomers, log, now: clock }: Serving,
  { workshop, room, stage }: Opened,
  invitation: Invitation,
  { cookie, address }: Browser,
  name: string | undefined,
): Promise<Identity> {
  const seats = await store.seats(workshop, cookie)
  // Read again: a join of this browser just before this one may have put its person on the stage.
  const now = await room.read((documents) => documents.stage)
  // Somebody who was removed comes back as somebody new, who is then found among the seats that they left.
  const taken = seats.filter((seat) => identityOf(seat, now))
  const known = await seatThrough(invitation, taken, (hash) => store.key(workshop, hash))
  const before = known && identityOf(known, now)
  if (before) return before
  const { role } = invitation
  if (name === undefined)
    throw new Problem(400, 'name-needed', 'A name is needed to come in. Nothing was changed. Send it with the key.', {
      role,
      title: stage.title,
    })
  newcomers.seats.count(address)
  const person = newId() as PersonId
  const seat = { cookie, person, observer: role === 'observer' ? name : null, key: invitation.hash }
  if (role === 'observer') await store.append(workshop, { updates: [], seats: [seat] })
  else await room.join({ id: person, name, role, joinedAt: clock() }, { seats: [seat] })
  log.info({ workshop, person, role }, 'joined')
  return { person, name, role }
}
