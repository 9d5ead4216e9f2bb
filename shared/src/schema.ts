import type * as Y from 'yjs'
import type { DocumentName } from './protocol.ts'

/** The version of each document's shapes. A document says its own under `about/schema`. */
export const SCHEMAS: Readonly<Record<DocumentName, number>> = { stage: 2, board: 1, notebook: 1, desk: 1 }

const ABOUT = 'about'

/**
 * The version that a document says it has; undefined for one that was never written. Only the stage's is the server's
 * word alone: whoever may write another document may write this too, so what must be right is asked of
 * {@link readSchemas}.
 */
export function readSchema(doc: Y.Doc): number | undefined {
  const version = doc.getMap(ABOUT).get('schema')
  return typeof version === 'number' ? version : undefined
}

/** The versions with which a workshop's documents were written last, as its stage says under `about/schemas`. */
export function readSchemas(stage: Y.Doc): Readonly<Partial<Record<DocumentName, number>>> {
  return stage.getMap<Partial<Record<DocumentName, number>>>(ABOUT).get('schemas') ?? {}
}

/** Stamps a document with the version of its shapes, and the stage with everyone's, in the server's hand. */
export function writeSchema(doc: Y.Doc, document: DocumentName, origin: unknown): void {
  const about = doc.getMap(ABOUT)
  const known = JSON.stringify(SCHEMAS)
  doc.transact(() => {
    if (about.get('schema') !== SCHEMAS[document]) about.set('schema', SCHEMAS[document])
    if (document === 'stage' && JSON.stringify(readSchemas(doc)) !== known) about.set('schemas', SCHEMAS)
  }, origin)
}
