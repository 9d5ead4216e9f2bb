import type { FastifyInstance } from 'fastify'
import * as z from 'zod/mini'
import { cookieOf, hashSecret } from '../access.ts'
import { readBody } from './body.ts'
import { findWorkshop, type OfWorkshop, type Serving } from './serving.ts'

/** All seats of the browser go, so there is nothing to say. */
const leaveBody = z.optional(z.object({}))

/**
 * `POST …/leave`: this browser gives up its seats in the workshop, and whatever it has open there closes. The cookie
 * stays, for it holds the seats of other workshops; people stay in the workshop, go on in their other browsers, and come
 * back with a key of their own. A seat can be given up as often as it
 * was taken, which is counted, so this needs no count of its own.
 */
export function serveLeave(app: FastifyInstance, serving: Serving): void {
  app.post<OfWorkshop>('/api/workshops/:workshop/leave', async (request, reply) => {
    readBody(leaveBody, request.body)
    const { store, rooms, log } = serving
    const workshop = await findWorkshop(serving, request.params.workshop)
    const secret = cookieOf(request.headers)
    const cookie = secret === undefined ? undefined : hashSecret(secret)
    const seats = cookie === undefined ? [] : await store.seats(workshop, cookie)
    if (cookie !== undefined && seats.length > 0) {
      await store.append(workshop, { updates: [], leaving: [cookie] })
      const connections = rooms.browsers.leave(workshop, cookie)
      log.info({ workshop, seats: seats.length, connections }, 'seats given up')
    }
    return reply.code(204).send()
  })
}
