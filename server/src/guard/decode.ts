import type { Reader } from './reader.ts'
import { Refused } from './refusals.ts'
import { type Content, type Deletion, type Range, Struct } from './structs.ts'

/**
 * The V1 update format of Yjs 13, read strictly: sections of structs, one for each client, then what is deleted. Nothing
 * is created while reading, every count is held against the bytes that are left, and nothing may stand behind the end.
 */

/** The kinds of content by the number that stands for them in the format; others have no place in our documents. */
const CONTENT = { gone: 0, deleted: 1, text: 4, type: 7, values: 8, skip: 10 } as const
/** The kinds of shared types, likewise. */
const TYPE = { map: 1, text: 2 } as const
const ORIGIN = 128
const RIGHT_ORIGIN = 64
const KEY = 32

/** Deleted ranges that the largest honest board comes to, several times over. */
const MOST_RANGES = 400_000

/** Takes what an update says, as it is read. */
export interface Taker {
  /** Whether structs of a client up to a clock are known, and so are of no interest. */
  knows(client: number, end: number): boolean
  struct(struct: Struct): void
  deletion(deletion: Deletion): void
}

/** How much is read between two pauses: structs or ranges. */
const PART = 2_000

/**
 * Reads an update part by part, so that a large one need not be read in one turn.
 * @throws {Refused} where it is malformed or brings what has no place in our documents.
 */
export function* decode(reader: Reader, taker: Taker): Generator<void, void, void> {
  const pace = new Pace()
  yield* readSections(reader, taker, pace)
  yield* readDeletions(reader, taker, pace)
  if (reader.left > 0) throw new Refused('malformed')
}

function* readSections(reader: Reader, taker: Taker, pace: Pace): Generator<void, void, void> {
  const sections = reader.count(4)
  const clients = new Set<number>()
  for (let section = 0; section < sections; section++) {
    const structs = reader.count(2)
    const client = once(clients, reader.client())
    let clock = reader.clock()
    if (structs === 0) throw new Refused('malformed')
    for (let index = 0; index < structs; index++) {
      const struct = readStruct(reader, client, clock)
      clock = struct.end
      if (!taker.knows(client, clock)) taker.struct(struct)
      if (pace.isDue(reader)) yield
    }
  }
}

function* readDeletions(reader: Reader, taker: Taker, pace: Pace): Generator<void, void, void> {
  const sections = reader.count(2)
  const clients = new Set<number>()
  let most = MOST_RANGES
  for (let section = 0; section < sections; section++) {
    const client = once(clients, reader.client())
    const ranges: Range[] = []
    const count = reader.count(2)
    most -= count
    if (most < 0) throw new Refused('too-big')
    for (let index = 0; index < count; index++) {
      ranges.push(readRange(reader, ranges.at(-1)?.[1] ?? 0))
      if (pace.isDue(reader)) yield
    }
    taker.deletion({ client, ranges })
  }
}

/** When it is time for a pause: after so many parts, or as many bytes as they have when they are long. */
class Pace {
  #parts = 0
  #from = 0

  isDue(reader: Reader): boolean {
    if (++this.#parts < PART && reader.at - this.#from < PART * 16) return false
    this.#parts = 0
    this.#from = reader.at
    return true
  }
}

/** A client has one section: of two, Yjs would take the last. */
function once(clients: Set<number>, client: number): number {
  if (clients.has(client)) throw new Refused('malformed')
  clients.add(client)
  return client
}

/** Yjs writes ranges in order, so one that begins before the last ended comes from nobody honest. */
function readRange(reader: Reader, after: number): Range {
  const from = reader.clock()
  if (from < after) throw new Refused('malformed')
  return [from, from + reader.length(from)]
}

function readStruct(reader: Reader, client: number, clock: number): Struct {
  const id = { client, clock }
  const info = reader.byte()
  const kind = info & 31
  if (kind === CONTENT.skip) throw new Refused('gap')
  if (kind === CONTENT.gone) {
    if (info !== CONTENT.gone) throw new Refused('malformed')
    return new Struct(id, reader.length(clock), null, null, null)
  }
  const origin = (info & ORIGIN) === 0 ? null : reader.id()
  const rightOrigin = (info & RIGHT_ORIGIN) === 0 ? null : reader.id()
  // Yjs would throw halfway, with the first structs applied.
  for (const neighbour of [origin, rightOrigin])
    if (neighbour?.client === client && neighbour.clock >= clock) throw new Refused('malformed')
  const struct = new Struct(id, 0, origin, rightOrigin, null)
  if (origin === null && rightOrigin === null) readParent(reader, struct, (info & KEY) !== 0)
  readContent(reader, struct, kind)
  return struct
}

function readParent(reader: Reader, struct: Struct, hasKey: boolean): void {
  const isRoot = reader.uint()
  if (isRoot > 1) throw new Refused('malformed')
  if (isRoot === 1) struct.root = reader.key()
  else {
    struct.parent = reader.id()
    if (struct.parent.client === struct.id.client && struct.parent.clock >= struct.id.clock)
      throw new Refused('malformed')
  }
  if (hasKey) struct.key = reader.key()
}

function readContent(reader: Reader, struct: Struct, kind: number): void {
  const { clock } = struct.id
  if (kind === CONTENT.deleted) {
    struct.length = reader.length(clock)
    struct.content = { is: 'deleted' }
    return
  }
  struct.content = contentOf(reader, kind)
  struct.length = lengthOf(struct.content)
  if (struct.length === 0 || clock + struct.length >= 2 ** 31) throw new Refused('malformed')
}

function contentOf(reader: Reader, kind: number): Content {
  switch (kind) {
    case CONTENT.text:
      return { is: 'text', text: reader.text() }
    case CONTENT.values:
      return { is: 'values', values: Array.from({ length: reader.count(1) }, () => reader.value()) }
    case CONTENT.type: {
      const type = reader.uint()
      if (type === TYPE.map) return { is: 'type', type: 'map' }
      if (type === TYPE.text) return { is: 'type', type: 'text' }
      throw new Refused('wrong-kind')
    }
    default:
      // Old JSON, bytes, embeds, formats, documents in documents; and numbers that mean nothing.
      throw new Refused(kind < CONTENT.skip ? 'wrong-kind' : 'malformed')
  }
}

function lengthOf(content: Content): number {
  switch (content.is) {
    case 'text':
      return content.text.length
    case 'values':
      return content.values.length
    case 'deleted':
    case 'type':
      return 1
  }
}
