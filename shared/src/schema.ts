import type * as Y from 'yjs'
import type { DocumentName } from './protocol.ts'

/** The version of each document's shapes. A document says its own under `about/schema`. */
export const SCHEMAS: Readonly<Record<DocumentName, number>> = { stage: 1, board: 1, notebook: 1, desk: 1 }

const ABOUT = 'about'

/** The version that a document carries; undefined for one that was never written. */
export function readSchema(doc: Y.Doc): number | undefined {
  const version = doc.getMap(ABOUT).get('schema')
  return typeof version === 'number' ? version : undefined
}

/** Stamps a document with the version of its shapes: the server's hand alone does this. */
export function writeSchema(doc: Y.Doc, document: DocumentName, origin: unknown): void {
  if (readSchema(doc) === SCHEMAS[document]) return
  doc.transact(() => doc.getMap(ABOUT).set('schema', SCHEMAS[document]), origin)
}
