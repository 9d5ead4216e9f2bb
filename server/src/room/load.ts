import type { WorkshopId } from '@quintet/shared/ids'
import type { DocumentName } from '@quintet/shared/protocol'
import { readSchema, SCHEMAS } from '@quintet/shared/schema'
import * as Y from 'yjs'
import type { DocumentKey, Store } from '../store/store.ts'

/** Thrown (as a rejection) when what is kept of a workshop cannot be opened. Nothing was changed. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/**
 * Loads a document completely [promise 6], one segment per turn of the event loop, so that a long history never blocks.
 * @throws {Unreadable} if its shapes are newer than this version knows, or if a part of it is missing.
 */
export async function loadDocument(
  store: Store,
  workshop: WorkshopId,
  name: DocumentName,
  key: DocumentKey,
): Promise<Y.Doc> {
  const doc = new Y.Doc()
  for await (const segment of store.load(workshop, key)) {
    Y.applyUpdate(doc, segment)
    await new Promise(setImmediate)
  }
  if (doc.store.pendingStructs || doc.store.pendingDs)
    throw new Unreadable(
      `The ${name} of workshop ${workshop} is incomplete on disk. Nothing was changed: restore the data folder from a backup.`,
    )
  const version = readSchema(doc) ?? 0
  if (version > SCHEMAS[name])
    throw new Unreadable(
      `The ${name} of workshop ${workshop} was written by a newer Quintet (shapes ${version}, known here ${SCHEMAS[name]}). ` +
        'Nothing was changed: start that version again.',
    )
  return doc
}
