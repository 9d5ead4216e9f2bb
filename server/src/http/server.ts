import cookies from '@fastify/cookie'
import { LIMITS } from '@quintet/shared/limits'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Log } from '../log.ts'
import { answerError, answerErrors, answerNoRequest } from './answerErrors.ts'
import { serveClient } from './client.ts'
import { serveExport } from './export.ts'
import { serveHealth } from './health.ts'
import { serveJoin } from './join.ts'
import { serveKeys } from './keys.ts'
import { serveLeave } from './leave.ts'
import { serveLinks } from './links.ts'
import { serveMe } from './me.ts'
import { checkOrigin } from './origin.ts'
import { addSecurityHeaders } from './securityHeaders.ts'
import type { Serving } from './serving.ts'
import { serveWorkshops } from './workshops.ts'

/** A request that has not arrived within this time, ms, holds its connection no longer. */
const REQUEST_TIMEOUT = 30_000

/**
 * The HTTP half of the server, complete and not yet listening.
 * @param clientFolder where the built web app stands.
 */
export async function createHttpServer(serving: Serving, clientFolder: string): Promise<FastifyInstance> {
  const { log, home } = serving
  const loggerInstance: FastifyBaseLogger = log
  const app: FastifyInstance = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LIMITS.requestBytes,
    requestTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: answerNoRequest,
  })
  logRequests(app, log)
  answerErrors(app)
  await addSecurityHeaders(app, home.publicUrl)
  await app.register(cookies)
  app.addHook('onRequest', checkOrigin(home.publicUrl))
  readJsonOnly(app)

  serveHealth(app, serving)
  await app.register((api, _options, done) => {
    api.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
    for (const serve of [serveWorkshops, serveJoin, serveLeave, serveMe, serveLinks, serveKeys, serveExport])
      serve(api, serving)
    done()
  })
  await serveClient(app, clientFolder)
  return app
}

/** Bodies are JSON; none at all is fine where a resource needs none, whatever the header says. */
function readJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}

/** One line a request, by the template of its route: an address may hold what is nobody else's to read. */
function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url
    const level = route?.startsWith('/api/') === true ? 'info' : 'debug'
    log[level](
      { method: request.method, route: route ?? null, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    )
  })
}
