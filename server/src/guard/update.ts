import * as Y from 'yjs'
import { decode } from './decode.ts'
import { matters } from './deletions.ts'
import { Reader } from './reader.ts'
import { Refused } from './refusals.ts'
import type { Deletion, Range, Section, Struct } from './structs.ts'

/** New structs that one update may bring: past this it would only fail later, at the limit of work. */
const MOST_STRUCTS = 100_000
/** Deleted ranges that are looked up between two pauses. */
const PART = 4_000

/**
 * An update as far as it is news to the document: what the document has already is dropped as it is read. That only ever
 * becomes more, so it can be done in parts, and what was dropped stays dropped.
 */
export class Update {
  readonly #doc: Y.Doc
  readonly #bytes: Uint8Array
  readonly #sections = new Map<number, Section>()
  #structs = 0
  #deletions: Deletion[] = []

  constructor(doc: Y.Doc, bytes: Uint8Array) {
    this.#doc = doc
    this.#bytes = bytes
  }

  /** Reads it, with pauses. @throws {Refused} */
  *read(): Generator<void, void, void> {
    const { store } = this.#doc
    let last = -1
    let known = 0
    yield* decode(new Reader(this.#bytes), {
      knows: (client, end) => {
        if (client !== last) {
          last = client
          known = Y.getState(store, client)
        }
        return end <= known
      },
      struct: (struct) => this.#keep(struct),
      deletion: (deletion) => this.#deletions.push(deletion),
    })
  }

  /** Drops the deletions that are known, with pauses. */
  *drop(): Generator<void, void, void> {
    let looked = 0
    const left: Deletion[] = []
    for (const { client, ranges } of this.#deletions) {
      const matter: Range[] = []
      for (const range of ranges) {
        if (matters(this.#doc, client, range)) matter.push(range)
        if (++looked % PART === 0) yield
      }
      if (matter.length > 0) left.push({ client, ranges: matter })
    }
    this.#deletions = left
  }

  /** What it deletes, of which the document may know some. */
  get deletions(): readonly Deletion[] {
    return this.#deletions
  }

  /** The structs that the document lacks now. @throws {Refused} `gap` where there are others between. */
  sections(): readonly Section[] {
    const sections: Section[] = []
    for (const { client, structs } of this.#sections.values()) {
      const known = Y.getState(this.#doc.store, client)
      const from = structs.findIndex(({ end }) => end > known)
      const left = from <= 0 ? structs : structs.slice(from)
      const [first] = left
      if (from < 0 || first === undefined) continue
      if (first.id.clock > known) throw new Refused('gap')
      if (first.id.clock < known) first.cut(known - first.id.clock)
      sections.push({ client, structs: left, placed: 0 })
    }
    return sections
  }

  #keep(struct: Struct): void {
    if (++this.#structs > MOST_STRUCTS) throw new Refused('too-costly')
    const { client } = struct.id
    const section = this.#sections.get(client)
    if (section) section.structs.push(struct)
    else this.#sections.set(client, { client, structs: [struct], placed: 0 })
  }
}
