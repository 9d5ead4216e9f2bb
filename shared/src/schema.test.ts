import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DOCUMENT_NAMES } from './protocol.ts'
import { readSchema, readSchemas, SCHEMAS, writeSchema } from './schema.ts'

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

  it('is that of all documents on the stage alone, and is written again when it was another', () => {
    const [stage, board] = [new Y.Doc(), new Y.Doc()]
    writeSchema(stage, 'stage', 'server')
    writeSchema(board, 'board', 'server')
    expect(readSchemas(stage)).toEqual(SCHEMAS)
    expect(readSchemas(board)).toEqual({})
    stage.getMap('about').set('schemas', { board: 0 })
    writeSchema(stage, 'stage', 'server')
    expect(readSchemas(stage)).toEqual(SCHEMAS)
  })

  it.each([2, '1', 12n, null])('is put right where somebody wrote %s', (value) => {
    const doc = new Y.Doc()
    doc.getMap('about').set('schema', value)
    writeSchema(doc, 'board', 'server')
    expect(readSchema(doc)).toBe(SCHEMAS.board)
  })

  it('is not read from what is no number', () => {
    const doc = new Y.Doc()
    doc.getMap('about').set('schema', '1')
    expect(readSchema(doc)).toBeUndefined()
  })
})
