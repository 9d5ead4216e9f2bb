import { type Command, decodeCommand } from '@quintet/shared/commands'
import { LIMITS } from '@quintet/shared/limits'
import { decodeClock, MESSAGE, SYNC } from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'

/** What a client may say. Bytes are in memory of the message's own. */
export type Message =
  | { readonly is: 'sync step 1'; readonly vector: Uint8Array }
  | { readonly is: 'edit'; readonly kind: 'resync' | 'live'; readonly update: Uint8Array }
  | { readonly is: 'presence'; readonly update: Uint8Array }
  | { readonly is: 'presence query' }
  | { readonly is: 'command'; readonly command: Command }
  | { readonly is: 'clock'; readonly asked: number }

/** Why a message was not taken. */
export type MessageFault = 'malformed' | 'tooBig'

/** The largest message: a resynchronisation and what stands around it. `ws` closes with 1009 past it. */
export const MOST_BYTES = LIMITS.resyncBytes + 64

/**
 * Reads one message strictly: of a known type, within its limits, and to its exact end. It copies the message first:
 * it comes in a buffer that is shared with other connections, and Yjs keeps views of what it reads.
 */
export function readMessage(data: Uint8Array): Message | MessageFault {
  const decoder = decoding.createDecoder(new Uint8Array(data))
  try {
    const message = readBody(decoder)
    return decoding.hasContent(decoder) ? 'malformed' : message
  } catch {
    return 'malformed'
  }
}

/** @throws if the bytes are no message. */
function readBody(decoder: decoding.Decoder): Message | MessageFault {
  switch (decoding.readVarUint(decoder)) {
    case MESSAGE.sync:
      return readSync(decoder)
    case MESSAGE.presence:
      return decoder.arr.length > LIMITS.updateBytes
        ? tooBig(decoder)
        : { is: 'presence', update: decoding.readVarUint8Array(decoder) }
    case MESSAGE.queryPresence:
      return { is: 'presence query' }
    case MESSAGE.command:
      return decoder.arr.length > LIMITS.commandBytes
        ? tooBig(decoder)
        : { is: 'command', command: decodeCommand(decoder) }
    case MESSAGE.clock: {
      const { asked, now } = decodeClock(decoder)
      return now === undefined ? { is: 'clock', asked } : 'malformed'
    }
    default:
      return 'malformed'
  }
}

function readSync(decoder: decoding.Decoder): Message | MessageFault {
  switch (decoding.readVarUint(decoder)) {
    case SYNC.step1:
      return decoder.arr.length > LIMITS.updateBytes
        ? tooBig(decoder)
        : { is: 'sync step 1', vector: decoding.readVarUint8Array(decoder) }
    case SYNC.step2:
      return { is: 'edit', kind: 'resync', update: decoding.readVarUint8Array(decoder) }
    case SYNC.update:
      return { is: 'edit', kind: 'live', update: decoding.readVarUint8Array(decoder) }
    default:
      return 'malformed'
  }
}

function tooBig(decoder: decoding.Decoder): MessageFault {
  decoder.pos = decoder.arr.length
  return 'tooBig'
}

/**
 * Reads a Yjs state vector: how much of each client the other end has. Clients of whom it has nothing are left out.
 * @param most entries; with more of them it is not read.
 */
export function readStateVector(
  vector: Uint8Array,
  most: number,
): ReadonlyMap<number, number> | 'malformed' | 'too many' {
  const decoder = decoding.createDecoder(vector)
  const known = new Map<number, number>()
  try {
    const entries = decoding.readVarUint(decoder)
    // Each has two bytes at least.
    if (entries > vector.length / 2) return 'malformed'
    if (entries > most) return 'too many'
    for (let left = entries; left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      if (clock > 0) known.set(client, clock)
    }
  } catch {
    return 'malformed'
  }
  return decoding.hasContent(decoder) ? 'malformed' : known
}
