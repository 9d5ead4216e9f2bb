import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  addDraft,
  bringBackDraft,
  carriesOn,
  carryOn,
  hangDraft,
  markChanging,
  readyDraft,
  removeDraft,
} from './draftEdits.ts'
import { EDIT, type Edit, type Inverse, rewrite, targetText, transact, writeText } from './edits.ts'
import { isId, type NoteId, type PersonId } from './ids.ts'
import { draftEntry, isSecret, readDraft, readDrafts } from './notebook.ts'

const nid = (id: string) => id as NoteId
const newDraft = (id: string, ready = false): Edit =>
  addDraft({
    id: nid(id),
    phase: 'actions',
    author: 'maren' as PersonId,
    at: 1,
    text: 'Words',
    order: 'a0',
    under: null,
    ready,
  })

function bookWith(...edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc()
  for (const edit of edits) edit(doc)
  return doc
}

function done(doc: Y.Doc, edit: Edit): Inverse {
  const inverse = edit(doc)
  if (!inverse) throw new Error('The edit had no effect')
  return inverse
}

const draft = (doc: Y.Doc, id = 'd1') => readDraft(id, draftEntry(doc, id))

function write(doc: Y.Doc, words: string): void {
  const text = targetText(doc, { of: 'draft', id: nid('d1') })
  if (text) writeText(text, { at: text.length, remove: 0, insert: words })
}

function sends(doc: Y.Doc, act: () => void): unknown[] {
  const origins: unknown[] = []
  const listen = (_: Uint8Array, origin: unknown) => origins.push(origin)
  doc.on('update', listen)
  act()
  doc.off('update', listen)
  return origins
}

const filled = () => bookWith(newDraft('d1'), newDraft('gone'), removeDraft(nid('gone')))

const EDITS: readonly (readonly [string, Edit])[] = [
  ['add', newDraft('d2')],
  ['ready', readyDraft(nid('d1'), true)],
  ['remove', removeDraft(nid('d1'))],
  ['bring back', bringBackDraft(nid('gone'))],
  ['hang', hangDraft(nid('d1'), nid('n1'))],
  ['write', rewrite({ of: 'draft', id: nid('d1') }, 'Words', 'Other words')],
]

describe.each(EDITS)('the edit of a draft: %s', (name, edit) => {
  it('is one transaction of our own origin', () => {
    const doc = filled()
    expect(sends(doc, () => edit(doc))).toEqual([EDIT])
  })

  it('writes nothing when it changes nothing, or where there is no such draft', () => {
    const doc = filled()
    edit(doc)
    expect(sends(doc, () => expect(edit(doc)).toBeNull())).toEqual([])
    const empty = new Y.Doc()
    if (name !== 'add') expect(sends(empty, () => expect(edit(empty)).toBeNull())).toEqual([])
  })

  it('is taken back by its inverse, and done again by the inverse of that', () => {
    const doc = filled()
    const standing = () => readDrafts(doc).filter((each) => !each.removed)
    const before = standing()
    const inverse = done(doc, edit)
    const after = standing()
    expect(after).not.toEqual(before)
    const again = done(doc, inverse.apply)
    expect(standing()).toEqual(before)
    const back = done(doc, again.apply)
    expect(standing()).toEqual(after)
    expect(inverse.apply(doc)).not.toBeNull()
    expect(back.apply(doc)).toBeNull()
  })

  it('does nothing once the draft was shared, and neither does taking it back', () => {
    const doc = filled()
    const inverse = done(doc, edit)
    for (const id of ['d1', 'd2', 'gone']) draftEntry(doc, id)?.set('became', `n-${id}`)
    const before = readDrafts(doc)
    expect(sends(doc, () => expect([inverse.apply(doc), edit(doc)]).toEqual([null, null]))).toEqual([])
    expect(readDrafts(doc)).toEqual(before)
    const fresh = filled()
    for (const id of ['d1', 'd2', 'gone']) draftEntry(fresh, id)?.set('became', `n-${id}`)
    if (name !== 'add') expect(sends(fresh, () => expect(edit(fresh)).toBeNull())).toEqual([])
  })
})

describe('a draft', () => {
  it('is written whole, is a secret, and is ready only when that is said', () => {
    expect(draft(bookWith(newDraft('d1')))).toEqual({
      id: 'd1',
      phase: 'actions',
      author: 'maren',
      at: 1,
      text: 'Words',
      group: null,
      order: 'a0',
      under: null,
      removed: false,
      ready: false,
      became: null,
    })
    expect(draft(bookWith(newDraft('d1', true)))?.ready).toBe(true)
    expect(readDrafts(bookWith(newDraft('d1'))).every(isSecret)).toBe(true)
  })

  it('is no secret once it was removed or shared', () => {
    const doc = filled()
    expect(draft(doc, 'gone')).toMatchObject({ removed: true })
    expect(
      readDrafts(doc)
        .filter(isSecret)
        .map(({ id }) => id),
    ).toEqual(['d1'])
    draftEntry(doc, 'd1')?.set('became', 'n1')
    expect(readDrafts(doc).filter(isSecret)).toEqual([])
  })

  it('that was begun is not taken back once words were written in it', () => {
    const doc = new Y.Doc()
    const inverse = done(doc, newDraft('d1'))
    write(doc, ' and more')
    expect(sends(doc, () => expect(inverse.apply(doc)).toBeNull())).toEqual([])
    expect(draft(doc)).toMatchObject({ text: 'Words and more', removed: false })
  })

  it('is not begun twice under one id', () => {
    const doc = bookWith(newDraft('d1'))
    write(doc, '!')
    expect(newDraft('d1')(doc)).toBeNull()
    expect(draft(doc)?.text).toBe('Words!')
  })

  it('that is written and made ready on two devices at once keeps the words of both', () => {
    const [phone, laptop] = [filled(), new Y.Doc()]
    Y.applyUpdate(laptop, Y.encodeStateAsUpdate(phone))
    write(phone, ' phone')
    write(laptop, ' laptop')
    readyDraft(nid('d1'), true)(laptop)
    Y.applyUpdate(phone, Y.encodeStateAsUpdate(laptop))
    Y.applyUpdate(laptop, Y.encodeStateAsUpdate(phone))
    expect(draft(phone)).toEqual(draft(laptop))
    expect(draft(phone)).toMatchObject({ ready: true })
    expect(draft(phone)?.text).toMatch(/^Words( phone laptop| laptop phone)$/)
  })
})

