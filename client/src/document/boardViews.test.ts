import { type BoardView, boardEntry, boardRoot, type OutcomeId, readBoard, wallOf } from '@quintet/shared/board'
import { bringBackNote, hangNote, moveNote, removeNote, setDue, setOwner, targetText } from '@quintet/shared/edits'
import { mergeGroups, moveGroup, splitGroup } from '@quintet/shared/groupEdits'
import { blocksOf, outcomeOf, sourceOf, standsAs } from '@quintet/shared/groups'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { PHASE_IDS, type PhaseId } from '@quintet/shared/phases'
import { parentOf, threadBoard } from '@quintet/shared/thread'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { arrivalOf, BoardViews } from './boardViews.ts'
import { put, putGroup } from './workshop.fixture.tsx'

const IDS = Array.from({ length: 8 }, (_, index) => `n${index}` as NoteId)
const GROUPS = ['g0', 'g1', 'g2', 'g3'] as GroupId[]
const ORDERS = ['a0', 'a1', 'a1', 'a2', 'Zz', '~']

/** Says that the views are what reading the whole board comes to. */
function expectSame(views: BoardViews, board: BoardView): void {
  const thread = threadBoard(board, new Map())
  for (const id of IDS) {
    expect(views.note(id)).toEqual(board.notes.get(id))
    expect(views.notes.at(id).getState()).toEqual(board.notes.get(id))
    expect(views.outcome(id)).toEqual(standsAs(id, sourceOf(board)))
    const plan = board.plan.get(id)
    if (plan) expect(views.plan(id)).toEqual(plan)
  }
  for (const id of GROUPS) {
    expect(views.groups.at(id).getState()).toEqual(board.groups.get(id))
    expect(views.outcome(id)).toEqual(standsAs(id, sourceOf(board)))
    expect(views.inGroup(id)).toEqual(thread.inGroup(id))
    expect(views.members(id).getState()).toEqual(thread.inGroup(id).map((note) => note.id))
  }
  const times = [...board.notes.values()].map(arrivalOf)
  for (const time of times) expect(views.arrived.at(time).getState()).toBe(times.filter((each) => each === time).length)
  for (const phase of PHASE_IDS) {
    const outcomes = blocksOf(board, phase).map(outcomeOf)
    const idsUnder = (parent: string | undefined) =>
      outcomes.filter((outcome) => parentOf(outcome, thread)?.id === parent).map(({ id }) => id)
    expect(views.standing(phase).getState()).toEqual(wallOf(board, phase).map(({ id }) => id))
    expect(views.blocks(phase).getState()).toEqual(outcomes.map(({ id }) => id))
    expect(views.wall(phase)).toEqual(outcomes)
    expect(views.unhung(phase).getState()).toEqual(idsUnder(undefined))
    for (const under of [...IDS, ...GROUPS]) expect(views.hanging(under, phase).getState()).toEqual(idsUnder(under))
  }
}

const id = fc.constantFrom(...IDS)
const group = fc.constantFrom(...GROUPS)
// The phases that hang together, so that most links mean something.
const phase = fc.constantFrom<PhaseId>('ideal', 'gaps', 'gaps', 'actions')
const order = fc.constantFrom(...ORDERS)
const under = fc.option(fc.oneof(id, group))
const place = fc.record({ phase, under, order })

