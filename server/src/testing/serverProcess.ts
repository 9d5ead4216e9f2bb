import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Agenda, OPEN_AGENDA } from '@quintet/shared/agenda'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'

/** The real server in a process of its own, as `npm start` runs it. */
export interface ServerProcess {
  readonly port: number
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/** Starts the server on a data folder. @throws if it ends before it listens, with what it printed. */
export async function spawnServer(folder: string, port = 0): Promise<ServerProcess> {
  const settings = { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: folder }
  const child = spawn(process.execPath, [MAIN], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
  const listening = await portOf(child)
  return {
    port: listening,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const port = /(?:localhost|127\.0\.0\.1):(\d+)\s/.exec(printed)?.[1]
      if (port) resolve(Number(port))
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
    })
    child.once('exit', () => reject(new Error(`The server ended before it listened. It printed:\n${printed}`)))
  })
}

/** A seat in a workshop, and the cookie that holds it. */
export interface HeldSeat {
  readonly person: PersonId
  readonly headers: Readonly<Record<string, string>>
}

/** Creates a workshop over HTTP; the first seat is the facilitator's, the others are members'. */
export async function createWorkshop(
  port: number,
  members: number,
  agenda: Agenda = OPEN_AGENDA,
): Promise<{ readonly workshop: WorkshopId; readonly seats: readonly HeldSeat[] }> {
  const created = await post(port, '/api/workshops', { title: 'Crash', name: 'Maren', agenda })
  const { workshop, person, links } = created.body as {
    workshop: WorkshopId
    person: { id: PersonId } | PersonId
    links: { member: string }
  }
  const seats: HeldSeat[] = [{ person: typeof person === 'string' ? person : person.id, headers: created.headers }]
  const key = new URL(links.member).hash.slice(1)
  for (let index = 0; index < members; index++) {
    const joined = await post(port, `/api/workshops/${workshop}/join`, { key, name: `Member ${index}` })
    seats.push({ person: (joined.body as { person: { id: PersonId } }).person.id, headers: joined.headers })
  }
  return { workshop, seats }
}

async function post(port: number, path: string, body: unknown) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { body: (await response.json()) as unknown, headers: { cookie } }
}
