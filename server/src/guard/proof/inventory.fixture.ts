import * as Y from 'yjs'
import type { Chance } from '../../testing/seeded.ts'
import type { Unit } from './bytes.fixture.ts'
import type { Guarded } from './scene.fixture.ts'

/** All that an attacker can aim at in a document, as everybody who reads it knows it. */
export interface Inventory {
  /** The texts, each with its units in their order, the deleted ones too. */
  readonly texts: readonly { readonly parent: Unit; readonly units: readonly Unit[] }[]
  /** The keys of all maps, each with the units that were written there, the latest last. */
  readonly keys: readonly { readonly parent: string | Unit; readonly key: string; readonly units: readonly Unit[] }[]
  /** The roots and the units that are types. */
  readonly types: readonly (string | Unit)[]
  /** How far the clock of each client is. */
  readonly clocks: ReadonlyMap<number, number>
}

/** What somebody hostile knows and has at hand. */
export interface Stance {
  readonly chance: Chance
  readonly document: Guarded
  /** The attacker's own client ids, bound to them. */
  readonly own: readonly [number, number]
  readonly person: string
  readonly stock: Inventory
  /** Updates that honest clients wrote. */
  readonly honest: readonly Uint8Array[]
}

/** Takes stock of a document. */
export function takeStock(doc: Y.Doc): Inventory {
  const stock = { texts: [], keys: [], types: [] as (string | Unit)[], clocks: new Map<number, number>() }
  for (const [name, root] of doc.share) {
    stock.types.push(name)
    visit(name, root, stock)
  }
  for (const client of doc.store.clients.keys()) stock.clocks.set(client, Y.getState(doc.store, client))
  return stock
}

interface Stock {
  readonly texts: { parent: Unit; units: Unit[] }[]
  readonly keys: { parent: string | Unit; key: string; units: Unit[] }[]
  readonly types: (string | Unit)[]
}

function visit(parent: string | Unit, type: Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>, stock: Stock): void {
  const units: Unit[] = []
  for (let item = type._start; item !== null; item = item.right)
    for (let n = 0; n < item.length; n++) units.push({ client: item.id.client, clock: item.id.clock + n })
  if (typeof parent === 'object' && type instanceof Y.Text) stock.texts.push({ parent, units })
  for (const [key, last] of type._map) {
    const written: Unit[] = []
    for (let item: Y.Item | null = last; item !== null; item = item.left) written.unshift(item.lastId)
    stock.keys.push({ parent, key, units: written })
    if (!(last.content instanceof Y.ContentType)) continue
    stock.types.push(last.id)
    if (!last.deleted) visit(last.id, last.content.type, stock)
  }
}
