import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Stretch, settle } from './settle.ts'
import { type Id, sameId } from './structs.ts'
import { Work } from './work.ts'

const letter = fc.record({ who: fc.nat(5), at: fc.nat(12), hears: fc.nat(7) })

const itemsOf = (doc: Y.Doc) => {
  const items: Y.Item[] = []
  for (let item = doc.getText('words')._start; item !== null; item = item.right) items.push(item)
  return items
}

/** The letters of a document, each by itself. */
const stretchesOf = (doc: Y.Doc): readonly (Stretch & { readonly id: Id })[] =>
  itemsOf(doc).flatMap((item) =>
    Array.from({ length: item.length }, (_, unit) => {
      const id = { client: item.id.client, clock: item.id.clock + unit }
      const origin = unit === 0 ? item.origin : { ...id, clock: id.clock - 1 }
      return { id, client: id.client, origin, rightOrigin: item.rightOrigin, has: (of: Id) => sameId(of, id) }
    }),
  )

it('a letter goes where Yjs puts it, whatever others wrote there meanwhile', () => {
  let crowded = 0
  const play = (letters: readonly { who: number; at: number; hears: number }[]) => {
    const docs = Array.from({ length: 6 }, (_, who) => Object.assign(new Y.Doc(), { clientID: 10 + who }))
    const sent: Uint8Array[] = []
    for (const { who, at, hears } of letters) {
      const doc = docs[who] ?? new Y.Doc()
      const heard = docs[hears]
      if (heard) Y.applyUpdate(doc, Y.encodeStateAsUpdate(heard))
      const known = Y.encodeStateVector(doc)
      const text = doc.getText('words')
      text.insert(at % (text.length + 1), 'x')
      sent.push(Y.encodeStateAsUpdate(doc, known))
    }
    const server = new Y.Doc()
    for (const update of sent) {
      const before = stretchesOf(server)
      Y.applyUpdate(server, update)
      const after = stretchesOf(server)
      const come = after.filter(({ id }) => !before.some((each) => sameId(each.id, id)))
      const [only] = come
      if (come.length !== 1 || only === undefined) continue
      const from = before.findIndex(({ id }) => sameId(id, only.origin)) + 1
      const to = only.rightOrigin === null ? before.length : before.findIndex(({ id }) => sameId(id, only.rightOrigin))
      const between = before.slice(from, to)
      if (between.length > 1) crowded++
      const settled = settle({ ...only, length: 1 }, between, new Work())
      expect(from + settled).toBe(after.findIndex(({ id }) => sameId(id, only.id)))
    }
  }
  fc.assert(fc.property(fc.array(letter, { minLength: 2, maxLength: 30 }), play), { numRuns: 200 })
  expect(crowded).toBeGreaterThan(50)
})
