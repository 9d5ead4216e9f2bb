import type { FastifyInstance } from 'fastify'
import type { Serving } from './serving.ts'

/** `/healthz`: the process lives. `/readyz`: it can serve and store; while it cannot, the answer is 503 and the log says why. */
export function serveHealth(app: FastifyInstance, { store }: Pick<Serving, 'store'>): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    await store.check()
    return reply.header('cache-control', 'no-store').send({ ok: true })
  })
}
