import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { isLoopback, type Network, reachableHosts } from '../addresses.ts'
import { Problem } from './problem.ts'

/** What is known of the server's own address. */
export interface Home {
  /** The origin at which people open the server, from the settings. */
  readonly publicUrl: string | null
  /** What the server listens on. */
  readonly host: string
  readonly network: Network
}

type Headers = Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'> & {
  readonly 'x-forwarded-proto'?: string | string[] | undefined
}

/** The origin that the request itself names (this server speaks plain http); undefined if its Host is none. */
export function ownOrigin(headers: Headers): string | undefined {
  const { host } = headers
  if (host === undefined || !/^[A-Za-z0-9._:[\]-]{1,255}$/.test(host) || !URL.canParse(`http://${host}`))
    return undefined
  return new URL(`http://${host}`).origin
}

/**
 * Whether a request may change something or open a socket: a browser names the page it comes from, and that must be
 * one of ours. A script names none; a browser that names none (old, or a navigation) is told by `Sec-Fetch-Site`.
 */
export function originAllowed(headers: Headers, publicUrl: string | null): boolean {
  const { origin } = headers
  if (origin !== undefined) return origin === publicUrl || origin === ownOrigin(headers)
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** Whether the upgrade of a socket comes from a page of ours. */
export function upgradeAllowed(request: IncomingMessage, publicUrl: string | null): boolean {
  return originAllowed(request.headers, publicUrl)
}

/** Refuses requests that would change something and come from a page that is not ours. */
export function checkOrigin(publicUrl: string | null): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (reads || originAllowed(request.headers, publicUrl)) return
    throw new Problem(
      403,
      'wrong-origin',
      'The request came from a page of another address, so nothing was changed. Open Quintet at its own address; behind a proxy, whoever runs it sets PUBLIC_URL to that address.',
    )
  }
}

/**
 * Whether the browser speaks https to the proxy before us, which only `PUBLIC_URL` can promise. The same server may be
 * open in the room by plain http too, where a `Secure` cookie would be lost.
 */
export function servedOverHttps(headers: Headers, publicUrl: string | null): boolean {
  if (!publicUrl?.startsWith('https:')) return false
  const forwarded = [headers['x-forwarded-proto']].flat()[0]?.split(',')[0]?.trim()
  return headers.origin === publicUrl || forwarded === 'https' || headers.host === new URL(publicUrl).host
}

/**
 * The origins that an invitation can name, the likeliest first. With `PUBLIC_URL` it is the only one; else the address
 * at which the asking browser has the page, and those at which the network reaches this machine. Never loopback.
 */
export function invitationOrigins(request: FastifyRequest, home: Home): readonly [string, ...string[]] {
  if (home.publicUrl !== null) return [home.publicUrl]
  const own = ownOrigin(request.headers)
  const port = request.socket.localPort ?? 80
  const around = reachableHosts(home.host, home.network).map((host) => new URL(`http://${host}:${port}`).origin)
  const [first, ...others] = new Set(
    own !== undefined && !isLoopback(new URL(own).hostname) ? [own, ...around] : around,
  )
  // A machine that has neither a network nor a name can be reached by nobody else; this says so in the link.
  return first === undefined ? [`http://no-network.invalid:${port}`] : [first, ...others]
}
