import { boardRoot, readBoard, wallOf } from '@quintet/shared/board'
import { addDraft, type NewDraft } from '@quintet/shared/draftEdits'
import { addNote, removeNote } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { drafts, readDrafts } from '@quintet/shared/notebook'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { chanceFor } from '../testing/seeded.ts'
import type { Book } from './book.ts'
import { fitting, type Landing, land, readyDrafts } from './reveal.ts'
import type { Random } from './shuffle.ts'

const chance = chanceFor('reveal')
const random: Random = (bytes) => Uint8Array.from({ length: bytes }, () => chance.below(256))
const LANDING: Landing = { phase: 'principles', at: 5_000, anonymous: false, random, hand: 'hand' }

const draft = (id: string, more: Partial<NewDraft> = {}) =>
  addDraft({
    id: id as NoteId,
    phase: 'principles',
    author: 'person-9' as PersonId,
    at: 1,
    text: `words of ${id}`,
    order: 'a5',
    under: null,
    ready: true,
    ...more,
  })

function book(person: string, ...edits: readonly ReturnType<typeof addDraft>[]): Book {
  const doc = new Y.Doc()
  for (const edit of edits) edit(doc)
  return { person: person as PersonId, doc }
}

const reveal = (board: Y.Doc, books: readonly Book[], landing = LANDING) =>
  land(board, readyDrafts(books, landing.phase), landing)
const notesOf = (board: Y.Doc) => [...readBoard(board).notes.values()]