/** Anything that our own edits, another client's or a stranger's can do to a board. */
const act = fc.oneof(
  fc.record({ does: fc.constant('put' as const), id, place }),
  fc.record({ does: fc.constantFrom('remove', 'bring back', 'own', 'due'), id }),
  fc.record({ does: fc.constant('move' as const), id, group: fc.option(group), order }),
  fc.record({ does: fc.constant('hang' as const), id, under }),
  fc.record({ does: fc.constant('write' as const), id, words: fc.string() }),
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant('group' as const),
      group,
      ids: fc.uniqueArray(id, { maxLength: 3 }),
      phase,
      order,
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('merge' as const), group, into: group }) },
  fc.record({ does: fc.constant('part' as const), group }),
  fc.record({ does: fc.constant('split' as const), group, ids: fc.uniqueArray(id, { maxLength: 2 }) }),
  fc.record({ does: fc.constant('order' as const), group, order }),
  fc.record({ does: fc.constant('name' as const), group, words: fc.string() }),
  // What no client of ours does: a phase that changes, an entry that goes, and ones that are of no shape.
  fc.record({ does: fc.constant('rephase' as const), id, phase }),
  fc.record({ does: fc.constantFrom('delete', 'spoil', 'spoil plan'), id }),
  fc.record({ does: fc.constantFrom('delete group', 'spoil group'), group }),
)
type Act = typeof act extends fc.Arbitrary<infer Each> ? Each : never

