import {
  CLOSE,
  type CloseName,
  decodeRefusal,
  decodeSavedMark,
  encodeClock,
  MESSAGE,
  type RefusalCode,
  SYNC,
} from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { until } from './until.ts'

/** A bare WebSocket that says what the test says, and keeps what it heard. */
export interface RawSocket {
  readonly socket: WebSocket
  readonly heard: Uint8Array[]
  /** Resolves with the name of the code with which the server closed it; a number where it has no name. */
  readonly closed: Promise<CloseName | number>
  /** Resolves once the connection stands. */
  readonly opened: Promise<void>
  send(message: Uint8Array): void
  /** Waits until the server answered everything that it answers at once: what was not said by then was not said. */
  fence(): Promise<void>
  /** What was heard of a kind: a message type, and for sync messages their own. */
  of(type: number, kind?: number): readonly Uint8Array[]
  /** The last saved-mark; 0 before the first. */
  readonly marked: number
  /** Why its updates were refused. */
  readonly refusals: readonly RefusalCode[]
  /** Waits until something was refused. */
  refused(): Promise<RefusalCode | undefined>
}

let fences = 0

export function openRaw(port: number, path: string, headers: Readonly<Record<string, string>> = {}): RawSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, perMessageDeflate: false })
  const heard: Uint8Array[] = []
  socket.on('message', (data) => heard.push(new Uint8Array(data as Buffer)))
  socket.on('error', () => undefined)
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()))
  const closed = new Promise<CloseName | number>((resolve) =>
    socket.once('close', (code, reason) => resolve(nameOf(code, reason.toString()))),
  )
  const of = (type: number, kind?: number) =>
    heard.filter((message) => message[0] === type && (kind === undefined || message[1] === kind))
  const refusals = () => of(MESSAGE.refusal).map((message) => decodeRefusal(bodyOf(message)).code)
  return {
    socket,
    heard,
    opened,
    closed,
    of,
    send: (message) => socket.send(message),
    fence: async () => {
      const asked = encodeClock(++fences)
      socket.send(asked)
      const isAnswer = (message: Uint8Array) => Buffer.from(message.subarray(0, asked.length)).equals(asked)
      await until('the fence is answered', () => heard.some(isAnswer))
    },
    get marked() {
      const last = of(MESSAGE.savedMark).at(-1)
      return last ? decodeSavedMark(bodyOf(last)) : 0
    },
    get refusals() {
      return refusals()
    },
    refused: async () => {
      await until('something is refused', () => refusals().length > 0)
      return refusals()[0]
    },
  }
}

/** What comes after the type of a message. */
function bodyOf(message: Uint8Array): decoding.Decoder {
  const decoder = decoding.createDecoder(message)
  decoding.readVarUint(decoder)
  return decoder
}

/** A presence message: of each client its clock and its state, as JSON unless it is a string. */
export function presenceMessage(
  entries: readonly (readonly [client: number, clock: number, state: unknown])[],
): Uint8Array {
  const body = encoding.createEncoder()
  encoding.writeVarUint(body, entries.length)
  for (const [client, clock, state] of entries) {
    encoding.writeVarUint(body, client)
    encoding.writeVarUint(body, clock)
    encoding.writeVarString(body, typeof state === 'string' ? state : JSON.stringify(state))
  }
  const message = encoding.createEncoder()
  encoding.writeVarUint(message, MESSAGE.presence)
  encoding.writeVarUint8Array(message, encoding.toUint8Array(body))
  return encoding.toUint8Array(message)
}

/** A sync message as y-websocket sends it. */
export function syncMessage(kind: keyof typeof SYNC, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.sync)
  encoding.writeVarUint(encoder, SYNC[kind])
  encoding.writeVarUint8Array(encoder, payload)
  return encoding.toUint8Array(encoder)
}

/** The Yjs update or state vector inside a sync message. */
export function payloadOf(message: Uint8Array): Uint8Array {
  const decoder = bodyOf(message)
  decoding.readVarUint(decoder)
  return decoding.readVarUint8Array(decoder)
}

/** The state vector, and the update, of a document that was never written. */
export const NOTHING_KNOWN = new Uint8Array([0])
export const NOTHING_NEW = new Uint8Array([0, 0])

function nameOf(code: number, reason: string): CloseName | number {
  const names = Object.keys(CLOSE) as CloseName[]
  return names.find((name) => CLOSE[name].code === code && CLOSE[name].reason === reason) ?? code
}
