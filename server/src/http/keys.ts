import { ID_PATTERN } from '@quintet/shared/ids'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { hashSecret, newSecret } from '../access.ts'
import { readBody } from './body.ts'
import { linkWith } from './links.ts'
import { invitationOrigins } from './origin.ts'
import { noSeat, Problem } from './problem.ts'
import { type OfWorkshop, openSeated, type Serving } from './serving.ts'

/** Which of this browser's people goes on elsewhere; the first one if none is named. */
const keyBody = z.optional(z.object({ person: z.optional(z.string().check(z.regex(ID_PATTERN))) }))

/** `POST …/keys`: a key of one's own, with which the same person continues on another device. */
export function serveKeys(app: FastifyInstance, serving: Serving): void {
  app.post<OfWorkshop>('/api/workshops/:workshop/keys', async (request, reply) => {
    const named = readBody(keyBody, request.body)?.person
    const seated = await openSeated(serving, request.params.workshop, request)
    if (!seated) throw noSeat()
    const { workshop, identities } = seated
    const seatsMeant = identities.filter(({ person }) => named === undefined || person === named)
    const owner = seatsMeant.find(({ role }) => role !== 'observer')
    if (!owner) throw seatsMeant.length === 0 ? noSeat() : observersHaveNone()
    // A key is a seat to come.
    serving.newcomers.seats.count(request.ip)
    const secret = newSecret()
    await serving.store.append(workshop, {
      updates: [],
      keys: [{ kind: 'person', hash: hashSecret(secret), person: owner.person }],
    })
    serving.log.info({ workshop, person: owner.person }, 'key made')
    const [origin] = invitationOrigins(request, serving.home)
    return reply.code(201).send({ link: linkWith(origin, workshop, secret) })
  })
}

function observersHaveNone(): Problem {
  return new Problem(
    403,
    'forbidden',
    'Observers have no key of their own. Nothing was changed. Open the observer link on the other device.',
  )
}