/** Both learn what the other did. */
function merge(one: Y.Doc, other: Y.Doc): void {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
}

const secrets = (doc: Y.Doc) => readDrafts(doc).filter(isSecret)

describe('a draft that was being rewritten when it was shared', () => {
  /** Ines rewrites offline what the server shares meanwhile. */
  function rewritten(id = 'd1') {
    const [ines, server] = [bookWith(newDraft(id, true)), new Y.Doc()]
    merge(ines, server)
    const text = targetText(ines, { of: 'draft', id: nid(id) })
    if (!text) throw new Error('There is no such draft.')
    const type = (words: string) =>
      transact(ines, () => {
        markChanging(ines, nid(id))
        text.insert(text.length, words)
      })
    type(', other ones')
    draftEntry(server, id)?.set('became', 'n1')
    merge(ines, server)
    return { ines, server, type }
  }

  it('is not ready from the first letter on, in one update with it', () => {
    const doc = bookWith(newDraft('d1', true))
    const origins = sends(doc, () =>
      transact(doc, () => {
        markChanging(doc, nid('d1'))
        write(doc, '!')
      }),
    )
    expect(origins).toHaveLength(1)
    expect(draft(doc)).toMatchObject({ text: 'Words!', ready: false })
  })

  it('goes on as a secret with the new words, and is settled, in one update', () => {
    const { ines } = rewritten()
    const before = draft(ines)
    expect(sends(ines, () => carryOn(nid('d1'), 'Words')(ines))).toEqual([EDIT])
    expect(draft(ines)).toEqual({ ...before, ready: true })
    expect(secrets(ines)).toEqual([{ ...before, id: 'd1-2', text: 'Words, other ones', ready: false, became: null }])
    expect(sends(ines, () => expect(carryOn(nid('d1'), 'Words')(ines)).toBeNull())).toEqual([])
  })

  it('goes on once when two tabs do it', () => {
    const { ines, server: tab } = rewritten()
    carryOn(nid('d1'))(ines)
    carryOn(nid('d1'))(tab)
    merge(ines, tab)
    for (const doc of [ines, tab]) expect(secrets(doc).map(({ text }) => text)).toEqual(['Words, other ones'])
  })

  it('takes along what an input method still brings', () => {
    const { ines, type } = rewritten()
    carryOn(nid('d1'))(ines)
    type(' still')
    carryOn(nid('d1'))(ines)
    expect(secrets(ines).map(({ id, text }) => [id, text])).toEqual([['d1-2', 'Words, other ones still']])
  })

  it.each([
    ['is ready', (doc: Y.Doc) => void readyDraft(nid('d1-2'), true)(doc)],
    ['was removed', (doc: Y.Doc) => void removeDraft(nid('d1-2'))(doc)],
    ['was shared', (doc: Y.Doc) => void draftEntry(doc, 'd1-2')?.set('became', 'n2')],
    [
      'has other words',
      (doc: Y.Doc) => void rewrite({ of: 'draft', id: nid('d1-2') }, 'Words, other ones', 'Mine')(doc),
    ],
  ])('leaves the carried one as it is where that %s', (_, change) => {
    const { ines, type } = rewritten()
    carryOn(nid('d1'))(ines)
    change(ines)
    const before = draft(ines, 'd1-2')
    type('!')
    carryOn(nid('d1'))(ines)
    expect(draft(ines, 'd1-2')).toEqual(before)
    expect(draft(ines, 'd1-3')).toMatchObject({ text: 'Words, other ones!', ready: false, became: null })
  })

  it('is only settled where the wall has its words, or where it has none', () => {
    const { ines } = rewritten()
    carryOn(nid('d1'), 'Words, other ones')(ines)
    expect(secrets(ines)).toEqual([])
    expect(draft(ines)?.ready).toBe(true)
    const empty = rewritten().ines
    const text = targetText(empty, { of: 'draft', id: nid('d1') })
    text?.delete(0, text.length)
    carryOn(nid('d1'), 'Words')(empty)
    expect(secrets(empty)).toEqual([])
  })

  it('has an id that an id may be, however long its own is', () => {
    const id = 'x'.repeat(40)
    const { ines } = rewritten(id)
    carryOn(nid(id))(ines)
    const carried = secrets(ines).map((each) => each.id)
    expect(carried.filter(isId)).toHaveLength(1)
    expect(carried.map((each) => carriesOn(each, nid(id)))).toEqual([true])
    expect([
      carriesOn(nid('d1-2'), nid('d1')),
      carriesOn(nid('d1'), nid('d1')),
      carriesOn(nid('d2-2'), nid('d1')),
    ]).toEqual([true, false, false])
  })

  it('is nothing to carry on while it is a secret, or once it was removed', () => {
    const doc = filled()
    expect(sends(doc, () => expect(carryOn(nid('d1'))(doc)).toBeNull())).toEqual([])
    draftEntry(doc, 'gone')?.set('became', 'n1')
    expect(sends(doc, () => expect(carryOn(nid('gone'))(doc)).toBeNull())).toEqual([])
  })
})
