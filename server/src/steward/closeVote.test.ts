import { placeDot } from '@quintet/shared/ballotEdits'
import { boardEntry, boardRoot, type OutcomeId } from '@quintet/shared/board'
import { addNote, moveNote, removeNote } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId, RoundId, StepId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import type { Round } from '@quintet/shared/stage'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { closeRound, countRound } from './closeVote.ts'

const ROUND: Round = {
  id: 'r1' as RoundId,
  phase: 'gaps',
  step: 'gaps-4' as StepId,
  state: 'open',
  budget: 3,
  openedAt: 1,
  closedAt: null,
  tally: null,
}

/** A board with notes 1 to 4 and group A of 1 and 2 in Gaps, and note 9 in Actions. */
function boardWithGroup(): Y.Doc {
  const board = new Y.Doc()
  const add = (id: string, phase: PhaseId) =>
    addNote({ id: id as NoteId, phase, author: null, at: 1, text: id, order: id, under: null })(board)
  for (const id of ['1', '2', '3', '4']) add(id, 'gaps')
  add('9', 'actions')
  const group = { id: 'A' as GroupId, phase: 'gaps', name: '', order: 'a' } as const
  groupNotes(group, [['1', 'a'] as [NoteId, string], ['2', 'b'] as [NoteId, string]])(board)
  return board
}

function bookOf(person: string, ...targets: readonly string[]) {
  const doc = new Y.Doc()
  for (const target of targets) placeDot(ROUND.id, ROUND.budget, target as OutcomeId, (id) => id)(doc)
  return { person: person as PersonId, doc }
}

it('counts a dot for what it stands on now: a group for its notes, and nothing that was removed or is of another phase', () => {
  const board = boardWithGroup()
  const books = [bookOf('maren', '1', 'A', '3'), bookOf('tomasz', '2', '9', 'none'), bookOf('ines')]
  expect(countRound(ROUND, books, board)).toEqual({ totals: { 3: 1, A: 3 }, dots: 4, voted: 2, people: 3 })
  removeNote('3' as NoteId)(board)
  expect(countRound(ROUND, books, board)).toEqual({ totals: { A: 3 }, dots: 3, voted: 2, people: 3 })
})

it('counts no dot on a group that everything was taken out of, and its notes by themselves', () => {
  const board = boardWithGroup()
  const books = [bookOf('maren', 'A', '1', '4')]
  for (const id of ['1', '2']) moveNote(id as NoteId, { group: null, order: id })(board)
  expect(countRound(ROUND, books, board)).toEqual({ totals: { 1: 1, 4: 1 }, dots: 2, voted: 1, people: 1 })
})

it('[promise 7] follows each merge once, however many dots and notes there are and however groups were merged', () => {
  const groups = 400
  const empty = 100
  for (const last of [null, 'G0']) {
    const board = boardWithGroup()
    for (let at = 0; at < groups + empty; at++)
      groupNotes({ id: `G${at}` as GroupId, phase: 'gaps', name: '', order: 'a' }, [])(board)
    for (let at = 0; at < groups; at++)
      boardEntry(board, 'groups', `G${at}`)?.set('into', at === groups - 1 ? last : `G${at + 1}`)
    for (const id of ['1', '2', '3', '4']) moveNote(id as NoteId, { group: 'G0' as GroupId, order: id })(board)
    const root = boardRoot(board, 'groups')
    const get = root.get.bind(root)
    let reads = 0
    root.get = (id) => {
      reads++
      return get(id)
    }
    const books = Array.from({ length: empty }, (_, at) => bookOf(`p${at}`, `G${groups + at}`, '1', `G${at}`))
    const survivor = last ?? `G${groups - 1}`
    expect(countRound(ROUND, books, board).totals).toEqual({ [survivor]: 2 * empty })
    // Where a cycle closes, its first is looked at twice.
    expect(reads).toBeLessThanOrEqual(groups + empty + 1)
  }
})

it('[promise 8] counts a sealed round no more: the difference would be the ballot of whoever was removed', () => {
  const tally = { totals: { 3: 2, 4: 1 }, dots: 3, voted: 2, people: 2 } as unknown as NonNullable<Round['tally']>
  const reopened: Round = { ...ROUND, tally, sealed: true }
  const round = closeRound(reopened, [bookOf('maren', '3')], boardWithGroup(), 99)
  expect(round).toEqual({ ...reopened, state: 'closed', closedAt: 99 })
})

it('closes the round at the moment of the count, and leaves what it was else', () => {
  const round = closeRound(ROUND, [], boardWithGroup(), 99)
  expect(round).toEqual({
    ...ROUND,
    state: 'closed',
    closedAt: 99,
    tally: { totals: {}, dots: 0, voted: 0, people: 0 },
  })
})
