import { MESSAGE, SYNC } from '@quintet/shared/protocol'
import * as encoding from 'lib0/encoding'

/**
 * One message as it goes over the wire: a whole, unmasked, binary WebSocket frame (RFC 6455 section 5.2). It is made
 * once and the same bytes are written to every socket, which costs half of framing the message for each of them.
 */
export type Frame = Buffer & { readonly frame: unique symbol }

const FINAL_BINARY = 0x82
/** Payload lengths up to 125 stand in the second byte; these say that 2 or 8 more bytes hold it. */
const LENGTH_16 = 126
const LENGTH_64 = 127

/** Frames a message. The message may be given in parts, so that a large one is copied once. */
export function frameMessage(...parts: readonly Uint8Array[]): Frame {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const head = length <= 125 ? 2 : length <= 0xffff ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = FINAL_BINARY
  if (head === 2) frame[1] = length
  else if (head === 4) {
    frame[1] = LENGTH_16
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = LENGTH_64
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  let at = head
  for (const part of parts) {
    frame.set(part, at)
    at += part.length
  }
  return frame as Frame
}

/** Frames a sync message of y-protocols: step 1 (a state vector), step 2 or an update (a Yjs update, V1). */
export function frameSync(kind: keyof typeof SYNC, payload: Uint8Array): Frame {
  const head = encoding.createEncoder()
  encoding.writeVarUint(head, MESSAGE.sync)
  encoding.writeVarUint(head, SYNC[kind])
  encoding.writeVarUint(head, payload.length)
  return frameMessage(encoding.toUint8Array(head), payload)
}

/** One client's presence as awareness of y-protocols says it: `state` is JSON, `null` for one that left. */
export interface PresenceEntry {
  readonly client: number
  readonly clock: number
  readonly state: string
}

/** Frames an awareness message of y-protocols. */
export function framePresence(entries: readonly PresenceEntry[]): Frame {
  const body = encoding.createEncoder()
  encoding.writeVarUint(body, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(body, client)
    encoding.writeVarUint(body, clock)
    encoding.writeVarString(body, state)
  }
  const payload = encoding.toUint8Array(body)
  const head = encoding.createEncoder()
  encoding.writeVarUint(head, MESSAGE.presence)
  encoding.writeVarUint(head, payload.length)
  return frameMessage(encoding.toUint8Array(head), payload)
}
