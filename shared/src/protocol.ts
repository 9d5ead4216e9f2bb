import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Command } from './commands.ts'
import type { NoteId, PersonId } from './ids.ts'
import { bool, fields, idOf, oneOf, orNull, type Shape, type Shaped, text } from './shapes.ts'
import type { Role } from './stage.ts'

/**
 * The wire between browser and server: the y-websocket protocol with message types of our own beside it.
 * A change here is a change of the product.
 */
export const PROTOCOL_VERSION = 1

export const DOCUMENT_NAMES = ['stage', 'board', 'notebook', 'desk'] as const
export type DocumentName = (typeof DOCUMENT_NAMES)[number]

/** Who reads and who writes each document as Yjs updates. `stage` is written by the server alone, on command. */
export const DOCUMENT_ACCESS: Readonly<Record<DocumentName, { reads: readonly Role[]; writes: readonly Role[] }>> = {
  stage: { reads: ['facilitator', 'member', 'observer'], writes: [] },
  board: { reads: ['facilitator', 'member', 'observer'], writes: ['facilitator', 'member'] },
  notebook: { reads: ['facilitator', 'member'], writes: ['facilitator', 'member'] },
  desk: { reads: ['facilitator'], writes: ['facilitator'] },
}

/** Whether somebody of a role may open a document at all. */
export function mayOpen(document: DocumentName, role: Role): boolean {
  return DOCUMENT_ACCESS[document].reads.includes(role)
}

/** Whether somebody of a role may send updates of a document. */
export function mayWrite(document: DocumentName, role: Role): boolean {
  return DOCUMENT_ACCESS[document].writes.includes(role)
}

/** Message types, the first number of every message. 0, 1 and 3 are y-websocket's. */
export const MESSAGE = {
  sync: 0,
  presence: 1,
  queryPresence: 3,
  /** Server to client: how many of this socket's update messages (sync step 2 and update) are durable. */
  savedMark: 100,
  /** Server to client: an update was refused; nothing of it was kept. */
  refusal: 101,
  /** Client to server, on `stage`. */
  command: 102,
  /** Server to client: the answer to a command. */
  reply: 103,
  /** Client to server: the client's time; server to client: that time (or 0, unasked) and the server's. */
  clock: 104,
} as const

/** Sync messages, the second number of a message of type `sync`. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/**
 * Close codes and what each says to the person. y-websocket takes 4400 to 4499 as final and tries again after any other.
 */
export const CLOSE = {
  unknownSeat: { code: 4401, reason: 'This browser has no seat in the workshop. Open your link again.' },
  forbidden: { code: 4403, reason: 'This document is not yours to open or to change. Nothing was changed.' },
  /** What no client of ours sends: it was not judged by what is allowed now, but could never be. */
  impossible: {
    code: 4403,
    reason: 'Something was sent that has no place here. What was saved is safe: reload the page.',
  },
  noWorkshop: { code: 4404, reason: 'There is no such workshop here. Check the link.' },
  badRequest: { code: 4400, reason: 'The address of this connection is malformed. Nothing was changed.' },
  newVersion: { code: 4426, reason: 'A new version is ready. Your words are kept: reload when it suits you.' },
  /** The client has what the server relayed once and lacks now, or says so. */
  restored: {
    code: 4409,
    reason: 'The server was restored from a backup. What you have that it lacks is handed back to you.',
  },
  removed: {
    code: 4410,
    reason:
      'You were removed from the workshop. What you shared is kept on the wall; what you did not share is shown to nobody.',
  },
  tooBig: { code: 1009, reason: 'A message was larger than the server takes. Nothing of it was kept.' },
  malformed: { code: 4422, reason: 'A message could not be read. What was saved is safe: reload the page.' },
  /** Everything below lets the client return and send again what was not marked saved. */
  storeFailed: { code: 4500, reason: 'The server could not save. Nothing is lost: your words are sent again.' },
  notOpened: { code: 4504, reason: 'The server could not open this workshop. Nothing is lost: it is tried again.' },
  resynchronise: { code: 4501, reason: 'The connection starts over, to be sure that nothing is missing.' },
  stopping: { code: 4502, reason: 'The server is restarting. You are back in a moment.' },
  tooMuch: {
    code: 1013,
    reason: 'Too much was sent from here at once. Nothing that was saved is lost: it is tried again.',
  },
  tooSlow: { code: 4503, reason: 'This connection was too slow and starts over.' },
} as const
export type CloseName = keyof typeof CLOSE

/** The seat that opens stage and board as an observer, whatever else the cookie holds: the big screen's. */
export const SCREEN_SEAT = 'screen'

/** How often the server sends a clock message unasked, ms: y-websocket drops a server that is silent for 30 s. */
export const HEARTBEAT = 10_000

