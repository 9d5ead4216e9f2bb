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
  const thread = threadBoard(board, new Map())
  for (const id of IDS) {
    expect(views.note(id)).toEqual(board.notes.get(id))
    expect(views.notes.at(id).getState()).toEqual(board.notes.get(id))
    const plan = board.plan.get(id)
    if (plan) expect(views.plan(id)).toEqual(plan)
  }
  for (const phase of PHASE_IDS) {
    const wall = wallOf(board, phase)
    const ids = (keep: (index: number) => boolean) => wall.filter((_, index) => keep(index)).map(({ id }) => id)
    expect(views.standing(phase).getState()).toEqual(ids(() => true))
    expect(views.unhung(phase).getState()).toEqual(ids((index) => !parentOf(wall[index] as never, thread)))
    for (const under of IDS)
      expect(views.hanging(under, phase).getState()).toEqual(
        ids((index) => parentOf(wall[index] as never, thread)?.id === under),
      )
  }
}

const id = fc.constantFrom(...IDS)
// The phases that hang together, so that most links mean something.
const phase = fc.constantFrom<PhaseId>('ideal', 'gaps', 'gaps', 'actions')
const order = fc.constantFrom(...ORDERS)
const under = fc.option(id)
const place = fc.record({ phase, under, order })

/** Anything that our own edits, another client's or a stranger's can do to a board. */
const act = fc.oneof(
  fc.record({ does: fc.constant('put' as const), id, place }),
  fc.record({ does: fc.constantFrom('remove', 'bring back', 'own', 'due'), id }),
  fc.record({ does: fc.constant('move' as const), id, order }),
  fc.record({ does: fc.constant('hang' as const), id, under }),
  fc.record({ does: fc.constant('write' as const), id, words: fc.string() }),
  // What no client of ours does: a phase that changes, an entry that goes, and ones that are of no shape.
  fc.record({ does: fc.constant('rephase' as const), id, phase }),
  fc.record({ does: fc.constantFrom('delete', 'spoil', 'spoil plan'), id }),
)
type Act = typeof act extends fc.Arbitrary<infer Each> ? Each : never

function perform(doc: Y.Doc, step: Act): void {
  const { id } = step
  switch (step.does) {
    case 'put':
      put(doc, id, step.place)
      return
    case 'remove':
      removeNote(id)(doc)
      return
    case 'bring back':
      bringBackNote(id)(doc)
      return
    case 'own':
      setOwner(id, { person: 'p' as PersonId })(doc)
      return
    case 'due':
      setDue(id, '2026-12-01')(doc)
      return
    case 'move':
      moveNote(id, { group: null, order: step.order })(doc)
      return
    case 'hang':
      hangNote(id, step.under)(doc)
      return
    case 'write':
      targetText(doc, { of: 'note', id })?.insert(0, step.words)
      return
    case 'rephase':
      boardEntry(doc, 'notes', id)?.set('phase', step.phase)
      return
    case 'delete':
      boardRoot(doc, 'notes').delete(id)
      return
    case 'spoil':
      boardRoot(doc, 'notes').set(id, new Y.Map([['phase', 'nowhere']]))
      return
    case 'spoil plan':
      boardRoot(doc, 'plan').set(id, 7 as never)
      return
  }
}

/** Where each note stands at first. */
const places = fc.array(place, { minLength: IDS.length, maxLength: IDS.length })

function boardOf(first: readonly Parameters<typeof put>[2][]): Y.Doc {
  const doc = new Y.Doc()
  first.forEach((each, index) => void put(doc, IDS[index] as NoteId, each))
  return doc
}

describe('the views of a board', () => {
  it('are what reading the whole board comes to, after every change of any kind', () => {
    const transactions = fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(places, transactions, (first, each) => {
        const doc = boardOf(first)
        const views = new BoardViews(doc)
        expectSame(views, readBoard(doc))
        for (const acts of each) {
          doc.transact(() => {
            for (const step of acts) perform(doc, step)
          })
          expectSame(views, readBoard(doc))
        }
      }),
    )
  })

  it('are the same after merging two boards that were edited apart', () => {
    const acts = fc.array(act, { maxLength: 15 })
    fc.assert(
      fc.property(places, acts, acts, (first, mine, theirs) => {
        const doc = boardOf(first)
        const other = new Y.Doc()
        Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
        const views = new BoardViews(doc)
        for (const step of mine) perform(doc, step)
        for (const step of theirs) perform(other, step)
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
        expectSame(views, readBoard(doc))
      }),
    )
  })

  it('replace what a change touches and nothing else', () => {
    const doc = new Y.Doc()
    const views = new BoardViews(doc)
    put(doc, 'i', { phase: 'ideal' })
    for (const index of [0, 1, 2]) put(doc, `n${index}`, { under: 'i', order: `a${index}` })
    const note = (index: number) => views.note(IDS[index] as NoteId)
    const lists = () => [
      ...PHASE_IDS.flatMap((phase) => [views.standing(phase).getState(), views.unhung(phase).getState()]),
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
    expect(views.standing('gaps').getState()).toBe(before.lists[PHASE_IDS.indexOf('gaps') * 2])
  })

  it('tell of one change once, and only those who look at what it touched', () => {
    const doc = new Y.Doc()
    const views = new BoardViews(doc)
    for (let index = 0; index < 500; index++) put(doc, `m${index}`, { order: `a${index % 10}` })
    const told: string[] = []
    const phases: readonly PhaseId[] = PHASE_IDS
    for (let index = 0; index < 500; index++)
      views.notes.at(`m${index}` as NoteId).subscribe(() => told.push(`m${index}`))
    for (const phase of phases) views.standing(phase).subscribe(() => told.push(phase))
    targetText(doc, { of: 'note', id: 'm250' as NoteId })?.insert(0, 'x')
    expect(told).toEqual(['m250'])
  })
})
