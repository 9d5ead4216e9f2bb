import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { Role } from '@quintet/shared/stage'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { createApp, type Listening, type Parts } from './app.ts'
import { readSettings } from './config.ts'
import { createLog } from './log.ts'

/** A laptop with one address in the room's network. */
const NETWORK = {
  interfaces: () => ({
    wlan0: [
      { family: 'IPv4', address: '192.168.1.7', netmask: '255.255.255.0', mac: '', internal: false, cidr: null },
    ] as const,
  }),
  hostname: () => 'laptop',
} satisfies Parts['network']

/** A whole server on a free port with a data folder of its own. */
export interface Quintet extends Listening {
  /** Its origin by loopback. */
  readonly origin: string
  readonly folder: string
  /** What it logged so far. */
  readonly logged: () => string
  /** Stops it; what it kept stays until the test ends. */
  readonly close: () => Promise<void>
}

/** Starts a server that stops with the test. @param environment its settings beside PORT. */
export async function startQuintet(environment: Record<string, string> = {}, parts: Parts = {}): Promise<Quintet> {
  const quintet = await start(environment, parts)
  onTestFinished(() => end(quintet))
  return quintet
}

/** One server for all tests of a file that only add workshops of their own to it. */
export function shareQuintet(environment: Record<string, string> = {}): () => Quintet {
  let shared: Quintet | undefined
  const running = () => {
    if (!shared) throw new Error('The server starts with the first test.')
    return shared
  }
  beforeAll(async () => {
    shared = await start(environment, {})
  })
  afterAll(() => end(running()))
  return running
}

async function start(environment: Record<string, string>, parts: Parts): Promise<Quintet> {
  const folder = environment.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'quintet-test-')))
  const lines: string[] = []
  const settings = readSettings({ PORT: '0', HOST: '127.0.0.1', ...environment, DATA_DIR: folder })
  const log = createLog('trace', { write: (line: string) => void lines.push(line) })
  const app = await createApp(settings, { log, network: NETWORK, ...parts })
  const listening = await app.listen()
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= app.close()
    return closing
  }
  return { ...listening, origin: listening.local, folder, logged: () => lines.join(''), close }
}

async function end({ close, folder }: Quintet): Promise<void> {
  await close()
  await rm(folder, { recursive: true, force: true })
}

/** What came back of a request. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body as JSON; undefined if it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it and fail where it is not as they expect.
  readonly json: any
}

/** One browser: it keeps its cookie between requests. */
export class Browser {
  readonly #origin: string
  cookie: string | undefined

  constructor(origin: string) {
    this.#origin = origin
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers)
  }

  /** Posts JSON, as a page of the server's own does. */
  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const json = body === undefined ? undefined : JSON.stringify(body)
    return this.send(
      'POST',
      path,
      json,
      json === undefined ? headers : { 'content-type': 'application/json', ...headers },
    )
  }

  async send(
    method: string,
    path: string,
    body: string | Uint8Array | undefined,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const { hostname, port } = new URL(this.#origin)
    const cookie = this.cookie === undefined ? {} : { cookie: `quintet=${this.cookie}` }
    // For methods that rarely have a body Node says no length by itself, and the body would be read as another request.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const asking = request({ hostname, port, method, path, headers: { ...cookie, ...length, ...headers } })
    asking.end(body)
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    const given = /^quintet=([^;]*)/.exec(response.headers['set-cookie']?.[0] ?? '')?.[1]
    if (given !== undefined) this.cookie = given
    const text = await textOf(response)
    return { status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) }
  }

  /** Creates a workshop, whose first facilitator this browser is. */
  async create(body: object = { title: 'How we serve', name: 'Maren' }): Promise<Created> {
    const { status, json } = await this.post('/api/workshops', body)
    if (status !== 201) throw new Error(`Not created: ${status} ${JSON.stringify(json)}`)
    const { workshop, person, links } = json
    const keys = { facilitator: keyOf(links.facilitator), member: keyOf(links.member), observer: keyOf(links.observer) }
    return { workshop, person, links, keys, path: `/api/workshops/${workshop}` }
  }

  /** Comes in with a key. */
  join({ path }: Created, key: string, name?: string): Promise<Answer> {
    return this.post(`${path}/join`, { key, ...(name === undefined ? {} : { name }) })
  }
}

/** What a browser got that created a workshop. */
export interface Created {
  readonly workshop: WorkshopId
  readonly person: PersonId
  readonly links: Readonly<Record<Role, string>>
  readonly keys: Readonly<Record<Role, string>>
  /** Where its resources are. */
  readonly path: string
}

/** The key in a link. */
export function keyOf(link: string): string {
  return new URL(link).hash.slice(1)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
