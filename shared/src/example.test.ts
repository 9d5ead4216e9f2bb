import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { OPEN_AGENDA, stepAt } from './agenda.ts'
import { type BoardView, readBoard, wallOf } from './board.ts'
import { exampleWorkshop } from './example.ts'
import { wordsOf } from './groups.ts'
import { isId, type PersonId } from './ids.ts'
import { PHASE_IDS } from './phases.ts'
import { threadBoard, threadBreaks } from './thread.ts'

const NOW = Date.UTC(2026, 10, 26, 13)
const CREATOR = 'creator' as PersonId

function countingRandom(): (bytes: number) => Uint8Array {
  let calls = 0
  return (bytes) => {
    calls += 1
    return new Uint8Array(bytes).fill(0).with(bytes - 1, calls)
  }
}

function filled(): { example: ReturnType<typeof exampleWorkshop>; board: BoardView; doc: Y.Doc } {
  const example = exampleWorkshop(countingRandom(), NOW, CREATOR)
  const doc = new Y.Doc()
  example.write(doc)
  return { example, board: readBoard(doc), doc }
}

describe('the example workshop', () => {
  it('fills every wall in the order of the story', () => {
    const { board } = filled()
    expect(PHASE_IDS.map((phase) => wallOf(board, phase).length)).toEqual([6, 5, 8, 8, 0])
    expect(wallOf(board, 'actions')[0]?.text).toBe('Self-service Postgres through the portal, with a quota per team')
    expect(wallOf(board, 'actions').at(-1)?.text).toBe('Open hour with a product team, every second week')
  })

  it('shows four breaks of the thread: one statement, one gap, two actions', () => {
    expect(
      threadBreaks(threadBoard(filled().board, new Map())).map(({ kind, outcome }) => `${kind}: ${wordsOf(outcome)}`),
    ).toEqual([
      'statement without a gap: “I read one page and I am productive.”',
      'gap without a statement: On-call is woken twice a night by full disks',
      'action without an owner: Replace the two approvals with a policy check',
      'action without an owner: Move cluster settings out of team YAML into defaults',
    ])
  })

  it('hangs a note only under words that stand in the phase before', () => {
    const { board } = filled()
    const loose = [...board.notes.values()].filter((note) => note.under === null && note.phase !== 'principles')
    expect(loose.map((note) => note.text)).toEqual([
      '“Your status page knew before my users did.”',
      '“I know what a change will cost before I ship it.”',
      'On-call is woken twice a night by full disks',
    ])
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

  it('stands at a step of the open agenda, and writes in one transaction', () => {
    const example = exampleWorkshop(countingRandom(), NOW, CREATOR)
    expect(stepAt(OPEN_AGENDA, example.at)?.kind).toBe('owners')
    const doc = new Y.Doc()
    let updates = 0
    doc.on('update', () => updates++)
    example.write(doc)
    expect(updates).toBe(1)
  })
})
