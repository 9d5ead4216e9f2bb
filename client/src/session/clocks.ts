import * as Y from 'yjs'

/** How much of each Yjs client is known: a state vector, read. */
export type Clocks = ReadonlyMap<number, number>

/** How much of each client a document holds. */
export function clocksOf(doc: Y.Doc): Clocks {
  return Y.decodeStateVector(Y.encodeStateVector(doc))
}

/** What two state vectors both hold. */
export function least(a: Clocks, b: Clocks): Clocks {
  return new Map([...a].map(([client, clock]) => [client, Math.min(clock, b.get(client) ?? 0)]))
}

/** The clients of which `mine` holds more than `theirs`. */
export function clientsBeyond(mine: Clocks, theirs: Clocks): readonly number[] {
  return [...mine].flatMap(([client, clock]) => (clock > (theirs.get(client) ?? 0) ? client : []))
}

/**
 * An answer to what another document lacks, without what some clients wrote.
 * @param has what the other document holds.
 * @param without the clients that are left out. Nothing of the others' may build on them.
 */
export function answerWithout(doc: Y.Doc, has: Clocks, without: readonly number[]): Uint8Array {
  const all = clocksOf(doc)
  const leftOut = new Map(without.map((client) => [client, all.get(client) ?? 0]))
  const part = new Y.Doc()
  Y.applyUpdate(part, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(leftOut)))
  // What needs theirs, such as deleting it, has to wait with it.
  part.store.pendingDs = null
  part.store.pendingStructs = null
  return Y.encodeStateAsUpdate(part, Y.encodeStateVector(new Map(has)))
}
