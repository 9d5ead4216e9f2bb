import type { FastifyInstance } from 'fastify'
import type { Store } from '../store/store.ts'
import type { Serving } from './serving.ts'

/** How long the answer of a check serves everyone who asks, ms: each one writes to the disk, and anybody may ask. */
const FRESH = 1_000

/** `/healthz`: the process lives. `/readyz`: it can serve and store; while it cannot, the answer is 503 and the log says why. */
export function serveHealth(app: FastifyInstance, { store }: Pick<Serving, 'store'>): void {
  const ready = sharedCheck(store)
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ ok: true }))
  app.get('/readyz', async (_request, reply) => {
    await ready()
    return reply.header('cache-control', 'no-store').send({ ok: true })
  })
}

/** One check at a time for everyone, and none while the answer of the last one is fresh. */
export function sharedCheck(store: Pick<Store, 'check'>, now = () => performance.now()): () => Promise<void> {
  let last: { readonly answer: Promise<void>; endedAt: number } | undefined
  return () => {
    if (last && now() - last.endedAt < FRESH) return last.answer
    // One under way has not ended, so it is as fresh as can be.
    const check = { answer: store.check(), endedAt: Number.POSITIVE_INFINITY }
    const ended = () => {
      check.endedAt = now()
    }
    check.answer.then(ended, ended)
    last = check
    return check.answer
  }
}
