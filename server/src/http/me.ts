import type { FastifyInstance } from 'fastify'
import type { Identity } from '../access.ts'
import { type OfWorkshop, openSeated, type Serving } from './serving.ts'

/** A person as the interface is told of them. */
export function personOf({ person, name, role }: Identity) {
  return { id: person, name, role }
}

/** `GET …/me`: the seats that this browser holds in a workshop, and the epoch of the server's data. */
export function serveMe(app: FastifyInstance, serving: Serving): void {
  app.get<OfWorkshop>('/api/workshops/:workshop/me', async (request) => {
    const seated = await openSeated(serving, request.params.workshop, request)
    return { people: (seated?.identities ?? []).map(personOf), epoch: await serving.store.epoch() }
  })
}
