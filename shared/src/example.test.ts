import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { agendaPoints, RHYTHM_AGENDA, stepAt } from './agenda.ts'
import { type BoardView, type OutcomeId, readBoard } from './board.ts'
import { exampleWorkshop } from './example.ts'
import { isGroup, type Outcome, standsAs, wordsOf } from './groups.ts'
import { isId, type NoteId, type PersonId } from './ids.ts'
import { PHASE_IDS } from './phases.ts'
import { outcomesOf, parentOf, type ThreadBoard, threadBoard, threadBreaks, threadOf } from './thread.ts'

const NOW = Date.UTC(2026, 10, 26, 13)
const CREATOR = 'creator' as PersonId

function countingRandom(): (bytes: number) => Uint8Array {
  let calls = 0
  return (bytes) => {
    calls += 1
    return new Uint8Array(bytes).fill(0).with(bytes - 1, calls)
  }
}

function filled(): { example: ReturnType<typeof exampleWorkshop>; board: BoardView; thread: ThreadBoard } {
  const example = exampleWorkshop(countingRandom(), NOW, CREATOR)
  const doc = new Y.Doc()
  example.write(doc)
  const board = readBoard(doc)
  return { example, board, thread: threadBoard(board, new Map(example.marks)) }
}

const words = (outcomes: readonly Outcome[]) => outcomes.map((outcome) => wordsOf(outcome))

describe('the example workshop', () => {
  it('fills every wall in the order of the story, with groups among the notes', () => {
    const { thread } = filled()
    expect(PHASE_IDS.map((phase) => thread.wall(phase).length)).toEqual([7, 7, 11, 9, 0])
    expect(PHASE_IDS.map((phase) => thread.wall(phase).filter(isGroup).length)).toEqual([1, 3, 0, 1, 0])
    const actions = words(thread.wall('actions'))
    expect(actions[0]).toBe('Self-service Postgres through the portal, with a quota per team')
    expect(actions.at(-2)).toBe('Open hour with a product team, every second week')
    for (const phase of PHASE_IDS)
      for (const outcome of thread.wall(phase).filter(isGroup))
        expect(thread.inGroup(outcome.id).length).toBeGreaterThan(1)
  })

  it('shows four breaks of the thread: one statement, one gap, two actions', () => {
    const breaks = threadBreaks(filled().thread)
    expect(breaks.map(({ kind, outcome }) => `${kind}: ${wordsOf(outcome)}`)).toEqual([
      'statement without a gap: “I read one page and I am productive.”',
      'gap without a statement: On-call is woken twice a night by full disks',
      'action without an owner: Replace the two approvals with a policy check',
      'action without an owner: Move cluster settings out of team YAML into defaults',
    ])
  })

  it('leads a thread from an action through a group to a principle', () => {
    const { thread } = filled()
    const [first] = thread.wall('actions')
    expect(first && threadOf(first, thread).map(({ outcome }) => isGroup(outcome))).toEqual([true, true, false, false])
  })

  it('hangs a thing only under words that stand in the phase before', () => {
    const { thread } = filled()
    const below = ['ideal', 'gaps', 'actions'] as const
    expect(words(below.flatMap((phase) => thread.wall(phase)).filter((each) => !parentOf(each, thread)))).toEqual([
      '“Your status page knew before my users did.”',
      '“I know what a change will cost before I ship it.”',
      '“I know who is on call, and they answer.”',
      '“You” is a team with names, not a queue',
      'On-call is woken twice a night by full disks',
      'The office network drops every Tuesday',
    ])
  })

  it('keeps outcomes in every phase, parks a note, and has a statement that is true already', () => {
    const { thread, board, example } = filled()
    expect(PHASE_IDS.map((phase) => outcomesOf(phase, thread).length)).toEqual([6, 6, 8, 8, 0])
    const marked = (mark: 'parked' | 'true') =>
      example.marks.flatMap(([id, marks]) => (marks[mark] ? (board.notes.get(id as NoteId)?.text ?? id) : []))
    expect(marked('parked')).toEqual(['The office network drops every Tuesday'])
    expect(marked('true')).toEqual(['“I know who is on call, and they answer.”'])
    for (const [id] of example.marks) expect(standsAs(id, thread)?.id).toBe(id)
  })

  it('tells of votes that could have been', () => {
    const { thread, example } = filled()
    expect(example.rounds.map(({ phase }) => phase)).toEqual(['principles', 'ideal', 'ideal', 'gaps', 'actions'])
    for (const { id, phase, step, state, budget, tally } of example.rounds) {
      expect(isId(id)).toBe(true)
      expect([stepAt(RHYTHM_AGENDA, { phase, step })?.kind, state]).toEqual(['vote', 'closed'])
      const totals = Object.entries(tally?.totals ?? {}) as [OutcomeId, number][]
      expect(totals.length).toBeGreaterThan(5)
      for (const [target] of totals) expect(standsAs(target, thread)).toMatchObject({ id: target, phase })
      expect(totals.reduce((sum, [, dots]) => sum + dots, 0)).toBe(tally?.dots)
      expect(tally?.people).toBe(9)
      expect(tally?.voted).toBeLessThanOrEqual(9)
      // Everyone who voted placed one dot at least, and nobody more than the budget.
      expect(tally?.dots).toBeLessThanOrEqual((tally?.voted ?? 0) * budget)
      expect(tally?.dots).toBeGreaterThanOrEqual(tally?.voted ?? 0)
    }
    const times = example.rounds.filter(({ phase }) => phase === 'ideal').map(({ openedAt }) => openedAt)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(times).size).toBe(times.length)
  })

  it('counts due dates from now, and gives the creator the part of the facilitator', () => {
    const { board } = filled()
    const own = [...board.plan.values()].find(
      (plan) => plan.owner && 'person' in plan.owner && plan.owner.person === CREATOR,
    )
    expect(own).toMatchObject({ due: '2026-12-03', firstStep: 'Invite Oskar’s team', measure: '' })
    expect([...board.notes.values()].filter((note) => note.author === CREATOR)).toHaveLength(2)
  })

  it('knows every author and owner among its people, each with an id of their own', () => {
    const { board, example } = filled()
    const known = new Set<PersonId>([CREATOR, ...example.people.map((person) => person.id)])
    expect(known.size).toBe(9)
    expect(example.people.every((person) => isId(person.id) && person.role === 'member')).toBe(true)
    for (const note of board.notes.values()) expect(note.author && known.has(note.author)).toBe(true)
    for (const { owner } of board.plan.values())
      if (owner) expect('person' in owner && known.has(owner.person)).toBe(true)
  })

  it('stands at Owners of its agenda, left every phase at Decide, and writes in one transaction', () => {
    const example = exampleWorkshop(countingRandom(), NOW, CREATOR)
    expect(example.agenda).toBe(RHYTHM_AGENDA)
    expect(stepAt(RHYTHM_AGENDA, example.at)?.kind).toBe('owners')
    const resumed = agendaPoints(RHYTHM_AGENDA).filter(({ phase, step }) => example.resume[phase] === step)
    expect(resumed.map((point) => stepAt(RHYTHM_AGENDA, point)?.kind)).toEqual(Array(4).fill('decide'))
    const doc = new Y.Doc()
    let updates = 0
    doc.on('update', () => updates++)
    example.write(doc)
    expect(updates).toBe(1)
  })
})
