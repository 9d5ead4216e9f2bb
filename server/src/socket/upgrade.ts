import { setMaxListeners } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as passed } from 'node:timers/promises'
import type { WorkshopId } from '@quintet/shared/ids'
import { CLOSE, type CloseName, encodeClock, HEARTBEAT, mayOpen, SCREEN_SEAT } from '@quintet/shared/protocol'
import type { StageView } from '@quintet/shared/stage'
import type { Logger } from 'pino'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { cookieOf, hashSecret, seated, wasRemoved } from '../access.ts'
import { RoomClosed } from '../room/room.ts'
import { NoWorkshop, type Rooms } from '../room/rooms.ts'
import type { Seat, Store } from '../store/store.ts'
import { readAddress, SYNC_PATH } from './address.ts'
import { Budgets } from './budgets.ts'
import { Connection } from './connection.ts'
import { Heartbeat } from './heartbeat.ts'
import { endIdleFrames } from './idleFrames.ts'
import { MOST_BYTES } from './messages.ts'

/** What the sync needs of the rest of the server. */
export interface SyncSetting {
  readonly rooms: Rooms
  readonly log: Logger
  /** Ms since the epoch; the machine's clock unless given. */
  readonly now?: () => number
  /** How often every connection hears from the server, ms; {@link HEARTBEAT} unless given. */
  readonly heartbeat?: number
  /** The seats that the request's browser holds in a workshop. */
  readonly seatsOf: (request: IncomingMessage, workshop: WorkshopId) => Promise<readonly Seat[]>
  /** Names the time through which the data is one unbroken story. */
  readonly epoch: Store['epoch']
  /** Whether the page that asks is one of ours. */
  readonly originAllowed: (request: IncomingMessage) => boolean
}

/**
 * Not in the types yet: `closeTimeout` (ms), how long a peer may take to say goodbye, which a stop waits for; and
 * `maxFragments`, the frames that one message may come in. Browsers send a large one in some hundreds at most, and no
 * budget counts a frame that holds next to nothing.
 */
const SOCKETS: ServerOptions & { closeTimeout: number; maxFragments: number } = {
  perMessageDeflate: false,
  maxPayload: MOST_BYTES,
  closeTimeout: 3_000,
  maxFragments: 1_024,
}

/** The sync of a server. */
export interface Sync {
  /** Takes no more connections. The rooms close those that they have. */
  close(): void
}

/**
 * Serves `/sync/<workshop>/<document>` on an HTTP server. An upgrade is always accepted, then closed with its code when
 * it may not be: browsers tell nothing of a refused one, and y-websocket would repeat it for ever.
 */
export function attachSync(server: Server, setting: SyncSetting): Sync {
  const { log, now = Date.now } = setting
  const sockets = new WebSocketServer({ ...SOCKETS, noServer: true })
  const budgets = new Budgets()
  const heartbeat = new Heartbeat(setting.heartbeat ?? HEARTBEAT, () => encodeClock(0, now()))
  const stop = new AbortController()
  // As many wait for it as come.
  setMaxListeners(0, stop.signal)

  const enter = async (request: IncomingMessage, socket: WebSocket, stream: Duplex): Promise<void> => {
    // Nothing is read before it is known who asks: until then messages wait in the network, which bounds them.
    socket.pause()
    socket.on('error', (error) => log.debug({ err: error }, 'connection broke'))
    try {
      const refused = await admit(setting, budgets, request, socket, stream, now, stop.signal)
      if (refused) turnAway(socket, refused)
      else heartbeat.add(socket, stream)
    } catch (error) {
      if (error instanceof NoWorkshop) return turnAway(socket, 'noWorkshop')
      if (error instanceof RoomClosed) return turnAway(socket, 'stopping')
      log.error({ err: error }, 'a connection could not be opened')
      turnAway(socket, 'notOpened')
    }
  }

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!request.url?.startsWith(SYNC_PATH)) {
      // Another listener may take it (a development server does); if there is none it must not hang.
      if (server.listenerCount('upgrade') > 1) return
      stream.on('error', () => stream.destroy())
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => void enter(request, socket, stream))
  }
  server.on('upgrade', onUpgrade)

  return {
    close: () => {
      server.off('upgrade', onUpgrade)
      heartbeat.stop()
      stop.abort()
    },
  }
}

/** Lets a connection into its room, or says why not. @throws if its room cannot be opened, or closes meanwhile. */
async function admit(
  setting: SyncSetting,
  budgets: Budgets,
  request: IncomingMessage,
  socket: WebSocket,
  stream: Duplex,
  now: () => number,
  stop: AbortSignal,
): Promise<CloseName | undefined> {
  const { rooms, log, epoch, seatsOf, originAllowed } = setting
  const address = readAddress(request.url ?? '')
  if (typeof address === 'string') return address
  if (!originAllowed(request)) return 'forbidden'
  const { workshop, document, seat } = address
  if (!(await rooms.has(workshop))) return 'noWorkshop'
  let seatGone = () => turnAway(socket, 'unknownSeat')
  const cookie = cookieOf(request.headers)
  if (cookie !== undefined)
    onceClosed(
      socket,
      rooms.browsers.arrive(workshop, hashSecret(cookie), () => seatGone()),
    )
  // A stranger does not make the server load a workshop.
  const seats = await seatsOf(request, workshop)
  if (seats.length === 0) return 'unknownSeat'
  const room = await rooms.open(workshop)
  const actor = seated(seats, seat, room.stage)
  if (!actor) return wasRemoved(seats, seat, room.stage) ? 'removed' : 'unknownSeat'
  if (!mayOpen(document, actor.role)) return 'forbidden'
  if (address.epoch !== undefined && address.epoch !== (await epoch())) return 'restored'
  // The big screen is nobody: what it sends is on whoever opened it.
  const payer = actor.person === SCREEN_SEAT ? (seats[0]?.person ?? actor.person) : actor.person
  const purse = budgets.open(workshop, payer)
  if (!purse) return 'tooMuch'
  onceClosed(socket, () => purse.close())
  // Opening a document is work as well: who owes for other work waits for it, and whoever went meanwhile needs none.
  for (let owed = purse.wait(); owed > 0; owed = purse.wait()) {
    // A stop waits for nobody's debts.
    if (stop.aborted) return 'stopping'
    await passed(Math.ceil(owed), undefined, { ref: false, signal: stop }).catch(() => undefined)
  }
  if (socket.readyState !== socket.OPEN) return undefined
  const unbound = await room.bind({ document, actor }, address.clients, payer, (ms) => purse.judged(ms))
  if (unbound) return unbound
  const [client] = address.clients
  const stands = (stage: StageView) => seated(seats, seat, stage) !== undefined
  const connection = new Connection(
    { actor, document, client, stands },
    socket,
    stream,
    purse,
    log.child({ workshop }),
    now,
  )
  seatGone = () => connection.seatGone()
  await connection.enter(room)
  return undefined
}

/** Calls back once a socket is closed: at once where it is. */
function onceClosed(socket: WebSocket, done: () => void): void {
  if (socket.readyState === socket.CLOSED) done()
  else socket.once('close', done)
}

function turnAway(socket: WebSocket, name: CloseName): void {
  const { code, reason } = CLOSE[name]
  endIdleFrames(socket)
  socket.resume()
  socket.close(code, reason)
}
