import type { IncomingMessage } from 'node:http'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { ownOrigin, servedOverHttps } from './origin.ts'

const HALF_A_YEAR = 180 * 24 * 60 * 60

/** What works over https alone, or is met with a warning by browsers elsewhere. */
const OVER_HTTPS = {
  'strict-transport-security': `max-age=${HALF_A_YEAR}`,
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
}

/**
 * What browsers are told not to do with our pages. The same server may be open in a meeting room by plain http, so
 * what needs https is sent only with answers that go out over it, and requests are never upgraded.
 */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string | null): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'", (request) => socketSources(request, publicUrl)],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onRequest', async (request, reply) => {
    if (servedOverHttps(request.headers, publicUrl)) reply.headers(OVER_HTTPS)
  })
}

/** Sockets to this server by their own scheme: Safari before 15.4 does not count them as `'self'`. */
function socketSources(request: IncomingMessage, publicUrl: string | null): string {
  const origins = [ownOrigin(request.headers), publicUrl].filter((origin) => origin != null)
  return [...new Set(origins.map((origin) => origin.replace(/^http/, 'ws')))].join(' ') || "'self'"
}
