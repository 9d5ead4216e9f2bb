import { describe, expect, it } from 'vitest'
import { OPEN_AGENDA } from './agenda.ts'
import type { NoteView, PlanView } from './board.ts'
import type { NoteId, PersonId } from './ids.ts'
import type { PhaseId } from './phases.ts'
import { parentOf, THREAD_BREAKS, threadBoard, threadBreaks, threadOf } from './thread.ts'
import { noteOf, planOf } from './workshop.fixture.ts'

const under = (id: string) => ({ under: id as NoteId })
const boardOf = (notes: readonly NoteView[], plan: readonly PlanView[] = []) =>
  threadBoard(
    {
      notes: new Map(notes.map((note) => [note.id, note])),
      groups: new Map(),
      plan: new Map(plan.map((each) => [each.id, each])),
    },
    new Map(),
  )

const principle = noteOf('p', 'principles')
const statement = noteOf('s', 'ideal', under('p'))
const gap = noteOf('g', 'gaps', under('s'))
const action = noteOf('a', 'actions', under('g'))
const owned = planOf('a', { owner: { person: 'maren' as PersonId } })

describe('the golden thread', () => {
  it('leads from a note to its far end', () => {
    const board = boardOf([principle, statement, gap, action])
    expect(threadOf(action, board).map((link) => [link.phase, link.outcome.id])).toEqual([
      ['principles', 'p'],
      ['ideal', 's'],
      ['gaps', 'g'],
      ['actions', 'a'],
    ])
    expect(threadOf(principle, board).map((link) => link.outcome)).toEqual([principle])
  })

  it('ends where a note hangs under nothing', () => {
    const board = boardOf([{ ...statement, under: null }, gap, action])
    expect(threadOf(action, board).map((link) => link.outcome.id)).toEqual(['s', 'g', 'a'])
  })

  it.each([
    ['something removed', { ...gap, removed: true }],
    ['something of a wrong phase', noteOf('g', 'ideal')],
    ['something of its own phase', noteOf('g', 'actions')],
  ])('is broken at a link to %s', (_, parent) => {
    const board = boardOf([parent, action])
    expect(parentOf(action, board)).toBeUndefined()
    expect(threadOf(action, board)).toHaveLength(1)
  })

  it('is broken at a link to nothing, to a group, and to the note itself', () => {
    for (const id of ['gone', 'a']) expect(parentOf({ ...action, ...under(id) }, boardOf([action]))).toBeUndefined()
  })

  it('heals when what was removed is brought back', () => {
    expect(parentOf(action, boardOf([{ ...gap, removed: true }, action]))).toBeUndefined()
    expect(parentOf(action, boardOf([gap, action]))).toBe(gap)
  })
})

describe('the breaks of the thread', () => {
  const breaks = (notes: readonly NoteView[], plan: readonly PlanView[] = []) =>
    threadBreaks(boardOf(notes, plan)).map(({ kind, outcome }) => `${outcome.id}: ${kind}`)

  it('are none where all hangs together', () => {
    expect(breaks([principle, statement, gap, action], [owned])).toEqual([])
  })

  it('leave out the principle, which need not be named', () => {
    expect(breaks([{ ...statement, under: null }, gap, action], [owned])).toEqual([])
    expect(breaks([principle])).toEqual([])
  })

  it('are named by what is missing, phase by phase in the order of the wall', () => {
    expect(
      breaks([
        noteOf('a2', 'actions', { order: 'a1' }),
        noteOf('a1', 'actions', { order: 'a2', ...under('g2') }),
        noteOf('g2', 'gaps', { order: 'a1' }),
        noteOf('g1', 'gaps', { order: 'a2', ...under('s1') }),
        noteOf('s2', 'ideal', { order: 'a1' }),
        noteOf('s1', 'ideal', { order: 'a2' }),
      ]),
    ).toEqual([
      's2: statement without a gap',
      'g2: gap without a statement',
      'g1: gap without an action',
      'a2: action without a gap',
      'a2: action without an owner',
      'a1: action without an owner',
    ])
  })

  it('count a gap or an action that was removed as missing', () => {
    expect(breaks([statement, { ...gap, removed: true }])).toEqual(['s: statement without a gap'])
    expect(breaks([statement, gap, { ...action, removed: true }])).toEqual(['g: gap without an action'])
  })

  it('name nothing as missing that a phase left out would have brought', () => {
    const notes = [noteOf('s', 'ideal'), noteOf('g', 'gaps'), noteOf('a', 'actions')]
    const without = (...left: readonly PhaseId[]) => {
      const agenda = { phases: OPEN_AGENDA.phases.filter(({ phase }) => !left.includes(phase)) }
      return threadBreaks({ ...boardOf(notes), agenda }).map(({ kind }) => kind)
    }
    expect(without()).toEqual(THREAD_BREAKS)
    expect(without('ideal')).toEqual(THREAD_BREAKS.filter((kind) => kind !== 'gap without a statement'))
    expect(without('gaps')).toEqual(['gap without a statement', 'gap without an action', 'action without an owner'])
    expect(without('actions')).toEqual(THREAD_BREAKS.filter((kind) => kind !== 'gap without an action'))
  })

  it('take the name of somebody who is not here for an owner', () => {
    const plan = planOf('a', { owner: { name: 'Hannah' } })
    expect(breaks([statement, gap, action], [plan])).toEqual([])
  })
})
