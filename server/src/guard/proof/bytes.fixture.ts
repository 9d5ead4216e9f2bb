import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/**
 * A writer of Yjs updates (V1), for updates that no Yjs client would write. It checks nothing: what an attacker can spell, it
 * can spell. With it comes a reader that takes an honest update apart, so that it can be put together otherwise.
 */

/** One unit of a history: the clock counts characters of a text, values, types. */
export interface Unit {
  readonly client: number
  readonly clock: number
}

export type Content =
  | { readonly is: 'gc' | 'deleted' | 'skip'; readonly length: number }
  | { readonly is: 'string'; readonly text: string }
  | { readonly is: 'any'; readonly values: readonly unknown[] }
  /** @property type 0 array, 1 map, 2 text, 3 element of a `name`, 4 fragment, 5 hook of a `name`, 6 XML text. */
  | { readonly is: 'type'; readonly type: number; readonly name?: string }
  | { readonly is: 'raw'; readonly ref: number; readonly bytes: Uint8Array; readonly length: number }

/** One struct. Its parent and key are written only where it has neither neighbour, as the format says. */
export interface Struct {
  readonly origin?: Unit | undefined
  readonly right?: Unit | undefined
  /** The name of a root, or the unit that is a type. */
  readonly parent?: string | Unit | undefined
  readonly key?: string | undefined
  readonly content: Content
  /** Further bits of its first byte. */
  readonly flags?: number
}

export interface Section {
  readonly client: number
  readonly clock: number
  readonly structs: readonly Struct[]
  /** How many structs it claims to have, where that is another number. */
  readonly claims?: number
}

export type Range = readonly [clock: number, length: number]

export interface Deletion {
  readonly client: number
  readonly ranges: readonly Range[]
}

export interface Parts {
  readonly sections: readonly Section[]
  readonly deletions: readonly Deletion[]
}

const REF = { gc: 0, deleted: 1, string: 4, type: 7, any: 8, skip: 10 } as const

/** How far a content moves its client's clock. */
export function lengthOf(content: Content): number {
  switch (content.is) {
    case 'gc':
    case 'deleted':
    case 'skip':
    case 'raw':
      return content.length
    case 'string':
      return content.text.length
    case 'any':
      return content.values.length
    case 'type':
      return 1
  }
}

/** Spells an update. @param rest bytes after its end. */
export function spellUpdate({ sections, deletions }: Parts, rest: readonly number[] = []): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, sections.length)
  for (const { client, clock, structs, claims } of sections) {
    encoding.writeVarUint(encoder, claims ?? structs.length)
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    for (const struct of structs) spellStruct(encoder, struct)
  }
  encoding.writeVarUint(encoder, deletions.length)
  for (const { client, ranges } of deletions) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, ranges.length)
    for (const [clock, length] of ranges) {
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarUint(encoder, length)
    }
  }
  for (const byte of rest) encoding.writeUint8(encoder, byte)
  return encoding.toUint8Array(encoder)
}

function spellStruct(encoder: encoding.Encoder, struct: Struct): void {
  const { origin, right, parent, key, content, flags = 0 } = struct
  const ref = content.is === 'raw' ? content.ref : REF[content.is]
  if (content.is === 'gc' || content.is === 'skip') {
    // These have neither neighbours nor a place.
    encoding.writeUint8(encoder, ref | flags)
    spellContent(encoder, content)
    return
  }
  encoding.writeUint8(encoder, ref | (origin ? 128 : 0) | (right ? 64 : 0) | (key === undefined ? 0 : 32) | flags)
  if (origin) spellUnit(encoder, origin)
  if (right) spellUnit(encoder, right)
  if (!origin && !right) {
    encoding.writeVarUint(encoder, typeof parent === 'object' ? 0 : 1)
    if (typeof parent === 'object') spellUnit(encoder, parent)
    else encoding.writeVarString(encoder, parent ?? '')
    if (key !== undefined) encoding.writeVarString(encoder, key)
  }
  spellContent(encoder, content)
}

function spellContent(encoder: encoding.Encoder, content: Content): void {
  switch (content.is) {
    case 'gc':
    case 'skip':
    case 'deleted':
      encoding.writeVarUint(encoder, content.length)
      return
    case 'string':
      encoding.writeVarString(encoder, content.text)
      return
    case 'any':
      encoding.writeVarUint(encoder, content.values.length)
      for (const value of content.values) encoding.writeAny(encoder, value as encoding.AnyEncodable)
      return
    case 'type':
      encoding.writeVarUint(encoder, content.type)
      if (content.name !== undefined) encoding.writeVarString(encoder, content.name)
      return
    case 'raw':
      encoding.writeUint8Array(encoder, content.bytes)
      return
  }
}

function spellUnit(encoder: encoding.Encoder, { client, clock }: Unit): void {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}

/** Takes an honest update apart. */
export function takeApart(update: Uint8Array): Parts {
  const { structs, ds } = Y.decodeUpdate(update)
  const sections = new Map<number, Section & { readonly structs: Struct[] }>()
  for (const struct of structs) {
    const { client, clock } = struct.id
    let section = sections.get(client)
    if (!section) {
      section = { client, clock, structs: [] }
      sections.set(client, section)
    }
    section.structs.push(partOf(struct))
  }
  const deletions = [...ds.clients].map(([client, ranges]) => ({
    client,
    ranges: ranges.map(({ clock, len }): Range => [clock, len]),
  }))
  return { sections: [...sections.values()], deletions }
}

function partOf(struct: Y.Item | Y.GC | Y.Skip): Struct {
  if (struct instanceof Y.GC) return { content: { is: 'gc', length: struct.length } }
  if (!(struct instanceof Y.Item)) return { content: { is: 'skip', length: struct.length } }
  // While an update is only decoded, the parent is what was written: a name, an id, or nothing.
  const parent = struct.parent as unknown as string | Unit | null
  return {
    origin: struct.origin ?? undefined,
    right: struct.rightOrigin ?? undefined,
    parent: parent ?? undefined,
    key: struct.parentSub ?? undefined,
    content: contentOf(struct),
  }
}

function contentOf({ content, length }: Y.Item): Content {
  if (content instanceof Y.ContentString) return { is: 'string', text: content.str }
  if (content instanceof Y.ContentAny) return { is: 'any', values: content.arr }
  if (content instanceof Y.ContentType) return { is: 'type', type: content.type instanceof Y.Map ? 1 : 2 }
  return { is: 'deleted', length }
}

/** Every way in which content is spelled that no document of ours has. */
export const STRANGE_CONTENT: Readonly<Record<string, Content>> = {
  json: raw(2, 1, (encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, '"x"')
  }),
  binary: raw(3, 1, (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([1, 2, 3]))),
  embed: raw(5, 1, (encoder) => encoding.writeVarString(encoder, '{"image":"x"}')),
  format: raw(6, 1, (encoder) => {
    encoding.writeVarString(encoder, 'bold')
    encoding.writeVarString(encoder, 'true')
  }),
  subdocument: raw(9, 1, (encoder) => {
    encoding.writeVarString(encoder, 'other-room')
    encoding.writeAny(encoder, { autoLoad: true, gc: false })
  }),
  array: { is: 'type', type: 0 },
  element: { is: 'type', type: 3, name: 'script' },
  fragment: { is: 'type', type: 4 },
  hook: { is: 'type', type: 5, name: 'hook' },
  xmlText: { is: 'type', type: 6 },
}

function raw(ref: number, length: number, spell: (encoder: encoding.Encoder) => void): Content {
  return { is: 'raw', ref, length, bytes: encoding.encode(spell) }
}
