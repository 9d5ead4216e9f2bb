import * as Y from 'yjs'

/** A document that has what another has, as somebody who loads it now. */
export function reloaded(doc: Y.Doc): Y.Doc {
  return loaded(doc, Y.encodeStateAsUpdate(doc))
}

/** A document with a state that is known already. @param like one with the same roots. */
export function loaded(like: Y.Doc, state: Uint8Array): Y.Doc {
  const copy = new Y.Doc({ guid: like.guid })
  for (const root of like.share.keys()) copy.getMap(root)
  Y.applyUpdate(copy, state, 'remote')
  return copy
}

/**
 * All that a document holds, as lines that are the same for two documents only if they agree on every unit of every list
 * and on every key: also on what is deleted, which decides where later words go.
 */
export function unitsOf(doc: Y.Doc): string {
  const lines: string[] = []
  for (const [name, root] of [...doc.share].sort(([a], [b]) => (a < b ? -1 : 1))) describe(name, root, lines)
  return lines.join('\n')
}

function describe(at: string, type: Y.AbstractType<Y.YEvent<Y.AbstractType<unknown>>>, lines: string[]): void {
  const units: string[] = []
  for (let item = type._start; item !== null; item = item.right)
    for (let n = 0; n < item.length; n++) units.push(`${item.id.client}.${item.id.clock + n}${item.deleted ? '-' : ''}`)
  if (units.length > 0) lines.push(`${at} ${units.join(' ')}`)
  for (const [key, item] of [...type._map].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { client, clock } = item.lastId
    lines.push(`${at}/${key} ${client}.${clock}${item.deleted ? '-' : ''}`)
    if (item.content instanceof Y.ContentType && !item.deleted) describe(`${at}/${key}`, item.content.type, lines)
  }
}

/** What is wrong with how the items of a document hang together; nothing where all is well. */
export function brokenLinks(doc: Y.Doc): readonly string[] {
  const broken: string[] = []
  for (const [client, structs] of doc.store.clients) {
    let clock = 0
    for (const struct of structs) {
      if (struct.id.clock !== clock || struct.length < 1) broken.push(`${client} at ${clock}`)
      clock = struct.id.clock + struct.length
      if (!(struct instanceof Y.Item)) continue
      const { left, right, parent, parentSub } = struct
      const name = `${client}.${struct.id.clock}`
      if ((left && left.right !== struct) || (right && right.left !== struct)) broken.push(`neighbours of ${name}`)
      if ([left, right].some((each) => each && (each.parent !== parent || each.parentSub !== parentSub)))
        broken.push(`list of ${name}`)
      if (parentSub !== null && !right && (parent as Y.AbstractType<unknown>)._map.get(parentSub) !== struct)
        broken.push(`key of ${name}`)
    }
  }
  return broken
}

/** What stands under each root. */
export type Json = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** What some roots of a document hold. */
export function readJson(doc: Y.Doc, roots: readonly string[]): Json {
  return Object.fromEntries(roots.map((root) => [root, doc.getMap(root).toJSON()]))
}

/** JSON whose keys are in order: documents keep theirs in the order in which they came. */
export function inOrder(json: unknown): string {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return JSON.stringify(json)
  const parts = Object.entries(json).map(([key, value]) => `${JSON.stringify(key)}:${inOrder(value)}`)
  return `{${parts.sort().join()}}`
}
