import type { FastifyInstance } from 'fastify'
import { attachment } from './attachment.ts'
import { PlanWriter } from './planWriter.ts'
import { type OfWorkshop, openForReader, type Serving } from './serving.ts'

/** `GET …/export/plan.md`: the action plan, for browsers by their cookie and for scripts by a key. `?download` saves it. */
export function serveExport(app: FastifyInstance, serving: Serving): void {
  const plans = new PlanWriter(serving.now)
  app.addHook('onClose', () => plans.close())
  app.get<OfWorkshop & { Querystring: { download?: unknown } }>(
    '/api/workshops/:workshop/export/plan.md',
    async (request, reply) => {
      // Every reader's role may read all of stage and board, and the plan is made of nothing else.
      const opened = await openForReader(serving, request.params.workshop, request)
      const markdown = await plans.write(opened.room)
      if (request.query.download !== undefined)
        reply.header('content-disposition', attachment(`${opened.stage.title}.md`, 'action-plan.md'))
      return reply.type('text/markdown; charset=utf-8').send(markdown)
    },
  )
}
