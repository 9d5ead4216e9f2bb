import type { WorkshopId } from '@quintet/shared/ids'
import { DOCUMENT_NAMES, type DocumentName } from '@quintet/shared/protocol'
import { readSchema, readSchemas, SCHEMAS } from '@quintet/shared/schema'
import * as Y from 'yjs'
import { processorTime } from '../processorTime.ts'
import type { DocumentKey, Store } from '../store/store.ts'
import type { Payer } from './connected.ts'

/** Thrown (as a rejection) when what is kept of a workshop cannot be opened. Nothing was changed. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/**
 * Loads a document completely [promise 6], one segment per turn of the event loop, so that a long history never blocks.
 * The stage, which the server alone writes, says how new the shapes of all documents are.
 * @param spend hears what it takes of the processor, ms.
 * @throws {Unreadable} if they are newer than this version knows, or if a part of the document is missing.
 */
export async function loadDocument(
  store: Store,
  workshop: WorkshopId,
  name: DocumentName,
  key: DocumentKey,
  spend: Payer['spend'] = () => undefined,
): Promise<Y.Doc> {
  const doc = new Y.Doc()
  for await (const segment of store.load(workshop, key)) {
    spend(processorTime(() => Y.applyUpdate(doc, segment)))
    await new Promise(setImmediate)
  }
  if (doc.store.pendingStructs || doc.store.pendingDs)
    throw new Unreadable(
      `The ${name} of workshop ${workshop} is incomplete on disk. Nothing was changed: restore the data folder from a backup.`,
    )
  if (name === 'stage') refuseNewer(workshop, doc)
  return doc
}

function refuseNewer(workshop: WorkshopId, stage: Y.Doc): void {
  const written = { ...readSchemas(stage), stage: readSchema(stage) }
  for (const name of DOCUMENT_NAMES)
    if ((written[name] ?? 0) > SCHEMAS[name])
      throw new Unreadable(
        `The ${name} of workshop ${workshop} was written by a newer Quintet (shapes ${written[name]}, known here ${SCHEMAS[name]}). ` +
          'Nothing was changed: start that version again.',
      )
}
