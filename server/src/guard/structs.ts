import type { Place } from './places.ts'
import { Refused } from './refusals.ts'

/** Names one unit of a document: a letter of a text, or a value. Units of one client count up from 0. */
export interface Id {
  readonly client: number
  readonly clock: number
}

/** What a struct brings. Nothing else is ever read, and so nothing else is ever written into a document. */
export type Content =
  | { readonly is: 'deleted' }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'values'; readonly values: readonly unknown[] }
  | { readonly is: 'type'; readonly type: 'map' | 'text' }

/** A run of units, of an update or of the document: Yjs's items have these fields as well. */
export interface Holder {
  readonly id: Id
  /** Units. */
  readonly length: number
  /** The unit that stood before it when it was written; null at the beginning. */
  readonly origin: Id | null
  /** The unit that stood behind it; null at the end. */
  readonly rightOrigin: Id | null
}

/** One struct of an update: first as it was read, then with what is known of where it stands. */
export class Struct implements Holder {
  id: Id
  length: number
  origin: Id | null
  readonly rightOrigin: Id | null
  /** The root that it stands in; only where it has no neighbour. */
  root: string | null = null
  /** The entry or text that it stands in; only where it has no neighbour. */
  parent: Id | null = null
  /** The key of the map that it stands in; where it has a neighbour, the neighbour's. */
  key: string | null = null
  /** Null where nothing but its length is kept: its place is gone. */
  content: Content | null
  /** Where it stands, once that is known; null in what is gone. */
  place: Place | null = null
  /** Its neighbours, once they are known. */
  left: Holder | null = null
  right: Holder | null = null
  /** What is inside of a map or text that it brings, once something asked. */
  inside: Place | null = null
  /** Units of it that the same update deletes, and whether the last is one of them. */
  deletedUnits = 0
  isLastDeleted = false

  constructor(id: Id, length: number, origin: Id | null, rightOrigin: Id | null, content: Content | null) {
    this.id = id
    this.length = length
    this.origin = origin
    this.rightOrigin = rightOrigin
    this.content = content
  }

  /** The clock behind its last unit. */
  get end(): number {
    return this.id.clock + this.length
  }

  /** Whether it brings a value that is still there when the update was applied. */
  get stays(): boolean {
    return this.content !== null && this.content.is !== 'deleted' && !this.isLastDeleted
  }

  /** Its place is gone: Yjs would keep nothing but its length as well. */
  bury(): void {
    this.content = null
  }

  /** Cuts units off its beginning that are known. @param units fewer than it has. @throws {Refused} inside a letter. */
  cut(units: number): void {
    const { client, clock } = this.id
    this.id = { client, clock: clock + units }
    this.length -= units
    if (this.content === null) return
    if (this.content.is === 'text') this.content = { is: 'text', text: withoutStart(this.content.text, units) }
    if (this.content.is === 'values') this.content = { is: 'values', values: this.content.values.slice(units) }
    this.origin = { client, clock: clock + units - 1 }
    this.root = null
    this.parent = null
    this.key = null
  }
}

function withoutStart(text: string, units: number): string {
  const last = text.charCodeAt(units - 1)
  if (last >= 0xd800 && last <= 0xdbff) throw new Refused('malformed')
  return text.slice(units)
}

/** Whether two ids name the same unit, or both the edge. */
export function sameId(a: Id | null, b: Id | null): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
}

/** The id of a holder's last unit. */
export function isLastOf(holder: Holder, id: Id): boolean {
  return id.client === holder.id.client && id.clock === holder.id.clock + holder.length - 1
}

/** The new structs of one client, in order. */
export interface Section {
  readonly client: number
  readonly structs: Struct[]
  /** How many of them have their place. */
  placed: number
}

/** Units of one client that an update deletes: from, and the clock behind the last. */
export type Range = readonly [from: number, to: number]

/** What an update deletes of one client's units. */
export interface Deletion {
  readonly client: number
  readonly ranges: readonly Range[]
}
