import * as Y from 'yjs'
import type { Judge } from './judge.ts'
import { Refused } from './refusals.ts'
import { indexOf } from './resolve.ts'
import type { Deletion, Range, Section } from './structs.ts'

/**
 * What an update deletes that is not deleted yet. A whole document's deletions come with every resynchronisation, so
 * what is known costs no more than looking it up, and nothing of it is written again.
 */

/** The parts of a range of known units that stand in the document, with the item that each part is of. */
export function* standing(doc: Y.Doc, client: number, [from, to]: Range): Generator<readonly [Y.Item, Range]> {
  const structs = doc.store.clients.get(client)
  if (structs === undefined || from >= to) return
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock >= to) return
    if (struct instanceof Y.Item && !struct.deleted)
      yield [struct, [Math.max(from, struct.id.clock), Math.min(to, struct.id.clock + struct.length)]]
  }
}

/** Whether something of a range of units is unknown to the document, or stands in it. */
export function matters(doc: Y.Doc, client: number, range: Range): boolean {
  const known = Y.getState(doc.store, client)
  return range[1] > known || standing(doc, client, range).next().done !== true
}

/**
 * Marks the structs of an update that it deletes itself, before they are judged.
 * @throws {Refused} `pre-delete` where it deletes what nobody wrote yet.
 */
export function markOwn(doc: Y.Doc, sections: readonly Section[], deletions: readonly Deletion[]): void {
  for (const { client, ranges } of deletions) {
    const known = Y.getState(doc.store, client)
    const section = sections.find((each) => each.client === client)
    for (const [from, to] of ranges) if (to > known) markRange(section, [Math.max(from, known), to])
  }
}

function markRange(section: Section | undefined, [from, to]: Range): void {
  const last = section?.structs.at(-1)
  if (section === undefined || last === undefined || to > last.end) throw new Refused('pre-delete')
  for (let index = indexOf(section, from); index < section.structs.length; index++) {
    const struct = section.structs[index]
    if (struct === undefined || struct.id.clock >= to) return
    struct.deletedUnits += Math.min(to, struct.end) - Math.max(from, struct.id.clock)
    if (to >= struct.end) struct.isLastDeleted = true
  }
}

/** Has every deletion judged, after all structs. @returns what is left of them to be written. */
export function judgeDeletions(doc: Y.Doc, deletions: readonly Deletion[], judge: Judge): readonly Deletion[] {
  return deletions.flatMap(({ client, ranges }) => {
    const known = Y.getState(doc.store, client)
    const left: Range[] = []
    for (const [from, to] of ranges) {
      for (const [item, part] of standing(doc, client, [from, Math.min(to, known)])) {
        judge.takeDeletion(item, part[1] - part[0])
        left.push(part)
      }
      if (to > known) left.push([Math.max(from, known), to])
    }
    return left.length === 0 ? [] : [{ client, ranges: left }]
  })
}
