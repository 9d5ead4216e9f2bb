import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DOCUMENT_NAMES } from './protocol.ts'
import { readSchema, SCHEMAS, writeSchema } from './schema.ts'

describe('the version of a document’s shapes', () => {
  it.each(DOCUMENT_NAMES)('is stamped once on %s', (name) => {
    const doc = new Y.Doc()
    let updates = 0
    doc.on('update', () => updates++)
    expect(readSchema(doc)).toBeUndefined()
    writeSchema(doc, name, 'server')
    writeSchema(doc, name, 'server')
    expect(readSchema(doc)).toBe(SCHEMAS[name])
    expect(updates).toBe(1)
  })

  it('is not read from what is no number', () => {
    const doc = new Y.Doc()
    doc.getMap('about').set('schema', '1')
    expect(readSchema(doc)).toBeUndefined()
  })
})
