import * as Y from 'yjs'
import type { Clocks } from './clocks.ts'

/** Questions to the structs of two documents, the one of which holds all that the other holds. */

/** Whether a struct is beyond what is known: written later, or elsewhere. */
export function isBeyond(known: Clocks, { client, clock }: Y.ID): boolean {
  return clock >= (known.get(client) ?? 0)
}

/** The item that holds the value of a key of a map, replaced ones not among them. */
export function itemOf<T>(map: Y.Map<T> | undefined, key: string): Y.Item | undefined {
  return map?._map.get(key)
}

/**
 * The latest value of a key that an item replaced and that is known, following what it replaced itself.
 * @returns null where nothing known was replaced.
 */
export function replacedKnown(item: Y.Item, doc: Y.Doc, known: Clocks): Y.ID | null {
  let origin = item.origin
  while (origin && isBeyond(known, origin)) origin = originAt(doc, origin)
  return origin
}

/** Whether who wrote the value of a key knew an earlier value of it, following what each replaced. */
export function isWrittenAfter(item: Y.Item, earlier: Y.ID, doc: Y.Doc): boolean {
  for (let at: Y.ID | null = item.id; at; at = originAt(doc, at))
    // Replaced values of one tab may have become one item.
    if (at.client === earlier.client && at.clock >= earlier.clock && holds(itemAt(doc, at), earlier)) return true
  return false
}

function originAt(doc: Y.Doc, id: Y.ID): Y.ID | null {
  return itemAt(doc, id)?.origin ?? null
}

function itemAt(doc: Y.Doc, { client, clock }: Y.ID): Y.Item | undefined {
  const structs = doc.store.clients.get(client)
  const struct = structs?.[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item ? struct : undefined
}

/** Whether an item is, or ends with, the unit of an id. */
export function holds(item: Y.Item | undefined, id: Y.ID | null): boolean {
  if (!item || !id) return item === undefined && id === null
  return item.id.client === id.client && id.clock >= item.id.clock && id.clock < item.id.clock + item.length
}

/** The items of a text, deleted ones among them. */
export function* itemsOf(text: Y.Text | undefined): Iterable<Y.Item> {
  for (let item = text?._start ?? null; item !== null; item = item.right) yield item
}

/** Whether two maps hold something under a key that was not made by the same edit. */
export function madeTwice<T>(one: Y.Map<T> | undefined, other: Y.Map<T>, key: string): boolean {
  const [here, there] = [itemOf(one, key), itemOf(other, key)]
  return here !== undefined && there !== undefined && !Y.compareIDs(here.id, there.id)
}

/** The last unit of an item: its first may be older than something that was appended to it. */
export function lastOf({ id: { client, clock }, length }: Y.Item): Y.ID {
  return { client, clock: clock + length - 1 }
}
