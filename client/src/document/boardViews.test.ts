import { type BoardView, boardEntry, boardRoot, type OutcomeId, readBoard, wallOf } from '@quintet/shared/board'
import { bringBackNote, hangNote, moveNote, removeNote, setDue, setOwner, targetText } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { PHASE_IDS, type PhaseId } from '@quintet/shared/phases'
import { parentOf, threadBoard } from '@quintet/shared/thread'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { BoardViews } from './boardViews.ts'
import { put } from './workshop.fixture.tsx'

const IDS = Array.from({ length: 8 }, (_, index) => `n${index}` as NoteId)
const ORDERS = ['a0', 'a1', 'a1', 'a2', 'Zz', '~']

/** Says that the views are what reading the whole board comes to. */
function expectSame(views: BoardViews, board: BoardView): void {
  const thread = threadBoard(board)
  for (const id of IDS) {
    expect(views.note(id)).toEqual(board.notes.get(id))
    expect(views.notes.at(id).getState()).toEqual(board.notes.get(id))
    const plan = board.plan.get(id)
    if (plan) expect(views.plan(id)).toEqual(plan)
  }
  for (const phase of PHASE_IDS) {
    const wall = wallOf(board, phase)
    const ids = (keep: (index: number) => boolean) => wall.filter((_, index) => keep(index)).map(({ id }) => id)
    expect(views.wall(phase).getState()).toEqual(ids(() => true))
    expect(views.unhung(phase).getState()).toEqual(ids((index) => !parentOf(wall[index] as never, thread)))
    for (const under of IDS)
      expect(views.hanging(under, phase).getState()).toEqual(ids((index) => wall[index]?.under === under))
  }
}

type Act = (doc: Y.Doc) => void

const id = fc.constantFrom(...IDS)
const phase = fc.constantFrom(...PHASE_IDS)
const order = fc.constantFrom(...ORDERS)
const under = fc.option(id)
/** Anything that our own edits, another client's or a stranger's can do to a board. */
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ id, phase, under, order }).map(
    ({ id, ...note }): Act =>
      (doc) =>
        void put(doc, id, note),
  ),
  id.map(
    (id): Act =>
      (doc) =>
        void removeNote(id)(doc),
  ),
  id.map(
    (id): Act =>
      (doc) =>
        void bringBackNote(id)(doc),
  ),
  fc.tuple(id, order).map(
    ([id, order]): Act =>
      (doc) =>
        void moveNote(id, { group: null, order })(doc),
  ),
  fc.tuple(id, under).map(
    ([id, under]): Act =>
      (doc) =>
        void hangNote(id, under)(doc),
  ),
  fc.tuple(id, fc.string()).map(
    ([id, words]): Act =>
      (doc) =>
        targetText(doc, { of: 'note', id })?.insert(0, words),
  ),
  id.map(
    (id): Act =>
      (doc) =>
        void setOwner(id, { person: 'p' as PersonId })(doc),
  ),
  id.map(
    (id): Act =>
      (doc) =>
        void setDue(id, '2026-12-01')(doc),
  ),
  // What no client of ours does: a phase that changes, an entry that goes, and one that is of no shape.
  fc.tuple(id, phase).map(
    ([id, phase]): Act =>
      (doc) =>
        void boardEntry(doc, 'notes', id)?.set('phase', phase),
  ),
  id.map(
    (id): Act =>
      (doc) =>
        boardRoot(doc, 'notes').delete(id),
  ),
  id.map(
    (id): Act =>
      (doc) =>
        void boardRoot(doc, 'notes').set(id, new Y.Map([['phase', 'nowhere']])),
  ),
  id.map(
    (id): Act =>
      (doc) =>
        void boardRoot(doc, 'plan').set(id, 7 as never),
  ),
)

describe('the views of a board', () => {
  it('are what reading the whole board comes to, after every change of any kind', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 12 }),
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        (before, transactions) => {
          const doc = new Y.Doc()
          for (const each of before) each(doc)
          const views = new BoardViews(doc)
          expectSame(views, readBoard(doc))
          for (const acts of transactions) {
            doc.transact(() => {
              for (const each of acts) each(doc)
            })
            expectSame(views, readBoard(doc))
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('are the same after merging two boards that were edited apart', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), fc.array(act, { maxLength: 15 }), (mine, theirs) => {
        const [doc, other] = [new Y.Doc(), new Y.Doc()]
        const views = new BoardViews(doc)
        for (const each of mine) each(doc)
        for (const each of theirs) each(other)
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
        expectSame(views, readBoard(doc))
      }),
      { numRuns: 60 },
    )
  })

  it('replace what a change touches and nothing else', () => {
    const doc = new Y.Doc()
    const views = new BoardViews(doc)
    put(doc, 'i', { phase: 'ideal' })
    for (const index of [0, 1, 2]) put(doc, `n${index}`, { under: 'i', order: `a${index}` })
    const note = (index: number) => views.note(IDS[index] as NoteId)
    const lists = () => [
      ...PHASE_IDS.flatMap((phase) => [views.wall(phase).getState(), views.unhung(phase).getState()]),
      views.hanging('i' as OutcomeId, 'gaps').getState(),
    ]
    const before = { notes: [note(0), note(1), note(2)], lists: lists(), shape: views.shape.getState() }
    targetText(doc, { of: 'note', id: IDS[1] as NoteId })?.insert(0, 'x')
    expect(note(1)?.text).toBe('xn1')
    expect([note(0), note(2)]).toEqual([before.notes[0], before.notes[2]])
    expect(note(0)).toBe(before.notes[0])
    lists().forEach((list, at) => void expect(list).toBe(before.lists[at]))
    expect(views.shape.getState()).toBe(before.shape)

    // A new place that comes to the same order replaces the note, not the lists.
    moveNote(IDS[0] as NoteId, { group: null, order: 'Zz' })(doc)
    lists().forEach((list, at) => void expect(list).toBe(before.lists[at]))

    removeNote('i' as NoteId)(doc)
    expect(views.unhung('gaps').getState()).toEqual(['n0', 'n1', 'n2'])
    expect(views.wall('gaps').getState()).toBe(before.lists[PHASE_IDS.indexOf('gaps') * 2])
  })

  it('tell of one change once, and only those who look at what it touched', () => {
    const doc = new Y.Doc()
    const views = new BoardViews(doc)
    for (let index = 0; index < 500; index++) put(doc, `m${index}`, { order: `a${index % 10}` })
    const told: string[] = []
    const phases: readonly PhaseId[] = PHASE_IDS
    for (let index = 0; index < 500; index++)
      views.notes.at(`m${index}` as NoteId).subscribe(() => told.push(`m${index}`))
    for (const phase of phases) views.wall(phase).subscribe(() => told.push(phase))
    targetText(doc, { of: 'note', id: 'm250' as NoteId })?.insert(0, 'x')
    expect(told).toEqual(['m250'])
  })
})
