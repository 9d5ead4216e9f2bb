import * as Y from 'yjs'
import { Decoder, type Taker } from './decode.ts'
import { matters } from './deletions.ts'
import { Reader } from './reader.ts'
import { Refused } from './refusals.ts'
import type { Deletion, Range, Section, Struct } from './structs.ts'

/** New structs that one update may bring: past this it would only fail later, at the limit of work. */
const MOST_STRUCTS = 100_000
/**
 * An update as far as it is news to the document: what the document has already is dropped as it is read. That only ever
 * becomes more, so it can be done in parts, and what was dropped stays dropped.
 */
export class Update implements Taker {
  readonly #doc: Y.Doc
  readonly #decoder: Decoder
  readonly #sections: Section[] = []
  #structs = 0
  #deletions: Deletion[] = []
  /** Where dropping known deletions is: the client, and how many of its ranges were looked at. */
  #dropping = 0
  #looked = 0
  #kept: Range[] = []
  #last = -1
  #known = 0

  constructor(doc: Y.Doc, bytes: Uint8Array) {
    this.#doc = doc
    this.#decoder = new Decoder(new Reader(bytes), this)
  }

  /** Reads on. @param most structs and ranges. @returns whether the end was reached. @throws {Refused} */
  read(most: number): boolean {
    return this.#decoder.read(most)
  }

  /** Drops deletions that are known. @param most ranges to look at. @returns whether all were. */
  drop(most: number): boolean {
    for (let looked = 0; looked < most; looked++) {
      const deletion = this.#deletions[this.#dropping]
      if (deletion === undefined) return true
      const range = deletion.ranges[this.#looked++]
      if (range === undefined) {
        this.#deletions[this.#dropping++] = { client: deletion.client, ranges: this.#kept }
        this.#looked = 0
        this.#kept = []
      } else if (matters(this.#doc, deletion.client, range)) this.#kept.push(range)
    }
    return false
  }

  knows(client: number, end: number): boolean {
    if (client !== this.#last) {
      this.#last = client
      this.#known = Y.getState(this.#doc.store, client)
    }
    return end <= this.#known
  }

  struct(struct: Struct): void {
    if (++this.#structs > MOST_STRUCTS) throw new Refused('too-costly')
    const { client } = struct.id
    const section = this.#sections.at(-1)
    if (section?.client === client) section.structs.push(struct)
    else this.#sections.push({ client, structs: [struct], placed: 0 })
  }

  deletion(deletion: Deletion): void {
    this.#deletions.push(deletion)
  }

  /** What it deletes, of which the document may know some. */
  get deletions(): readonly Deletion[] {
    return this.#deletions
  }

  /** The structs that the document lacks now. A client that wrote on another way meanwhile may have made some known. */
  sections(): readonly Section[] {
    const sections: Section[] = []
    for (const { client, structs } of this.#sections) {
      const known = Y.getState(this.#doc.store, client)
      const from = firstPast(structs, known)
      if (from < 0) continue
      const left = from === 0 ? structs : structs.slice(from)
      const [first] = left
      if (first && first.id.clock < known) first.cut(known - first.id.clock)
      sections.push({ client, structs: left, placed: 0 })
    }
    return sections
  }
}

/** Where the first struct is that ends past a clock; -1 where none does. */
function firstPast(structs: readonly Struct[], clock: number): number {
  for (let index = 0; index < structs.length; index++) if ((structs[index]?.end ?? 0) > clock) return index
  return -1
}
