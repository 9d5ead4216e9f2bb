import { Refused } from './refusals.ts'
import type { Id } from './structs.ts'

/** Clocks and client ids past these are no client's of ours: Yjs draws 32 bits for an id. */
const MOST_CLOCK = 2 ** 31
const MOST_CLIENT = 2 ** 32
/** Bytes of a key, and of a string inside a value. What may stand in a value is far shorter. */
const MOST_KEY = 256
const MOST_STRING = 4096
/** How deep a value nests, and how many parts a list or record of it has. */
const MOST_DEPTH = 4
const MOST_PARTS = 100

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Reads the parts that V1 updates of Yjs consist of, and nothing past their end. Everything @throws {Refused} at the first byte that is not one. */
export class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Bytes that were read. */
  get at(): number {
    return this.#at
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new Refused('malformed')
    this.#at++
    return byte
  }

  /** A number of 7 bits in each byte, the lowest first (lib0's varUint), up to 2^53. */
  uint(): number {
    let value = 0
    for (let factor = 1; factor < 2 ** 53; factor *= 128) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) return value <= Number.MAX_SAFE_INTEGER ? value : refuse()
    }
    return refuse()
  }

  /** How many parts follow, each of at least so many bytes: a count that the rest cannot hold asks for no memory. */
  count(bytesEach: number): number {
    const count = this.uint()
    if (count * bytesEach > this.left) throw new Refused('too-big')
    return count
  }

  client(): number {
    const client = this.uint()
    return client < MOST_CLIENT ? client : refuse()
  }

  /** A clock from which so many units follow. */
  clock(): number {
    const clock = this.uint()
    return clock < MOST_CLOCK ? clock : refuse()
  }

  /** At least one unit, and no more than clocks can count. */
  length(from: number): number {
    const length = this.uint()
    return length > 0 && from + length < MOST_CLOCK ? length : refuse()
  }

  id(): Id {
    const client = this.client()
    return { client, clock: this.clock() }
  }

  key(): string {
    return this.text(MOST_KEY)
  }

  /** @param most bytes. */
  text(most = Number.POSITIVE_INFINITY): string {
    const length = this.uint()
    if (length > this.left) throw new Refused('malformed')
    if (length > most) throw new Refused('too-big')
    const start = this.#at
    this.#at += length
    return (length <= 48 ? ascii(this.#bytes, start, length) : undefined) ?? utf8(this.#bytes, start, length)
  }

  /** A plain value as JSON knows it (lib0's any): no big integers, bytes, undefined, NaN or endless numbers. */
  value(depth = 0): unknown {
    if (depth > MOST_DEPTH) throw new Refused('malformed')
    const type = this.byte()
    switch (type) {
      case 126:
        return null
      case 125:
        return this.#int()
      case 124:
        return finite(this.#view(4).getFloat32(0))
      case 123:
        return finite(this.#view(8).getFloat64(0))
      case 121:
        return false
      case 120:
        return true
      case 119:
        return this.text(MOST_STRING)
      case 118:
        return this.#record(depth)
      case 117:
        return this.#list(depth)
      default:
        return refuse()
    }
  }

  /** Like {@link uint} with the sign in the second bit (lib0's varInt). There is no -0. */
  #int(): number {
    const first = this.byte()
    let value = first & 63
    if (first >= 128) {
      for (let factor = 64; ; factor *= 128) {
        if (factor >= 2 ** 53) return refuse()
        const byte = this.byte()
        value += (byte & 127) * factor
        if (byte < 128) break
      }
    }
    if (value > Number.MAX_SAFE_INTEGER) return refuse()
    return (first & 64) !== 0 && value !== 0 ? -value : value
  }

  #view(bytes: number): DataView {
    if (bytes > this.left) throw new Refused('malformed')
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + this.#at, bytes)
    this.#at += bytes
    return view
  }

  #list(depth: number): unknown[] {
    const length = this.count(1)
    if (length > MOST_PARTS) throw new Refused('malformed')
    const list: unknown[] = []
    for (let index = 0; index < length; index++) list.push(this.value(depth + 1))
    return list
  }

  #record(depth: number): Record<string, unknown> {
    const length = this.count(2)
    if (length > MOST_PARTS) throw new Refused('malformed')
    const record: Record<string, unknown> = {}
    for (let index = 0; index < length; index++) {
      const key = this.key()
      if (RESERVED.has(key) || Object.hasOwn(record, key)) throw new Refused('malformed')
      record[key] = this.value(depth + 1)
    }
    return record
  }
}

const refuse = (): never => {
  throw new Refused('malformed')
}

const finite = (value: number) => (Number.isFinite(value) ? value + 0 : refuse())

/** Short strings are mostly ASCII, and starting the platform's decoder for them costs more than all else. */
function ascii(bytes: Uint8Array, start: number, length: number): string | undefined {
  let text = ''
  for (let index = start; index < start + length; index++) {
    const byte = bytes[index] ?? 128
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}

function utf8(bytes: Uint8Array, start: number, length: number): string {
  try {
    return decoder.decode(bytes.subarray(start, start + length))
  } catch {
    return refuse()
  }
}
