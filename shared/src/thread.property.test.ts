import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type BoardView, type GroupView, type NoteView, type OutcomeId, readBoard } from './board.ts'
import { addNote, bringBackNote, removeNote } from './edits.ts'
import { groupNotes, mergeGroups, splitGroup } from './groupEdits.ts'
import type { GroupId, NoteId } from './ids.ts'
import { PHASES, type PhaseId } from './phases.ts'
import type { Marks } from './stage.ts'
import { outcomesOf, parentOf, threadBoard, threadBreaks, threadOf } from './thread.ts'
import { groupWith, noteOf, planOf } from './workshop.fixture.ts'

const PHASE_LETTERS = { p: 'principles', s: 'ideal', g: 'gaps', a: 'actions' } as const
type Letter = keyof typeof PHASE_LETTERS
const LETTERS = Object.keys(PHASE_LETTERS) as Letter[]
const phaseOf = (id: string) => PHASE_LETTERS[id.toLowerCase()[0] as Letter]

const NOTES = LETTERS.flatMap((letter) => [1, 2, 3].map((count) => `${letter}${count}`))
const GROUPS = LETTERS.flatMap((letter) => [1, 2].map((count) => `${letter.toUpperCase()}${count}`))

const anything = fc.constantFrom(null, 'none', ...NOTES, ...GROUPS)
/** Mostly one of the same phase, since that is where notes are put. */
const groupFor = (id: string) =>
  fc.constantFrom(null, ...GROUPS.filter((each) => phaseOf(each) === phaseOf(id)), 'none', 'S1')
const order = fc.constantFrom('a0', 'a1', 'a2')
const rarely = fc.nat(5).map((roll) => roll === 0)
const marks: fc.Arbitrary<Marks> = fc.record(
  { kept: fc.constant(true as const), parked: fc.constant(true as const), true: fc.constant(true as const) },
  { requiredKeys: [] },
)

const aNote = (id: string): fc.Arbitrary<NoteView> =>
  fc
    .record({ group: groupFor(id), under: anything, order, removed: rarely })
    .map((fields) => noteOf(id, phaseOf(id), fields as Partial<NoteView>))
const aGroup = (id: string): fc.Arbitrary<GroupView> =>
  fc
    .record({ into: groupFor(id), order, removed: rarely })
    .map((fields) => groupWith(id, phaseOf(id), fields as Partial<GroupView>))

interface Setting extends BoardView {
  readonly marks: ReadonlyMap<OutcomeId, Marks>
}

const setting: fc.Arbitrary<Setting> = fc
  .tuple(
    fc.tuple(...NOTES.map(aNote)),
    fc.tuple(...GROUPS.map(aGroup)),
    fc.subarray([...NOTES, ...GROUPS]),
    fc.dictionary(fc.constantFrom(...NOTES, ...GROUPS), marks, { maxKeys: 6 }),
  )
  .map(([notes, groups, owned, said]) => ({
    notes: new Map(notes.map((note) => [note.id, note])),
    groups: new Map(groups.map((group) => [group.id, group])),
    plan: new Map(owned.map((id) => [id as OutcomeId, planOf(id, { owner: { name: 'Hannah' } })])),
    marks: new Map(Object.entries(said) as [OutcomeId, Marks][]),
  }))

/** The breaks as their definition says them, with a search for every question. */
function naive({ notes, groups, plan, marks }: Setting): readonly string[] {
  const root = (id: string | null): GroupView | undefined => {
    const chain: GroupView[] = []
    let at = groups.get(id as GroupId)
    for (let step = 0; at && step < 2 * groups.size; step++) {
      if (at.into === null) return at.removed ? undefined : at
      chain.push(at)
      at = groups.get(at.into)
    }
    if (!at) return undefined
    const [least] = chain.slice(groups.size).sort((a, b) => (a.id < b.id ? -1 : 1))
    return least?.removed ? undefined : least
  }
  const home = (note: NoteView) => {
    const group = root(note.group)
    return group?.phase === note.phase ? group : undefined
  }
  const inside = (group: GroupView) =>
    sorted([...notes.values()].filter((note) => !note.removed && home(note)?.id === group.id))
  const stands = (id: string | null) => {
    const note = notes.get(id as NoteId)
    if (note) return note.removed ? undefined : (home(note) ?? note)
    const group = root(id)
    return group && inside(group).length > 0 ? group : undefined
  }
  const wall = (phase: PhaseId) => {
    const all = [...notes.values(), ...groups.values()].filter((each) => stands(each.id)?.id === each.id)
    return sorted(all.filter((each) => each.phase === phase && !marks.get(each.id)?.parked))
  }
  const members = (outcome: NoteView | GroupView) => ('into' in outcome ? inside(outcome) : [outcome])
  const parent = (outcome: NoteView | GroupView) =>
    members(outcome)
      .map((note) => stands(note.under))
      .find((above) => above?.phase === PHASES[outcome.phase].under)
  const outcomes = (phase: PhaseId) => {
    const kept = wall(phase).filter((each) => [each, ...members(each)].some(({ id }) => marks.get(id)?.kept))
    return kept.length > 0 ? kept : wall(phase)
  }
  const answered = (id: string, phase: PhaseId) => wall(phase).some((each) => parent(each)?.id === id)
  return [
    ...outcomes('ideal').flatMap(({ id }) =>
      answered(id, 'gaps') || marks.get(id)?.true ? [] : `${id}: statement without a gap`,
    ),
    ...outcomes('gaps').flatMap((each) => [
      ...(parent(each) ? [] : [`${each.id}: gap without a statement`]),
      ...(answered(each.id, 'actions') ? [] : [`${each.id}: gap without an action`]),
    ]),
    ...outcomes('actions').flatMap((each) => [
      ...(parent(each) ? [] : [`${each.id}: action without a gap`]),
      ...(plan.get(each.id)?.owner ? [] : [`${each.id}: action without an owner`]),
    ]),
  ]
}

