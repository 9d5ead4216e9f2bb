import * as Y from 'yjs'
import type { Judge } from './judge.ts'
import { Refused } from './refusals.ts'
import { indexOf } from './resolve.ts'
import type { Deletion, Range, Section } from './structs.ts'
import type { Work } from './work.ts'

/**
 * What an update deletes that is not deleted yet. A whole document's deletions come with every resynchronisation, so
 * what is known costs no more than looking it up, and nothing of it is written again.
 */

/**
 * Goes through the parts of a range of known units that stand in the document, with the item that each is of, until it is
 * told to stop.
 * @returns whether it was.
 */
function findStanding(
  doc: Y.Doc,
  client: number,
  [from, to]: Range,
  stop: (item: Y.Item, from: number, to: number) => boolean,
): boolean {
  const structs = doc.store.clients.get(client)
  if (structs === undefined || from >= to) return false
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
    const struct = structs[index]
    if (struct === undefined || struct.id.clock >= to) return false
    if (!(struct instanceof Y.Item) || struct.deleted) continue
    if (stop(struct, Math.max(from, struct.id.clock), Math.min(to, struct.id.clock + struct.length))) return true
  }
  return false
}

/** Whether something of a range of units is unknown to the document, or stands in it. */
export function matters(doc: Y.Doc, client: number, range: Range): boolean {
  return range[1] > Y.getState(doc.store, client) || findStanding(doc, client, range, () => true)
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
export function judgeDeletions(
  doc: Y.Doc,
  deletions: readonly Deletion[],
  judge: Judge,
  work: Work,
): readonly Deletion[] {
  return deletions.flatMap(({ client, ranges }) => {
    const known = Y.getState(doc.store, client)
    const left: Range[] = []
    for (const [from, to] of ranges) {
      work.spend(10)
      findStanding(doc, client, [from, Math.min(to, known)], (item, start, end) => {
        judge.takeDeletion(item, end - start)
        left.push([start, end])
        return false
      })
      if (to > known) left.push([Math.max(from, known), to])
    }
    return left.length === 0 ? [] : [{ client, ranges: left }]
  })
}
