import { type ChildProcess, spawn } from 'node:child_process'
import { once, setMaxListeners } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Agenda, OPEN_AGENDA } from '@quintet/shared/agenda'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { DocumentName } from '@quintet/shared/protocol'
import type { Role } from '@quintet/shared/stage'
import { expect, onTestFinished, vi } from 'vitest'
import { openSession } from './liveSession.ts'
import type { Session, SessionOptions, SessionState } from './session.ts'

// In Node each document that is connected listens for the end of the process, and a test opens many.
setMaxListeners(0, process)

const MAIN = fileURLToPath(new URL('../../../server/src/main.ts', import.meta.url))

/** A real server in a process of its own, reached over a wire that can be cut. */
export interface TestServer {
  readonly wire: Wire
  /** Where it answers, past the wire. */
  readonly origin: string
  /** Opens a session of somebody as a browser would, with the cookie that holds the seat. It keeps nothing unless told. */
  open(who: Guest, options?: OpenOptions): Opened
  /** The epoch of its data, as somebody is told. */
  epoch(who: Guest): Promise<string>
  /** Creates a workshop; without secrets unless told otherwise. */
  create(agenda?: Agenda): Promise<Guest>
  /** Lets somebody in through an invitation of a workshop's facilitator. */
  invite(facilitator: Guest, role: 'member' | 'observer', name: string): Promise<Guest>
  /** Ends the process: with `SIGKILL` as a power cut would, with `SIGTERM` in order. */
  stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Starts it again with the same data. */
  start(): Promise<void>
  /** Copies its data away, as a backup does, while it is stopped. @returns what brings the copy back, then or later. */
  backUp(): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface OpenOptions extends Pick<SessionOptions, 'screen' | 'keep' | 'epoch' | 'readEpoch' | 'loadHandBack'> {
  readonly pastWire?: boolean
}

/** A session, and what it said to the server. */
export interface Opened extends Session {
  /** The types of the messages that left, in order. */
  readonly sent: readonly number[]
  /** The addresses that it connected to, in order. */
  readonly addresses: readonly URL[]
  /** The same of one document's sockets alone; undefined where none was opened. */
  sentOn(document: DocumentName): readonly number[] | undefined
  /** The types of the messages that the server said on one document's sockets, in order. */
  heardOn(document: DocumentName): readonly number[]
}

/** Somebody with a seat. */
export interface Guest {
  readonly workshop: WorkshopId
  readonly person: { readonly id: PersonId; readonly name: string; readonly role: Role }
  readonly cookie: string
}

/** A TCP proxy before the server. */
export interface Wire {
  /** Ends every connection at once, without a goodbye, and lets none through until it is mended. */
  cut(): void
  mend(): void
  /** Lets what the clients say through, and nothing that the server says. */
  deafen(): void
  /** Holds back what the server says on connections to come whose address has this in it. @returns lets it through. */
  holdBack(address: string): () => void
}

/**
 * An event target as browsers have it. Node's holds on to no more than one of its listeners' abort signals: once memory
 * was collected, the others' abort changes nothing, and whoever was closed answers still.
 */
class BrowserTarget extends EventTarget {
  override addEventListener(...[type, listener, options]: Parameters<EventTarget['addEventListener']>): void {
    const { signal = undefined, ...rest } = typeof options === 'object' ? options : {}
    if (signal?.aborted) return
    super.addEventListener(type, listener, rest)
    signal?.addEventListener('abort', () => super.removeEventListener(type, listener, rest))
  }
}

/** What a browser's window and document are to a session, without a browser. */
export function stubPage(): EventTarget {
  const page = new BrowserTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('document', Object.assign(new BrowserTarget(), { hidden: false }))
  return page
}

/** How long a condition may take on a machine that is busy with other tests, ms. */
const PATIENCE = 15_000

/** Waits until something holds. */
export const eventually = <T>(holds: () => T | Promise<T>) => vi.waitFor(holds, PATIENCE)

/** Waits for a state of a session. @throws with the state that it stayed in. */
export const becomes = (session: Session, is: SessionState['is']) =>
  eventually(() => expect(session.state.getState().is).toBe(is))

/** Waits until everything that one wrote is durable. What the page says is not enough: it begins with being saved. */
export const isSaved = (session: Session) =>
  eventually(() => {
    expect([...session.unsaved.getState()]).toEqual([])
    expect(session.saved.getState().is).toMatch(/^(saved|back)$/)
  })

/** Starts a server with an empty data folder. */
export async function startServer(): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'quintet-session-'))
  let running: { readonly process: ChildProcess; readonly origin: string } | undefined
  const wire = await layWire(() => (running ? Number(new URL(running.origin).port) : undefined))

  const request = async (path: string, body: object, cookie = '') => {
    const answer = await fetch(`${running?.origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return { json: await answer.json(), cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? cookie }
  }
  const keys = new Map<WorkshopId, Record<Role, string>>()

  const end = async (signal: NodeJS.Signals) => {
    const child = running?.process
    running = undefined
    if (!child) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  const server: TestServer = {
    wire,
    get origin() {
      if (!running) throw new Error('The server is stopped.')
      return running.origin
    },
    epoch: async ({ workshop, cookie }) => {
      const answer = await fetch(`${running?.origin}/api/workshops/${workshop}/me`, { headers: { cookie } })
      return ((await answer.json()) as { epoch: string }).epoch
    },
    open: (guest, { pastWire = false, ...options } = {}) => {
      const { workshop, person, cookie } = guest
      const Plain = WebSocket as unknown as new (url: string, options: object) => WebSocket
      const sent: number[] = []
      const addresses: URL[] = []
      const byDocument = new Map<string, number[]>()
      const heard = new Map<string, number[]>()
      class SeatedSocket extends Plain {
        constructor(url: string) {
          super(url, { headers: { cookie } })
          addresses.push(new URL(url))
          if (!byDocument.has(this.#document)) byDocument.set(this.#document, [])
          const types = heard.get(this.#document) ?? []
          heard.set(this.#document, types)
          this.addEventListener('message', ({ data }) => types.push(new Uint8Array(data as ArrayBuffer)[0] ?? -1))
        }

        get #document() {
          return new URL(this.url).pathname.split('/').at(-1) ?? ''
        }

        override send(data: Uint8Array<ArrayBuffer>) {
          sent.push(data[0] ?? -1)
          byDocument.get(this.#document)?.push(data[0] ?? -1)
          super.send(data)
        }
      }
      vi.stubGlobal('WebSocket', SeatedSocket)
      const port = pastWire && running ? new URL(running.origin).port : wire.port
      const session = openSession({
        workshop,
        person,
        serverUrl: `ws://127.0.0.1:${port}`,
        keep: false,
        readEpoch: () => server.epoch(guest),
        ...options,
      })
      vi.stubGlobal('WebSocket', Plain)
      onTestFinished(() => session.close())
      return Object.assign(session, {
        sent,
        addresses,
        sentOn: (document: DocumentName) => byDocument.get(document),
        heardOn: (document: DocumentName) => heard.get(document) ?? [],
      })
    },
    create: async (agenda = OPEN_AGENDA) => {
      const wanted = { title: 'How we serve product teams', name: 'Maren', agenda }
      const { json, cookie } = await request('/api/workshops', wanted)
      const { workshop, person, links } = json as {
        workshop: WorkshopId
        person: PersonId
        links: Record<Role, string>
      }
      keys.set(workshop, links)
      return { workshop, person: { id: person, name: 'Maren', role: 'facilitator' }, cookie }
    },
    invite: async ({ workshop }, role, name) => {
      const key = keys.get(workshop)?.[role].split('#')[1]
      const { json, cookie } = await request(`/api/workshops/${workshop}/join`, { key, name })
      return { workshop, person: (json as Pick<Guest, 'person'>).person, cookie }
    },
    stop: end,
    start: async () => {
      running = await run(folder)
    },
    backUp: async () => {
      const backup = await mkdtemp(join(tmpdir(), 'quintet-backup-'))
      await cp(folder, backup, { recursive: true })
      return async () => {
        await rm(folder, { recursive: true })
        await cp(backup, folder, { recursive: true })
        await rm(backup, { recursive: true })
      }
    },
    close: async () => {
      wire.cut()
      wire.close()
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

async function run(folder: string) {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const origin = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+(?=\s)/.exec(printed)?.[0]
      if (found) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}. It printed:\n${printed}`)))
  })
  return { process: child, origin }
}

async function layWire(port: () => number | undefined): Promise<Wire & { readonly port: number; close(): void }> {
  const ends = new Set<Socket>()
  let plugged = true
  let deaf = false
  const held = new Set<string>()
  const waiting = new Set<() => void>()
  const server = createServer((near) => {
    const to = port()
    if (!plugged || to === undefined) {
      near.destroy()
      return
    }
    const far = connect(to, '127.0.0.1')
    for (const each of [near, far]) {
      ends.add(each)
      each.on('error', () => undefined)
      each.on('close', () => {
        ends.delete(each)
        near.destroy()
        far.destroy()
      })
    }
    near.once('data', (data) => {
      if (![...held].some((address) => data.toString('latin1').split('\r\n')[0]?.includes(address))) return
      far.pause()
      waiting.add(() => far.resume())
    })
    near.on('data', (data) => far.write(data))
    far.on('data', (data) => deaf || near.write(data))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      plugged = false
      for (const each of ends) each.destroy()
    },
    mend: () => {
      plugged = true
      deaf = false
    },
    deafen: () => {
      deaf = true
    },
    holdBack: (address) => {
      held.add(address)
      return () => {
        held.delete(address)
        for (const resume of waiting) resume()
        waiting.clear()
      }
    },
    close: () => server.close(),
  }
}