describe('a reveal', () => {
  test('takes the drafts of its phase that are ready, secret and have words, in their owners’ names', () => {
    const board = new Y.Doc()
    addNote({ id: 'p1' as NoteId, phase: 'ideal', author: null, at: 1, text: 'above', order: 'a', under: null })(board)
    const one = book(
      'person-1',
      draft('d1', { under: 'p1' as NoteId }),
      draft('typed', { ready: false }),
      draft('empty', { text: ' \n' }),
      draft('long', { text: 'x'.repeat(LIMITS.noteMerged + 1) }),
      draft('longest', { text: 'x'.repeat(LIMITS.noteMerged) }),
      draft('other', { phase: 'ideal' }),
      draft('gone'),
    )
    drafts(one.doc).get('gone')?.set('removed', true)
    reveal(board, [one, book('person-2', draft('d1'))])
    expect(
      notesOf(board)
        .filter(({ id }) => id !== 'p1')
        .map(({ author, text, at, under, group, removed }) => [author, text.slice(0, 12), at, under, group, removed])
        .toSorted(),
    ).toEqual([
      ['person-1', 'words of d1', 5_000, 'p1', null, false],
      ['person-1', 'xxxxxxxxxxxx', 5_000, null, null, false],
      ['person-2', 'words of d1', 5_000, null, null, false],
    ])
  })

  test('[promise 8] hangs a note under what the board knows alone, never under the id of a draft', () => {
    const board = new Y.Doc()
    const above = (id: string) =>
      addNote({ id: id as NoteId, phase: 'ideal', author: null, at: 1, text: id, order: id, under: null })(board)
    for (const id of ['n1', 'n2', 'gone']) above(id)
    removeNote('gone' as NoteId)(board)
    groupNotes({ id: 'g1' as GroupId, phase: 'ideal', name: 'Group', order: 'a' }, [
      ['n1' as NoteId, 'a'],
      ['n2' as NoteId, 'b'],
    ])(board)
    const unders = ['n1', 'g1', 'gone', 'd0', 'elsewhere', 'person-1'] as const
    const each = unders.map((under, at) => draft(`d${at}`, { text: `under ${under}`, under: under as NoteId }))
    reveal(board, [book('person-1', ...each)], { ...LANDING, anonymous: true })
    const landed = notesOf(board).filter(({ phase }) => phase === 'principles')
    expect(Object.fromEntries(landed.map(({ text, under }) => [text, under]))).toEqual({
      'under n1': 'n1',
      'under g1': 'g1',
      // It may be brought back, and its note hangs there again.
      'under gone': 'gone',
      'under d0': null,
      'under elsewhere': null,
      'under person-1': null,
    })
  })

  test('takes each draft once, however often it is run', () => {
    const board = new Y.Doc()
    const books = [book('person-1', draft('d1'), draft('d2'))]
    reveal(board, books)
    const notes = notesOf(board)
    reveal(board, books)
    expect(notesOf(board)).toEqual(notes)
    const became = readDrafts(books[0]?.doc ?? new Y.Doc()).map((each) => each.became as string)
    expect(became.toSorted()).toEqual(notes.map(({ id }) => id as string).toSorted())
  })

  test('puts the notes after what stands on the wall, also where keys are crowded or spelled by nobody we know', () => {
    for (const order of ['a0', 'b0V', 'zzz', 'z'.repeat(LIMITS.orderKey), '~', '', 'a0!']) {
      const board = new Y.Doc()
      addNote({ id: 'n1' as NoteId, phase: 'principles', author: null, at: 1, text: 'first', order, under: null })(
        board,
      )
      reveal(board, [book('person-1', draft('d1'), draft('d2'), draft('d3'))])
      const wall = wallOf(readBoard(board), 'principles')
      expect(wall).toHaveLength(4)
      if (order === 'a0' || order === 'b0V') {
        expect(wall[0]?.text).toBe('first')
        expect(new Set(wall.map((note) => note.order)).size).toBe(4)
      }
    }
  })

  test('takes what a full board has room for, by lot, and leaves the rest ready', () => {
    const board = new Y.Doc()
    const books = ['person-1', 'person-2'].map((person) => book(person, draft('d1'), draft('d2'), draft('d3')))
    const fitted = () => fitting(board, readyDrafts(books, 'principles'), random)
    expect(fitted()).toHaveLength(6)
    board.transact(() => {
      for (let at = 0; at < LIMITS.notesPerWorkshop - 2; at++) {
        const id = `n${at}` as NoteId
        addNote({ id, phase: 'ideal', author: null, at: 1, text: '', order: 'a', under: null })(board)
      }
    })
    const drawn = new Set<string>()
    for (let run = 0; run < 100; run++) {
      expect(fitted()).toHaveLength(2)
      for (const { book, draft } of fitted()) drawn.add(`${book.person} ${draft.id}`)
    }
    expect(drawn.size).toBe(6)
    land(board, fitted(), LANDING)
    expect(boardRoot(board, 'notes').size).toBe(LIMITS.notesPerWorkshop)
    expect(readyDrafts(books, 'principles')).toHaveLength(4)
    expect(fitted()).toEqual([])
  })

  test('gives actions their part of the plan', () => {
    const board = new Y.Doc()
    reveal(board, [book('person-1', draft('d1', { phase: 'actions' }))], { ...LANDING, phase: 'actions' })
    expect([...boardRoot(board, 'plan').keys()]).toEqual(notesOf(board).map(({ id }) => id))
  })

  test('of an anonymous phase leaves nothing on the board that tells one author from another', () => {
    const people = ['person-1', 'person-2', 'person-3', 'person-4']
    const first = new Map<string, number>()
    const runs = 400
    for (let run = 0; run < runs; run++) {
      const board = new Y.Doc()
      const known = new Set([board.clientID])
      const books = people.map((person) => book(person, draft(`d1-${person}`), draft(`d2-${person}`)))
      reveal(board, books, { ...LANDING, anonymous: true })
      const said = JSON.stringify(board.toJSON()) + JSON.stringify(boardRoot(board, 'notes').toJSON())
      for (const { person, doc } of books) {
        expect(said.replaceAll(/words of d\d-person-\d/g, '')).not.toContain(person)
        expect(board.store.clients.has(doc.clientID)).toBe(false)
      }
      expect(new Set(board.store.clients.keys())).toEqual(known)
      const notes = notesOf(board)
      expect(new Set(notes.map(({ at, author }) => `${at} ${author}`))).toEqual(new Set(['5000 null']))
      // The order of the wall and the order in which the document was written are one, and both are chance.
      const written = [...boardRoot(board, 'notes').keys()]
      const wall = wallOf(readBoard(board), 'principles')
      expect(wall.map(({ id }) => id as string)).toEqual(written)
      const author = /words of d\d-(.*)/.exec(wall[0]?.text ?? '')?.[1] ?? ''
      first.set(author, (first.get(author) ?? 0) + 1)
    }
    const even = runs / people.length
    const chiSquared = people.reduce((sum, person) => sum + ((first.get(person) ?? 0) - even) ** 2 / even, 0)
    // 3 degrees of freedom: past 33 once in three million runs.
    expect(chiSquared).toBeLessThan(33)
  })
})

