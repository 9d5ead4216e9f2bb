import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Agenda, OPEN_AGENDA } from '@quintet/shared/agenda'
import { ID_BYTES, type PersonId, spell, type WorkshopId } from '@quintet/shared/ids'
import { SCREEN_SEAT } from '@quintet/shared/protocol'
import type { Person } from '@quintet/shared/stage'
import { type Logger, pino } from 'pino'
import type * as Y from 'yjs'
import { newWorkshopDocuments } from '../room/create.ts'
import { Rooms } from '../room/rooms.ts'
import { readAddress } from '../socket/address.ts'
import { attachSync, type Sync } from '../socket/upgrade.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import type { Seat } from '../store/store.ts'
import type { HandClock } from './handClock.ts'
import { type Interposed, interpose } from './interposed.ts'

/** A seat of the rig that observes without being one of the workshop's people. */
export const OBSERVER_SEAT = 'watcher'
/** A seat that nobody has. */
export const UNKNOWN_SEAT = 'stranger'

export interface RigSetting {
  /** People of the workshop: `person-0` is its facilitator, the others are members. */
  readonly people?: number
  /** The most pages of 4 KiB that the database may grow to. */
  readonly maxPages?: number
  /** The agenda without secrets unless given. */
  readonly agenda?: Agenda
  /** What the board holds at the beginning. */
  readonly write?: (board: Y.Doc) => void
  readonly unloadAfter?: number
  readonly heartbeat?: number
  readonly now?: () => number
  /** A clock to put forward, instead of `now`. */
  readonly clock?: HandClock
  /** Hears what the server logs; nobody does unless given. */
  readonly log?: Logger
  /** Runs before a seat is looked up. */
  readonly beforeIdentify?: () => Promise<void>
}

/** A real server on a real port with a real store in a folder of its own, without HTTP resources. */
export interface Rig {
  readonly port: number
  readonly server: Server
  readonly workshop: WorkshopId
  readonly people: readonly Person[]
  /** The store under the rooms, with a hand on its appends. */
  readonly store: Interposed
  readonly rooms: Rooms
  /**
   * Stops the server as on SIGTERM, and starts it again on the same port and folder.
   * @param meanwhile is done to the folder in between.
   */
  restart(meanwhile?: (folder: string) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** Any page may connect, except from this origin. */
export const FOREIGN_ORIGIN = 'https://elsewhere.example'

const silence = pino({ level: 'silent' })

/** Somebody for a test's workshop. */
export function somebody(index: number): Person {
  return {
    id: `person-${index}` as PersonId,
    name: `Person ${index}`,
    role: index === 0 ? 'facilitator' : 'member',
    joinedAt: 1_000 + index,
  }
}

/** Starts a server with one workshop. */
export async function startRig(setting: RigSetting = {}): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'quintet-'))
  const workshop = spell(randomBytes(ID_BYTES)) as WorkshopId
  const people = Array.from({ length: setting.people ?? 3 }, (_, index) => somebody(index))
  const { maxPages, now = setting.clock?.now ?? Date.now } = setting
  const open = () => openSqliteStore({ folder, ...(maxPages === undefined ? {} : { maxPages }) })
  let running = await run(await open(), setting, 0)
  await running.store.create({
    id: workshop,
    createdAt: now(),
    updates: newWorkshopDocuments({
      title: 'Platform team',
      creator: somebody(0),
      now: now(),
      agenda: setting.agenda ?? OPEN_AGENDA,
      random: randomBytes,
      ...(setting.write ? { write: setting.write } : {}),
    }),
  })
  const room = await running.rooms.open(workshop)
  await Promise.all(people.slice(1).map((person) => room.join(person, {})))
  return {
    port: running.port,
    get server() {
      return running.server
    },
    workshop,
    people,
    get store() {
      return running.store
    },
    get rooms() {
      return running.rooms
    },
    restart: async (meanwhile = async () => undefined) => {
      await running.stop()
      await meanwhile(folder)
      running = await run(await open(), setting, running.port)
    },
    close: async () => {
      await running.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The seats of a browser that may sit where it says: there are no cookies here. The big screen's is the facilitator's. */
function seatsFor(named: string): readonly Seat[] {
  if (named === UNKNOWN_SEAT) return []
  const person = (named === SCREEN_SEAT ? somebody(0).id : named) as PersonId
  return [{ cookie: 'cookie', person, observer: named === OBSERVER_SEAT ? 'Watcher' : null, key: 'key' }]
}

interface Running {
  readonly port: number
  readonly server: Server
  readonly store: Interposed
  readonly rooms: Rooms
  stop(): Promise<void>
}

async function run(
  opened: Awaited<ReturnType<typeof openSqliteStore>>,
  setting: RigSetting,
  port: number,
): Promise<Running> {
  const { clock, now = clock?.now ?? Date.now, log = silence, unloadAfter, heartbeat, beforeIdentify } = setting
  const store = interpose(opened)
  const rooms = new Rooms({
    store,
    log,
    now,
    ...(clock ? { alarm: clock.alarm } : {}),
    ...(unloadAfter === undefined ? {} : { unloadAfter }),
  })
  const server = createServer()
  const sync: Sync = attachSync(server, {
    rooms,
    log,
    now,
    epoch: store.epoch,
    ...(heartbeat === undefined ? {} : { heartbeat }),
    originAllowed: (request) => request.headers.origin !== FOREIGN_ORIGIN,
    seatsOf: async (request) => {
      await beforeIdentify?.()
      const address = readAddress(request.url ?? '')
      return typeof address === 'string' ? [] : seatsFor(address.seat)
    },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    server,
    store,
    rooms,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      sync.close()
      await rooms.close()
      server.closeAllConnections()
      await closed
      await store.close()
    },
  }
}