/** Why a command was refused: not this person's, overtaken by another, not possible here, or the workshop is closed. */
export const REPLY_CODES = ['forbidden', 'stale', 'invalid', 'closed'] as const
export type ReplyCode = (typeof REPLY_CODES)[number]

const doneShape = fields({ id: text, ok: oneOf(true) })
const notDoneShape = fields({ id: text, ok: oneOf(false), code: oneOf(...REPLY_CODES), message: text })

/** What the server answers to a command. A refusal says in one sentence what happened, what is safe, what to do. */
export type Reply = Shaped<typeof doneShape> | Shaped<typeof notDoneShape>

export const replyShape: Shape<Reply> = (value) => doneShape(value) ?? notDoneShape(value)

/**
 * Why an update was refused. The first three may happen to an honest client: the rules said no (a step, a lock), a
 * value or a text is past its limits, or a new entry lacks a part. Then what a slow or broken history may come to:
 * something between is missing, one key was written apart too often, it takes too long to judge, or judging failed.
 * The last ones no client of ours can cause.
 */
export const REFUSAL_CODES = [
  'forbidden',
  'invalid',
  'incomplete',
  'gap',
  'missing',
  'ambiguous',
  'too-big',
  'too-costly',
  'fault',
  'malformed',
  'foreign-client',
  'pre-delete',
  'unknown-root',
  'unknown-path',
  'wrong-kind',
  'bad-parent',
  'bad-origin',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

const refusalShape = fields({ code: oneOf(...REFUSAL_CODES), path: text, message: text })

/**
 * An update was refused; nothing of it was kept, and nothing more that this connection writes is taken. `path` is what
 * it wrote to, keys joined by `/`, or empty. `message` is for the person: what happened, what is safe, what to do.
 */
export type Refusal = Shaped<typeof refusalShape>

const own = {
  editing: orNull(fields({ id: idOf<NoteId>(), field: oneOf('text', 'firstStep', 'measure', 'due') })),
}

/** What a client may say of itself: the field that it has open. Everything else about it the server stamps. */
export const presenceShape = fields(own)
export type Presence = Shaped<typeof presenceShape>

/** What the server relays of a client: its presence and who it is, from the seat. */
export const stampedPresenceShape = fields({ ...own, person: idOf<PersonId>(), observer: bool })
export type StampedPresence = Shaped<typeof stampedPresenceShape>

function encodeJson(type: number, value: unknown): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, type)
  encoding.writeVarString(encoder, JSON.stringify(value))
  return encoding.toUint8Array(encoder)
}

/** Reads JSON after a message type. @throws if what is left is longer than `limit` bytes, is no JSON, or is more than that. */
export function decodeJson(decoder: decoding.Decoder, limit: number): unknown {
  if (decoder.arr.length - decoder.pos > limit) throw new Error('message too long')
  const value: unknown = JSON.parse(decoding.readVarString(decoder))
  if (decoding.hasContent(decoder)) throw new Error('message with trailing bytes')
  return value
}

export const encodeCommand = (command: Command): Uint8Array => encodeJson(MESSAGE.command, command)
export const encodeReply = (reply: Reply): Uint8Array => encodeJson(MESSAGE.reply, reply)
export const encodeRefusal = (refusal: Refusal): Uint8Array => encodeJson(MESSAGE.refusal, refusal)

function decodeShape<T>(decoder: decoding.Decoder, shape: Shape<T>): T {
  const read = shape(decodeJson(decoder, 4096))
  if (read === undefined) throw new Error('message of another shape')
  return read
}

/** Reads a reply after its message type. @throws if it is not one. */
export const decodeReply = (decoder: decoding.Decoder): Reply => decodeShape(decoder, replyShape)
/** Reads a refusal after its message type. @throws if it is not one. */
export const decodeRefusal = (decoder: decoding.Decoder): Refusal => decodeShape(decoder, refusalShape)

/** A saved-mark: `count` of this socket's update messages are durable. */
export function encodeSavedMark(count: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.savedMark)
  encoding.writeVarUint(encoder, count)
  return encoding.toUint8Array(encoder)
}

export const decodeSavedMark = (decoder: decoding.Decoder): number => decoding.readVarUint(decoder)

/** A clock message. @param asked the client's time that it answers, 0 when unasked. @param now absent in a question. */
export function encodeClock(asked: number, now?: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.clock)
  encoding.writeVarUint(encoder, Math.max(0, Math.round(asked)))
  if (now !== undefined) encoding.writeVarUint(encoder, Math.max(0, Math.round(now)))
  return encoding.toUint8Array(encoder)
}

/** Reads a clock message after its type: what was asked, and in an answer the server's time, ms since the epoch. */
export function decodeClock(decoder: decoding.Decoder): { asked: number; now: number | undefined } {
  const asked = decoding.readVarUint(decoder)
  return { asked, now: decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : undefined }
}