function sorted<T extends { readonly id: string; readonly order: string }>(all: readonly T[]): readonly T[] {
  return [...all].sort((a, b) => (`${a.order} ${a.id}` < `${b.order} ${b.id}` ? -1 : 1))
}

it('the breaks are what their definition says, whatever is grouped, merged, removed, kept or parked', () => {
  fc.assert(
    fc.property(setting, (each) => {
      const found = threadBreaks(threadBoard(each, each.marks))
      expect(found.map(({ kind, outcome }) => `${outcome.id}: ${kind}`)).toEqual(naive(each))
    }),
    { numRuns: 1_000 },
  )
})

it('a chain ends at its outcome, goes strictly upward, and holds only what stands', () => {
  fc.assert(
    fc.property(setting, (each) => {
      const board = threadBoard(each, each.marks)
      for (const phase of ['principles', 'ideal', 'gaps', 'actions'] as const)
        for (const outcome of board.wall(phase)) {
          const chain = threadOf(outcome, board)
          expect(chain.at(-1)).toEqual({ phase, outcome })
          for (const [at, link] of chain.entries()) {
            expect(board.wall(link.phase)).toContain(link.outcome)
            if (at > 0) expect(PHASES[link.phase].under).toBe(chain[at - 1]?.phase)
          }
        }
    }),
    { numRuns: 200 },
  )
})

it('what is parked is no outcome, and a mark that a statement is true silences nothing else', () => {
  fc.assert(
    fc.property(setting, (each) => {
      const said = (marks: ReadonlyMap<OutcomeId, Marks>) =>
        threadBreaks(threadBoard(each, marks)).map(({ kind, outcome }) => `${outcome.id}: ${kind}`)
      for (const phase of ['ideal', 'gaps', 'actions'] as const)
        for (const { id } of outcomesOf(phase, threadBoard(each, each.marks)))
          expect(each.marks.get(id)?.parked).toBeUndefined()
      const untrue = new Map([...each.marks].map(([id, { true: _, ...rest }]) => [id, rest]))
      const alsoTrue = new Map(
        [...NOTES, ...GROUPS].map((id) => [id as OutcomeId, { ...untrue.get(id as OutcomeId), true: true as const }]),
      )
      expect(said(alsoTrue)).toEqual(said(untrue).filter((line) => !line.endsWith('statement without a gap')))
    }),
    { numRuns: 200 },
  )
})

it('links survive grouping, merging, splitting, removal and bringing back', () => {
  const doc = new Y.Doc()
  const note = (id: string, under: string | null) =>
    addNote({
      id: id as NoteId,
      phase: phaseOf(id),
      author: null,
      at: 1,
      text: id,
      order: 'a0',
      under: under as NoteId,
    })
  for (const edit of [note('s1', null), note('s2', null), note('s3', null), note('g1', 's1'), note('g2', 's3')])
    edit(doc)
  const linkOf = (id: string) => {
    const view = readBoard(doc)
    const board = threadBoard(view, new Map())
    const gap = view.notes.get(id as NoteId)
    return gap && parentOf(gap, board)?.id
  }
  const links = () => [linkOf('g1'), linkOf('g2')]
  const group = (id: string, ...ids: readonly string[]) =>
    groupNotes(
      { id: id as GroupId, phase: 'ideal', name: '', order: 'a0' },
      ids.map((each) => [each as NoteId, 'a0']),
    )
  expect(links()).toEqual(['s1', 's3'])
  group('S1', 's1', 's2')(doc)
  group('S2', 's3')(doc)
  expect(links()).toEqual(['S1', 'S2'])
  mergeGroups('S1' as GroupId, 'S2' as GroupId)(doc)
  expect(links()).toEqual(['S2', 'S2'])
  removeNote('s1' as NoteId)(doc)
  expect(links()).toEqual([undefined, 'S2'])
  bringBackNote('s1' as NoteId)(doc)
  expect(links()).toEqual(['S2', 'S2'])
  splitGroup('S2' as GroupId, [
    ['s1' as NoteId, 'a0'],
    ['s2' as NoteId, 'a1'],
    ['s3' as NoteId, 'a2'],
  ])(doc)
  expect(links()).toEqual(['s1', 's3'])
})

it('the breaks of a crowded board cost a few looks at each note and group', () => {
  let looks = 0
  const counted = (group: GroupView): GroupView =>
    Object.defineProperty({ ...group }, 'id', {
      get: () => {
        looks++
        return group.id
      },
    })
  const count = 1_000
  const each = (letter: string, at: number, above: string) =>
    noteOf(`${letter}${at}`, phaseOf(letter), {
      order: String(at),
      group: `${letter.toUpperCase()}${at >> 1}` as GroupId,
      under: `${above}${at}` as NoteId,
    })
  const notes = Array.from({ length: count }, (_, at) => [
    each('s', at, 'p'),
    each('g', at, 's'),
    each('a', at, 'g'),
  ]).flat()
  const groups = notes.map(({ group, phase }) => counted(groupWith(String(group), phase)))
  const board: BoardView = {
    notes: new Map(notes.map((note) => [note.id, note])),
    groups: new Map(groups.map((group) => [group.id, group])),
    plan: new Map(),
  }
  looks = 0
  expect(threadBreaks(threadBoard(board, new Map()))).toHaveLength(count / 2)
  expect(looks).toBeLessThan(notes.length * 60)
})
