import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Decoder } from './decode.ts'
import { encode } from './encode.ts'
import { Reader } from './reader.ts'
import { Refused } from './refusals.ts'
import type { Deletion, Section, Struct } from './structs.ts'

/** All that an update says, read in parts of a size. */
function read(update: Uint8Array, part = Number.POSITIVE_INFINITY): { sections: Section[]; deletions: Deletion[] } {
  const sections: Section[] = []
  const deletions: Deletion[] = []
  const decoder = new Decoder(new Reader(update), {
    knows: () => false,
    struct: (struct: Struct) => {
      const section = sections.find(({ client }) => client === struct.id.client)
      if (section) section.structs.push(struct)
      else sections.push({ client: struct.id.client, structs: [struct], placed: 0 })
    },
    deletion: (deletion) => deletions.push(deletion),
  })
  while (!decoder.read(part));
  return { sections, deletions }
}

const anew = (update: Uint8Array, part?: number) => {
  const { sections, deletions } = read(update, part)
  return encode(sections, deletions)
}

const step = fc.record({
  who: fc.nat(2),
  what: fc.constantFrom('insert', 'delete', 'value', 'map', 'text', 'exchange'),
  at: fc.nat(30),
  words: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  value: fc.oneof(fc.integer(), fc.string(), fc.constantFrom(null, true, [null, 'a0'], { person: 'x' })),
})

/** Three documents in which somebody wrote, and now and then heard of the others. */
function play(steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]): readonly Y.Doc[] {
  const docs = [1, 2, 3].map((client) => Object.assign(new Y.Doc(), { clientID: client * 1_000_003 }))
  for (const { who, what, at, words, value } of steps) {
    const doc = docs[who] ?? new Y.Doc()
    const notes = doc.getMap('notes')
    const text = doc.getText('words')
    if (what === 'insert') text.insert(at % (text.length + 1), words)
    else if (what === 'delete') text.delete(at % (text.length + 1), Math.min(3, text.length - (at % (text.length + 1))))
    else if (what === 'value') notes.set(`k${at % 5}`, value)
    else if (what === 'map') notes.set(`m${at % 3}`, new Y.Map([['phase', words]]))
    else if (what === 'text') notes.set(`t${at % 3}`, new Y.Text(words))
    else for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)))
  }
  return docs
}

const steps = fc.array(step, { minLength: 1, maxLength: 40 })

describe('decoding and encoding', () => {
  it('gives something of which Yjs makes the same, byte by byte, however it was read', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (all, part) => {
        for (const doc of play(all)) {
          const update = Y.encodeStateAsUpdate(doc)
          expect(anew(update, part)).toEqual(anew(update))
          const copy = new Y.Doc()
          Y.applyUpdate(copy, anew(update))
          expect(Y.encodeStateAsUpdate(copy)).toEqual(update)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives something that means the same for the updates of single edits, which begin in the middle', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const updates: Uint8Array[] = []
        const [doc = new Y.Doc()] = play(all)
        const copy = new Y.Doc()
        Y.applyUpdate(copy, anew(Y.encodeStateAsUpdate(doc)))
        doc.on('update', (update) => updates.push(update))
        doc.getText('words').insert(0, 'more')
        doc.getMap('notes').set('k1', 5)
        for (const update of updates) Y.applyUpdate(copy, anew(update))
        expect(Y.encodeStateAsUpdate(copy)).toEqual(Y.encodeStateAsUpdate(doc))
      }),
      { numRuns: 30 },
    )
  })

  it('refuses an update that was cut, grew, or had a byte changed, or reads it; and never fails otherwise', () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.nat(255), (all, where, byte) => {
        const [doc = new Y.Doc()] = play(all)
        const update = Y.encodeStateAsUpdate(doc)
        const at = where % update.length
        expect(() => read(update.subarray(0, at))).toThrow(Refused)
        expect(() => read(Uint8Array.from([...update, byte]))).toThrow(Refused)
        try {
          read(update.with(at, byte))
        } catch (error) {
          expect(error).toBeInstanceOf(Refused)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('writes an update of its own each time', () => {
    const doc = new Y.Doc()
    doc.getText('words').insert(0, 'x'.repeat(100_000))
    const update = Y.encodeStateAsUpdate(doc)
    const first = anew(update)
    doc.getText('words').insert(0, 'other')
    anew(Y.encodeStateAsUpdate(doc))
    expect(first).toEqual(update)
  })

  it.each([
    ['no number of sections', [], 'malformed'],
    ['a section without structs', [1, 0, 7, 0, 0], 'malformed'],
    ['two sections of one client', [2, 1, 7, 0, 0, 1, 1, 7, 1, 0, 1, 0], 'malformed'],
    ['a struct of no kind', [1, 1, 7, 0, 11, 1, 0], 'malformed'],
    ['a gap by name', [1, 1, 7, 0, 10, 5, 0], 'gap'],
    ['a gap by name with flags', [1, 1, 7, 0, 42, 5, 0], 'gap'],
    ['something gone with flags', [1, 1, 7, 0, 128, 5, 0], 'malformed'],
    ['something gone of no length', [1, 1, 7, 0, 0, 0, 0], 'malformed'],
    ['a list', [1, 1, 7, 0, 7, 1, 1, 97, 0, 0], 'wrong-kind'],
    ['bytes', [1, 1, 7, 0, 3, 1, 1, 97, 1, 0, 0], 'wrong-kind'],
    ['a document in a document', [1, 1, 7, 0, 9, 1, 1, 97, 1, 98, 118, 0, 0], 'wrong-kind'],
    ['a text of no letters', [1, 1, 7, 0, 4, 1, 1, 97, 0, 0], 'malformed'],
    ['a neighbour that it is itself', [1, 1, 7, 5, 132, 7, 5, 1, 97, 0], 'malformed'],
    ['a parent that comes later', [1, 1, 7, 5, 4, 0, 7, 6, 1, 97, 0], 'malformed'],
    ['a parent of neither kind', [1, 1, 7, 5, 4, 2, 1, 97, 1, 97, 0], 'malformed'],
    ['ranges out of order', [0, 1, 7, 2, 5, 1, 3, 1], 'malformed'],
    ['ranges of one client twice', [0, 2, 7, 1, 5, 1, 7, 1, 8, 1], 'malformed'],
    ['a client without ranges', [0, 1, 7, 0], 'malformed'],
    ['a range of nothing', [0, 1, 7, 1, 5, 0], 'malformed'],
    ['bytes behind its end', [0, 0, 0], 'malformed'],
  ])('refuses %s', (_, bytes, code) => {
    expect(() => read(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code }))
  })
})
