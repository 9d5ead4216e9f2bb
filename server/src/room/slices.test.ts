import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeInSlices } from './slices.ts'

/** What one of several people does to a document. */
type Act =
  | { readonly kind: 'insert'; readonly by: number; readonly at: number; readonly text: string }
  | { readonly kind: 'delete'; readonly by: number; readonly at: number; readonly length: number }
  | { readonly kind: 'set'; readonly by: number; readonly key: string }
  | { readonly kind: 'drop'; readonly by: number; readonly key: string }

const by = fc.integer({ min: 1, max: 4 })
const key = fc.constantFrom('a', 'b', 'c')
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('insert'), by, at: fc.nat(40), text: fc.string({ minLength: 1, maxLength: 6 }) }),
  fc.record({ kind: fc.constant('delete'), by, at: fc.nat(40), length: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('set'), by, key }),
  fc.record({ kind: fc.constant('drop'), by, key }),
)
const acts = fc.array(act, { maxLength: 60 })

function play(doc: Y.Doc, story: readonly Act[]): void {
  const text = doc.getText('text')
  const map = doc.getMap<Y.Text>('map')
  for (const each of story) {
    doc.clientID = each.by
    if (each.kind === 'insert') text.insert(Math.min(each.at, text.length), each.text)
    else if (each.kind === 'delete')
      text.delete(Math.min(each.at, text.length), Math.min(each.length, text.length - Math.min(each.at, text.length)))
    else if (each.kind === 'set') map.set(each.key, new Y.Text('words'))
    else map.delete(each.key)
  }
}

const run = (slices: Generator<void, Uint8Array>, between: () => void = () => undefined): Uint8Array => {
  for (;;) {
    const slice = slices.next()
    if (slice.done) return slice.value
    between()
  }
}

const contentOf = (doc: Y.Doc) => ({ text: doc.getText('text').toString(), map: doc.getMap('map').toJSON() })

describe('encoding in slices', () => {
  test('is byte for byte what Yjs encodes, from any state, in slices of any size', () => {
    fc.assert(
      fc.property(acts, fc.nat(60), fc.integer({ min: 1, max: 9 }), (story, known, perSlice) => {
        const doc = new Y.Doc()
        play(doc, story.slice(0, known))
        const vector = Y.encodeStateVector(doc)
        play(doc, story.slice(known))
        expect(run(encodeInSlices(doc, new Map(), perSlice))).toEqual(Y.encodeStateAsUpdate(doc))
        const diff = run(encodeInSlices(doc, Y.decodeStateVector(vector), perSlice))
        expect(diff).toEqual(Y.encodeStateAsUpdate(doc, vector))
      }),
    )
  })

  test('with what was applied meanwhile it is the whole document, however the document changed between two slices', () => {
    fc.assert(
      fc.property(acts, fc.array(fc.array(act, { maxLength: 4 }), { maxLength: 30 }), (before, meanwhile) => {
        const doc = new Y.Doc()
        play(doc, before)
        const since: Uint8Array[] = []
        doc.on('update', (update: Uint8Array) => since.push(update))
        const turns = [...meanwhile]
        const answer = run(encodeInSlices(doc, new Map(), 1), () => play(doc, turns.shift() ?? []))
        const newcomer = new Y.Doc()
        Y.applyUpdate(newcomer, answer)
        for (const update of since) Y.applyUpdate(newcomer, update)
        expect(newcomer.store.pendingStructs).toBeNull()
        expect(newcomer.store.pendingDs).toBeNull()
        expect(contentOf(newcomer)).toEqual(contentOf(doc))
        expect(Y.encodeStateVector(newcomer)).toEqual(Y.encodeStateVector(doc))
      }),
      { numRuns: 300 },
    )
  })
})
