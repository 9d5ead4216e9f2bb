import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GroupView, NoteView, OutcomeId, PlanView } from './board.ts'
import type { GroupId, NoteId } from './ids.ts'
import type { Marks } from './stage.ts'
import { outcomesOf, threadBoard, threadBreaks } from './thread.ts'
import { type ThreadNode, threadTrees } from './threadTree.ts'
import { groupWith, noteOf } from './workshop.fixture.ts'

interface Parts {
  readonly notes: readonly NoteView[]
  readonly groups?: readonly GroupView[]
  readonly plan?: readonly PlanView[]
  readonly marks?: Readonly<Record<string, Marks>>
}

const byId = <View extends { readonly id: string }>(views: readonly View[]) =>
  new Map<View['id'], View>(views.map((view) => [view.id, view]))

function boardOf({ notes, groups = [], plan = [], marks = {} }: Parts) {
  return threadBoard(
    { notes: byId(notes), groups: byId(groups), plan: byId(plan) },
    new Map(Object.entries(marks) as [OutcomeId, Marks][]),
  )
}

const under = (id: string) => ({ under: id as NoteId })
/** A tree in short: "s(g(a))". */
const short = ({ outcome, below }: ThreadNode): string =>
  outcome.id + (below.length > 0 ? `(${below.map(short).join(' ')})` : '')
const all = (nodes: readonly ThreadNode[]): readonly ThreadNode[] => nodes.flatMap((node) => [node, ...all(node.below)])

describe('the whole thread', () => {
  it('goes from the principles that are named down to the actions, in the order of the walls', () => {
    const board = boardOf({
      notes: [
        noteOf('p1', 'principles'),
        noteOf('p2', 'principles'),
        noteOf('s1', 'ideal', under('p2')),
        noteOf('s2', 'ideal'),
        noteOf('g2', 'gaps', under('s1')),
        noteOf('g1', 'gaps', under('s1')),
        noteOf('a1', 'actions', under('g2')),
        noteOf('loose', 'gaps'),
      ],
    })
    expect(threadTrees(board).map(short)).toEqual(['p2(s1(g1 g2(a1)))', 's2', 'loose'])
  })

  it('stands for a group where its notes are grouped', () => {
    const inside = { group: 'G' as GroupId }
    const board = boardOf({
      notes: [
        noteOf('s1', 'ideal', inside),
        noteOf('s2', 'ideal', inside),
        noteOf('g1', 'gaps', under('s1')),
        noteOf('g2', 'gaps', under('s2')),
      ],
      groups: [groupWith('G', 'ideal')],
    })
    expect(threadTrees(board).map(short)).toEqual(['G(g1 g2)'])
  })

  it('keeps what a kept action hangs under, kept or not, and leaves out what nobody kept', () => {
    const board = boardOf({
      notes: [
        noteOf('s1', 'ideal'),
        noteOf('s2', 'ideal'),
        noteOf('g1', 'gaps', under('s2')),
        noteOf('g2', 'gaps', under('s1')),
        noteOf('a1', 'actions', under('g1')),
        noteOf('a2', 'actions', under('g1')),
      ],
      marks: { s1: { kept: true }, g2: { kept: true }, a1: { kept: true } },
    })
    expect(threadTrees(board).map(short)).toEqual(['s1(g2)', 's2(g1(a1))'])
  })

  it('says of each outcome what is missing there, as the checklist does', () => {
    const board = boardOf({ notes: [noteOf('s', 'ideal'), noteOf('g', 'gaps'), noteOf('a', 'actions', under('g'))] })
    expect(all(threadTrees(board)).map(({ outcome, breaks }) => [outcome.id, breaks])).toEqual([
      ['s', ['statement without a gap']],
      ['g', ['gap without a statement']],
      ['a', ['action without an owner']],
    ])
  })

  it('shows every outcome below the principles exactly once, and every break', () => {
    const phase = fc.constantFrom('principles', 'ideal', 'gaps', 'actions')
    const id = fc.constantFrom(...'abcdefgh'.split(''))
    const notes = fc.uniqueArray(
      fc.record({
        id,
        phase,
        under: fc.option(id),
        group: fc.option(fc.constantFrom('X', 'Y')),
        removed: fc.boolean(),
      }),
      { selector: (each) => each.id },
    )
    const kept = fc.uniqueArray(fc.constantFrom(...'abcdefghXY'.split('')))
    fc.assert(
      fc.property(notes, phase, phase, kept, (drawn, x, y, marked) => {
        const board = boardOf({
          notes: drawn.map(({ id, phase, under, group, removed }) =>
            noteOf(id, phase, { under: under as NoteId | null, group: group as GroupId | null, removed }),
          ),
          groups: [groupWith('X', x), groupWith('Y', y)],
          marks: Object.fromEntries(marked.map((each) => [each, { kept: true }])),
        })
        const shown = all(threadTrees(board))
        const ids = shown.map(({ outcome }) => outcome.id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const each of ['ideal', 'gaps', 'actions'] as const)
          for (const outcome of outcomesOf(each, board)) expect(ids).toContain(outcome.id)
        const breaks = shown.flatMap(({ outcome, breaks }) => breaks.map((kind) => `${kind} ${outcome.id}`))
        expect(breaks.sort()).toEqual(
          threadBreaks(board)
            .map(({ kind, outcome }) => `${kind} ${outcome.id}`)
            .sort(),
        )
      }),
    )
  })
})