function perform(doc: Y.Doc, step: Act): void {
  switch (step.does) {
    case 'put':
      put(doc, step.id, step.place)
      return
    case 'remove':
      removeNote(step.id)(doc)
      return
    case 'bring back':
      bringBackNote(step.id)(doc)
      return
    case 'own':
      setOwner(step.id, { person: 'p' as PersonId })(doc)
      return
    case 'due':
      setDue(step.id, '2026-12-01')(doc)
      return
    case 'move':
      moveNote(step.id, { group: step.group, order: step.order })(doc)
      return
    case 'hang':
      hangNote(step.id, step.under)(doc)
      return
    case 'write':
      targetText(doc, { of: 'note', id: step.id })?.insert(0, step.words)
      return
    case 'group':
      putGroup(doc, step.group, step.ids, step)
      return
    case 'merge':
      mergeGroups(step.group, step.into)(doc)
      return
    case 'part':
      boardEntry(doc, 'groups', step.group)?.set('into', null)
      return
    case 'split':
      splitGroup(
        step.group,
        step.ids.map((each) => [each, 'a1'] as const),
      )(doc)
      return
    case 'order':
      moveGroup(step.group, step.order)(doc)
      return
    case 'name':
      targetText(doc, { of: 'group', id: step.group })?.insert(0, step.words)
      return
    case 'rephase':
      boardEntry(doc, 'notes', step.id)?.set('phase', step.phase)
      return
    case 'delete':
      boardRoot(doc, 'notes').delete(step.id)
      return
    case 'spoil':
      boardRoot(doc, 'notes').set(step.id, new Y.Map([['phase', 'nowhere']]))
      return
    case 'spoil plan':
      boardRoot(doc, 'plan').set(step.id, 7 as never)
      return
    case 'delete group':
      boardRoot(doc, 'groups').delete(step.group)
      return
    case 'spoil group':
      boardRoot(doc, 'groups').set(step.group, new Y.Map([['phase', 'nowhere']]))
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
    const transactions = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })
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

  it('follow notes and links through a chain of merges, and back', () => {
    const doc = new Y.Doc()
    const views = new BoardViews(doc)
    for (const each of ['n0', 'n1', 'n2', 'n3']) put(doc, each)
    for (const [index, each] of ['g0', 'g1', 'g2', 'g3'].entries()) putGroup(doc, each, [`n${index}`])
    put(doc, 'n4', { phase: 'actions', under: 'n0' })
    put(doc, 'n5', { phase: 'actions', under: 'g1' })
    const merge = (from: string, into: string) => mergeGroups(from as GroupId, into as GroupId)(doc)
    const under = (group: string) => views.hanging(group as GroupId, 'actions').getState()
    merge('g0', 'g1')
    merge('g1', 'g2')
    const undo = merge('g2', 'g3')
    expect(views.blocks('gaps').getState()).toEqual(['g3'])
    expect(views.members('g3' as GroupId).getState()).toEqual(['n0', 'n1', 'n2', 'n3'])
    expect(under('g3')).toEqual(['n4', 'n5'])
    undo?.apply(doc)
    expect(views.members('g2' as GroupId).getState()).toEqual(['n0', 'n1', 'n2'])
    expect(under('g2')).toEqual(['n4', 'n5'])
    // A group that nothing is left in holds nothing, however it came to hang there.
    for (const each of ['n0', 'n1', 'n2'] as NoteId[]) moveNote(each, { group: null, order: 'a0' })(doc)
    expect(under('g2')).toEqual([])
    expect(views.unhung('actions').getState()).toEqual(['n5'])
    expect(under('n0')).toEqual(['n4'])
    expectSame(views, readBoard(doc))
  })

  it('tell of one change once, and only those who look at what it touched', () => {
    const doc = new Y.Doc()
    const views = new BoardViews(doc)
    fill(doc)
    const told = listenToAll(views)
    targetText(doc, { of: 'note', id: 'm250' as NoteId })?.insert(0, 'x')
    expect(told.splice(0)).toEqual(['m250'])
    putGroup(doc, 'g0', ['m10', 'm11'])
    expect(told.splice(0).sort()).toEqual(['blocks', 'g0', 'in g0', 'm10', 'm11'])
    targetText(doc, { of: 'group', id: 'g0' as GroupId })?.insert(0, 'x')
    expect(told.splice(0)).toEqual(['g0'])
    // One edit of notes and a group is seen once, whole.
    views.revision.subscribe(() => told.push('all'))
    putGroup(doc, 'g1', ['m20', 'm21', 'm22'])
    expect(told.filter((each) => each === 'blocks' || each === 'all')).toEqual(['blocks', 'all'])
    told.length = 0
    mergeGroups('g0' as GroupId, 'g1' as GroupId)(doc)
    expect(told.splice(0).sort()).toEqual(['all', 'blocks', 'g0', 'in g0', 'in g1'])
  })

  it('read for a keystroke its note and for a merge what it moves, however many notes there are', () => {
    const doc = new Y.Doc()
    const views = new BoardViews(doc)
    fill(doc)
    putGroup(doc, 'g0', ['m10', 'm11'])
    putGroup(doc, 'g1', ['m20', 'm21'])
    put(doc, 'action', { phase: 'actions', under: 'm10' })
    const reads = [vi.spyOn(views.notes, 'get'), vi.spyOn(views.groups, 'get')]
    const count = () => reads.reduce((sum, { mock }) => sum + mock.calls.length, 0)
    targetText(doc, { of: 'note', id: 'm10' as NoteId })?.insert(0, 'x')
    expect(count()).toBeLessThan(10)
    const [placed, listed] = [vi.spyOn(views.notes, 'set'), vi.spyOn(views.plans, 'set')]
    mergeGroups('g0' as GroupId, 'g1' as GroupId)(doc)
    expect(views.hanging('g1' as GroupId, 'actions').getState()).toEqual(['action'])
    // The wall is searched by halving, and never gone through.
    expect(count()).toBeLessThan(MANY / 2)
    expect([...placed.mock.calls, ...listed.mock.calls]).toEqual([])
  })
})

const MANY = 500

/** Puts many notes on the wall of Gaps. */
function fill(doc: Y.Doc): void {
  doc.transact(() => {
    for (let index = 0; index < MANY; index++) put(doc, `m${index}`, { order: `a${index % 10}` })
  })
}

/** Listens to every note of the wall of Gaps, to two groups and to the lists; what hears of a change says so. */
function listenToAll(views: BoardViews): string[] {
  const told: string[] = []
  for (const each of views.standing('gaps').getState()) views.notes.at(each).subscribe(() => told.push(each))
  for (const each of GROUPS.slice(0, 2)) {
    views.groups.at(each).subscribe(() => told.push(each))
    views.members(each).subscribe(() => told.push(`in ${each}`))
  }
  views.blocks('gaps').subscribe(() => told.push('blocks'))
  views.standing('gaps').subscribe(() => told.push('standing'))
  return told
}
