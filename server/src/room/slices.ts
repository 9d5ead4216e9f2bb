import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/**
 * Structs that one turn of the event loop writes. Writing costs about a microsecond each on a slow machine, so a
 * turn stays far under 50 ms whatever the size of the document.
 */
const WRITES_PER_TURN = 8_000
/** Passing over a struct that the asker knows costs a fraction of writing it. */
const VISIT_COST = 0.1

type Struct = Y.Item | Y.GC

/** One client's part of an update while it is written. */
interface Section {
  readonly client: number
  /** First clock to write. */
  readonly from: number
  readonly encoder: Y.UpdateEncoderV1
  structs: number
  readonly deleted: { clock: number; length: number }[]
}

/**
 * Does what `Y.encodeStateAsUpdate(doc, known)` does, byte for byte, in slices: the caller runs the next one in a later
 * turn of the event loop. The document may change between two slices. What comes out then is everything that was there
 * at the first slice, in a form that may already lack what was deleted since; together with the updates made since the
 * first slice it is the document. So it may leave only after the commit that covers the moment of the last slice.
 *
 * It reads the struct store of Yjs 13.6 directly (hence the exact version), by clocks and never by places in the
 * store's arrays, since those are merged and split between two slices.
 * @param known what the asker has: the clock of each client.
 * @param writesPerSlice structs that one slice writes.
 */
export function* encodeInSlices(
  doc: Y.Doc,
  known: ReadonlyMap<number, number>,
  writesPerSlice = WRITES_PER_TURN,
): Generator<void, Uint8Array> {
  const { clients } = doc.store
  const ends = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => b - a)
  const sections: Section[] = []
  let spent = 0
  for (const [client, end] of ends) {
    const section: Section = {
      client,
      from: known.get(client) ?? 0,
      encoder: new Y.UpdateEncoderV1(),
      structs: 0,
      deleted: [],
    }
    sections.push(section)
    let clock = 0
    while (clock < end) {
      const structs = clients.get(client) ?? []
      for (let at = Y.findIndexSS(structs, clock); at < structs.length && clock < end; at++) {
        const struct = structs[at] as Struct
        spent += visit(section, struct, clock)
        clock = struct.id.clock + struct.length
        if (spent >= writesPerSlice) break
      }
      if (spent >= writesPerSlice) {
        spent = 0
        yield
      }
    }
  }
  return assemble(sections)
}

/** Takes one struct into the section, from a clock inside it on. @returns what that cost, in writes. */
function visit(section: Section, struct: Struct, clock: number): number {
  const end = struct.id.clock + struct.length
  if (struct.deleted) {
    const last = section.deleted.at(-1)
    if (last && last.clock + last.length === clock) last.length = end - last.clock
    else section.deleted.push({ clock, length: end - clock })
  }
  if (end <= section.from) return VISIT_COST
  const offset = Math.max(clock, section.from) - struct.id.clock
  if (section.structs === 0) writeHead(section, struct.id.clock + offset)
  section.structs++
  struct.write(section.encoder, offset)
  return 1
}

function writeHead(section: Section, clock: number): void {
  section.encoder.writeClient(section.client)
  encoding.writeVarUint(section.encoder.restEncoder, clock)
}

/** An update (V1) of the sections that hold something, and the delete set of all of them. */
function assemble(sections: readonly Section[]): Uint8Array {
  const { restEncoder } = new Y.UpdateEncoderV1()
  const written = sections.filter((section) => section.structs > 0)
  encoding.writeVarUint(restEncoder, written.length)
  for (const section of written) {
    encoding.writeVarUint(restEncoder, section.structs)
    encoding.writeUint8Array(restEncoder, encoding.toUint8Array(section.encoder.restEncoder))
  }
  const deleting = sections.filter((section) => section.deleted.length > 0)
  encoding.writeVarUint(restEncoder, deleting.length)
  for (const { client, deleted } of deleting) {
    encoding.writeVarUint(restEncoder, client)
    encoding.writeVarUint(restEncoder, deleted.length)
    for (const { clock, length } of deleted) {
      encoding.writeVarUint(restEncoder, clock)
      encoding.writeVarUint(restEncoder, length)
    }
  }
  return encoding.toUint8Array(restEncoder)
}
