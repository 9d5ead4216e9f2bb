import type { Reader } from './reader.ts'
import { Refused } from './refusals.ts'
import { type Content, type Deletion, type Id, type Range, Struct } from './structs.ts'

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

/** Reads an update part by part, so that a large one need not be read in one turn. */
export class Decoder {
  readonly #reader: Reader
  readonly #taker: Taker
  #writers: Set<number> | undefined
  #deleters: Set<number> | undefined
  /** Sections that are left to be begun; undefined until their number was read. */
  #writing: number | undefined
  #deleting: number | undefined
  /** Structs or ranges that are left of the section that was begun. */
  #left = 0
  #client = 0
  #clock = 0
  #ranges: Range[] = []
  #most = MOST_RANGES

  constructor(reader: Reader, taker: Taker) {
    this.#reader = reader
    this.#taker = taker
  }

  /**
   * Reads on.
   * @param most structs and ranges to read, fewer where they are long.
   * @returns whether the end was reached.
   * @throws {Refused} where it is malformed or brings what has no place in our documents.
   */
  read(most: number): boolean {
    const until = this.#reader.at + most * LONG
    for (let parts = 0; parts < most && this.#reader.at < until; parts++) if (!this.#readPart()) return true
    return false
  }

  /** @returns false at the end. */
  #readPart(): boolean {
    this.#writing ??= this.#reader.count(4)
    if (this.#deleting === undefined) {
      if (this.#left === 0 && this.#writing > 0) this.#beginStructs()
      if (this.#left > 0) {
        this.#readStruct()
        return true
      }
      this.#deleting = this.#reader.count(2)
    }
    if (this.#deleting === 0 && this.#left === 0) {
      if (this.#reader.left > 0) throw new Refused('malformed')
      return false
    }
    if (this.#left === 0) this.#beginRanges(this.#deleting)
    if (this.#left > 0) this.#readRange()
    return true
  }

  #beginStructs(): void {
    const reader = this.#reader
    this.#writing = (this.#writing ?? 0) - 1
    this.#left = reader.count(2)
    this.#client = reader.client()
    // Most updates are of one client, and need no list of them.
    if (this.#writing > 0) this.#writers ??= new Set()
    once(this.#writers, this.#client)
    this.#clock = reader.clock()
    if (this.#left === 0) throw new Refused('malformed')
  }

  #readStruct(): void {
    const struct = readStruct(this.#reader, this.#client, this.#clock)
    this.#clock = struct.end
    this.#left--
    if (!this.#taker.knows(this.#client, struct.end)) this.#taker.struct(struct)
  }

  #beginRanges(sections: number): void {
    const reader = this.#reader
    this.#deleting = sections - 1
    this.#client = reader.client()
    if (this.#deleting > 0) this.#deleters ??= new Set()
    once(this.#deleters, this.#client)
    this.#left = reader.count(2)
    this.#most -= this.#left
    if (this.#most < 0) throw new Refused('too-big')
    if (this.#left === 0) throw new Refused('malformed')
    this.#ranges = []
    this.#taker.deletion({ client: this.#client, ranges: this.#ranges })
  }

  #readRange(): void {
    this.#ranges.push(readRange(this.#reader, this.#ranges.at(-1)?.[1] ?? 0))
    this.#left--
  }
}

/** Bytes that one part has on the average when it counts as more than one. */
const LONG = 16

/** A client has one section: of two, Yjs would take the last. */
function once(clients: Set<number> | undefined, client: number): void {
  if (clients?.has(client)) throw new Refused('malformed')
  clients?.add(client)
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
  if (isLater(origin, id) || isLater(rightOrigin, id)) throw new Refused('malformed')
  const struct = new Struct(id, 0, origin, rightOrigin, null)
  if (origin === null && rightOrigin === null) readParent(reader, struct, (info & KEY) !== 0)
  readContent(reader, struct, kind)
  return struct
}

/** Whether a unit is one that its client had not written yet. */
function isLater(unit: Id | null, than: Id): boolean {
  return unit !== null && unit.client === than.client && unit.clock >= than.clock
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
      return { is: 'values', values: readValues(reader) }
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

function readValues(reader: Reader): readonly unknown[] {
  const values: unknown[] = []
  for (let left = reader.count(1); left > 0; left--) values.push(reader.value())
  return values
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