describe('what stands in a notebook', () => {
  const leaf = fc.oneof(
    fc.constantFrom('principles', 'person-1', true, false, null, 7, 'x'.repeat(3_000)),
    fc.string(),
    fc.jsonValue({ maxDepth: 2 }),
  )
  /** Something to put under a key: a plain value, or one of the types that Yjs knows, with odd content. */
  const anything: fc.Arbitrary<() => unknown> = fc.oneof(
    leaf.map((value) => () => value),
    fc.string().map((text) => () => new Y.Text(text)),
    fc.tuple(fc.string(), leaf).map(([text, value]) => () => {
      const odd = new Y.Text(text)
      odd.applyDelta([{ insert: 'w' }, { insert: { odd: value ?? 0 } }, { insert: 'x', attributes: { b: value } }])
      return odd
    }),
    fc.constant(() => new Y.XmlText('w')),
    fc.constant(() => {
      const odd = new Y.XmlText()
      odd.insert(0, 'w', { a: null, b: { c: 1 } })
      odd.insertEmbed(0, { odd: true })
      return odd
    }),
    fc.constant(() => new Y.XmlElement('p')),
    fc.constant(() => new Y.Array()),
    fc.constant(() => new Y.Map()),
    fc.constant(() => new Y.Doc()),
    fc.constant(() => new Uint8Array([1, 2])),
  )
  const keys = ['phase', 'text', 'place', 'under', 'ready', 'removed', 'became', 'author', 'at'] as const
  const entry = fc.record(Object.fromEntries(keys.map((key) => [key, anything])), { requiredKeys: [] })

  test('of whatever shape is passed over or comes as a note, and never stops a reveal', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, anything), { maxLength: 8 }), (entries) => {
        const doc = new Y.Doc()
        entries.forEach((made, at) => {
          const is = typeof made === 'function' ? made() : undefined
          const map = new Y.Map<unknown>()
          ;(drafts(doc) as Y.Map<unknown>).set(`d${at}`, typeof made === 'function' ? is : map)
          if (typeof made === 'function') return
          // Most of each entry is as it should be, so that the odd part is reached.
          const honest = { phase: 'principles', ready: true, removed: false }
          for (const [key, value] of Object.entries(honest)) map.set(key, value)
          for (const [key, make] of Object.entries(made)) map.set(key, make?.())
          if (!map.has('text')) map.set('text', new Y.Text('words'))
        })
        draft('honest')(doc)
        const board = new Y.Doc()
        reveal(board, [{ person: 'person-1' as PersonId, doc }])
        const notes = notesOf(board)
        expect(notes.map(({ text }) => text)).toContain('words of honest')
        for (const note of notes) {
          expect(note.author).toBe('person-1')
          expect(note.text.length).toBeLessThanOrEqual(LIMITS.noteMerged)
        }
        reveal(board, [{ person: 'person-1' as PersonId, doc }])
        expect(notesOf(board)).toHaveLength(notes.length)
      }),
      { numRuns: 300 },
    )
  })
})
