import { randomBytes } from 'node:crypto'
import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { exampleWorkshop } from '@quintet/shared/example'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { Person } from '@quintet/shared/stage'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bearerOf, hashSecret, newId, newSecret, sameSecret } from '../access.ts'
import { newWorkshopDocuments } from '../room/create.ts'
import { createBody, readBody } from './body.ts'
import { cookieFor, giveCookie } from './cookie.ts'
import { linkWith, newInvitation } from './links.ts'
import { invitationOrigins } from './origin.ts'
import { Problem } from './problem.ts'
import type { Serving } from './serving.ts'

/** What a facilitator is called who gave no name. */
const NAMELESS = 'Facilitator'

/** `POST /api/workshops`: creates a workshop with its keys and its creator's seat. */
export function serveWorkshops(app: FastifyInstance, serving: Serving): void {
  const { store, home, newcomers, log, createKey, now } = serving
  const checkKey = async (request: FastifyRequest) => checkCreateKey(request, createKey)
  app.post('/api/workshops', { onRequest: checkKey }, async (request, reply) => {
    const { title, name = NAMELESS, example, agenda = RHYTHM_AGENDA } = readBody(createBody, request.body)
    newcomers.workshops.count(request.ip)
    const createdAt = now()
    const workshop = newId() as WorkshopId
    const creator: Person = { id: newId() as PersonId, name, role: 'facilitator', joinedAt: createdAt }
    const filled = example ? exampleWorkshop(randomBytes, createdAt, creator.id) : { title: '' }
    const cookie = cookieFor(request)
    const secret = newSecret()
    const key = hashSecret(secret)
    const [member, observer] = [newInvitation('member'), newInvitation('observer')]
    await store.create({
      id: workshop,
      createdAt,
      updates: newWorkshopDocuments({
        agenda,
        ...filled,
        ...(title === undefined ? {} : { title }),
        creator,
        now: createdAt,
        random: randomBytes,
      }),
      keys: [{ kind: 'person', hash: key, person: creator.id }, member, observer],
      seats: [{ cookie: hashSecret(cookie), person: creator.id, observer: null, key }],
    })
    log.info({ workshop, example: example === true }, 'workshop created')
    giveCookie(request, reply, cookie, home.publicUrl)
    const [origin] = invitationOrigins(request, home)
    const links = {
      facilitator: linkWith(origin, workshop, secret),
      member: linkWith(origin, workshop, member.secret),
      observer: linkWith(origin, workshop, observer.secret),
    }
    return reply.code(201).send({ workshop, person: creator.id, links })
  })
}

/** @throws {Problem} unless everyone may create here, or the request carries the key. */
function checkCreateKey(request: FastifyRequest, expected: string | null): void {
  if (expected === null || sameSecret(bearerOf(request.headers) ?? '', expected)) return
  throw new Problem(
    401,
    'create-key',
    'Creating a workshop here needs a key. Nothing was created. Ask whoever runs this server for the key to create.',
  )
}
