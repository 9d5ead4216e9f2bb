import type { IncomingMessage } from 'node:http'
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { ownOrigin } from './origin.ts'

const HALF_A_YEAR = 180 * 24 * 60 * 60

/**
 * What browsers are told not to do with our pages. The same pages are opened in a meeting room by plain http, so what
 * only works over https (upgrading requests, HSTS), or is met with a warning elsewhere (isolation of the window and of
 * the origin), is sent only where `PUBLIC_URL` promises https.
 */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string | null): Promise<void> {
  const https = publicUrl?.startsWith('https:') === true
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
    strictTransportSecurity: https ? { maxAge: HALF_A_YEAR, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
}

/** Sockets to this server by their own scheme: Safari before 15.4 does not count them as `'self'`. */
function socketSources(request: IncomingMessage, publicUrl: string | null): string {
  const origins = [ownOrigin(request.headers), publicUrl].filter((origin) => origin != null)
  return [...new Set(origins.map((origin) => origin.replace(/^http/, 'ws')))].join(' ') || "'self'"
}
