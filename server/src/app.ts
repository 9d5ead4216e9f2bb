import type { AddressInfo, Socket } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { BUDGETS, type Rate } from '@quintet/shared/limits'
import { seatsOf } from './access.ts'
import { inUrl, isLoopback, isWildcard, type Network, reachableHosts } from './addresses.ts'
import type { Settings } from './config.ts'
import { Newcomers } from './http/newcomers.ts'
import { upgradeAllowed } from './http/origin.ts'
import { createHttpServer } from './http/server.ts'
import { createLog, type Log } from './log.ts'
import type { Alarm } from './room/alarm.ts'
import { Rooms } from './room/rooms.ts'
import { attachSync } from './socket/upgrade.ts'
import { openSqliteStore } from './store/sqlite.ts'
import { type Store, StoreUnusable } from './store/store.ts'

/** Where a listening server can be opened. */
export interface Listening {
  readonly port: number
  /** The origin for this machine. */
  readonly local: string
  /** The origins for others in the network, the likeliest first; empty if the server listens to this machine alone. */
  readonly others: readonly string[]
}

/** The server, wired and not yet listening. */
export interface App {
  /** @throws {CannotStart} if the address is not to be had; the app is closed then. */
  listen(): Promise<Listening>
  /** Takes nothing more, makes durable what was taken, closes every connection so that it may return, and lets go of the data. */
  close(): Promise<void>
}

/** Parts that a test brings along. What is left out is the real one. */
export interface Parts {
  /** Stays the caller's to close. */
  readonly store?: Store
  readonly log?: Log
  readonly network?: Network
  /** Where the built web app stands. */
  readonly clientFolder?: string
  /** Ms since the epoch. */
  readonly now?: () => number
  readonly alarm?: Alarm
  /** What one network may make. */
  readonly rates?: Readonly<Record<keyof typeof BUDGETS.address, Rate>>
}

/** The server cannot use its data or listen where the settings say. The message is one line for whoever starts it. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

/** How long a stop waits for connections that do not end by themselves, ms. */
const PATIENCE = 1_000

const CLIENT_FOLDER = fileURLToPath(new URL('../../client/dist', import.meta.url))

/**
 * Wires the server.
 * @throws {CannotStart} if the data folder cannot be opened.
 */
export async function createApp(settings: Settings, parts: Parts = {}): Promise<App> {
  const { host, port, publicUrl, createKey, dataFolder } = settings
  const log = parts.log ?? createLog(settings.logLevel)
  const network = parts.network ?? { interfaces: networkInterfaces, hostname }
  const now = parts.now ?? Date.now
  const store = parts.store ?? (await openStore(dataFolder))
  const rooms = new Rooms({ store, log, now, ...(parts.alarm ? { alarm: parts.alarm } : {}) })
  const home = { publicUrl, host, network }
  const newcomers = countNewcomers(parts.rates ?? BUDGETS.address, now)
  const http = await createHttpServer(
    { store, rooms, home, newcomers, createKey, log, now },
    parts.clientFolder ?? CLIENT_FOLDER,
  )

  const sync = attachSync(http.server, {
    rooms,
    log,
    now,
    epoch: store.epoch,
    originAllowed: (request) => upgradeAllowed(request, publicUrl),
    seatsOf: (request, workshop) => seatsOf(store, workshop, request.headers),
  })

  const connections = new Set<Socket>()
  http.server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })

  async function close(): Promise<void> {
    // The listener closes at once; its promise waits for the connections, which the rooms then close.
    const closed = http.close()
    sync.close()
    await rooms.close()
    // Who neither ends a request nor answers a goodbye would hold the process for half a minute.
    const patience = setTimeout(() => {
      for (const connection of connections) connection.destroy()
    }, PATIENCE)
    await closed
    clearTimeout(patience)
    if (!parts.store) await store.close()
  }

  async function listen(): Promise<Listening> {
    try {
      await http.listen({ host, port })
    } catch (error) {
      await close()
      throw cannotListen(error, settings)
    }
    const listening = (http.server.address() as AddressInfo).port
    const origin = (at: string) => new URL(`http://${at}:${listening}`).origin
    return {
      port: listening,
      local: origin(isWildcard(host) ? 'localhost' : inUrl(host)),
      others: isLoopback(host) && !isWildcard(host) ? [] : reachableHosts(host, network).map(origin),
    }
  }

  return { listen, close }
}

function countNewcomers({ workshops, seats }: NonNullable<Parts['rates']>, now: () => number) {
  return {
    workshops: new Newcomers(
      { rate: workshops, past: 'From this network more workshops were created than the server takes at once.' },
      now,
    ),
    seats: new Newcomers(
      { rate: seats, past: 'From this network more people came in than the server takes at once.' },
      now,
    ),
  }
}

async function openStore(folder: string): Promise<Store> {
  try {
    return await openSqliteStore({ folder })
  } catch (error) {
    throw error instanceof StoreUnusable ? new CannotStart(error.message) : error
  }
}

function cannotListen(error: unknown, { host, port }: Settings): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const safe = 'Nothing was changed.'
  switch (code) {
    case 'EADDRINUSE':
      return new CannotStart(
        `Port ${port} is in use by another program. ${safe} Stop that program, or choose another port: PORT=${port + 1} npm start (PORT=0 picks a free one).`,
      )
    case 'EACCES':
      return new CannotStart(
        `This user may not listen on port ${port}. ${safe} Choose a port from 1024 up (PORT), and let a proxy serve the lower one.`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new CannotStart(
        `This machine has no address ${host}. ${safe} Correct HOST, or leave it out to listen on all addresses.`,
      )
    default:
      return error
  }
}
