import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import type { OutcomeId } from '@quintet/shared/board'
import { boardEntry } from '@quintet/shared/board'
import { addNote, type Edit, moveNote } from '@quintet/shared/edits'
import { groupNotes, mergeGroups, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, RoundId } from '@quintet/shared/ids'
import { writeStage } from '@quintet/shared/stage'
import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import '../ui/topLayer.fixture.ts'
// Fetched before it is wanted, so that no test waits for a busy machine to do it.
import '../board/GroupFlow.tsx'
import './RoundsList.tsx'
import { INES, Inside, MAREN, makeStage, type Stage, step, voteRound } from '../facilitator/stage.fixture.tsx'
import { hideToast } from '../ui/toasts.ts'
import { DecideView } from './DecideView.tsx'

const TEXTS = { n1: 'ten minutes', n2: 'status page', n3: 'one page', n4: 'no surprises' } as const
const closed = { state: 'closed', closedAt: 5 } as const
const tallied = (totals: Readonly<Record<string, number>>) => ({
  totals: totals as Record<OutcomeId, number>,
  dots: Object.values(totals).reduce((sum, dots) => sum + dots, 0),
  voted: 2,
  people: 3,
})

/** The ideal state in Decide, with four notes on the wall and what the vote came to. */
function open(as: Stage['session']['me'], totals: Parameters<typeof tallied>[0]): Stage {
  hideToast()
  const stage = makeStage({ as, fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 5) } })
  stage.set({}, [voteRound({ ...closed, tally: tallied(totals) })])
  for (const [id, text] of Object.entries(TEXTS))
    addNote({ id: id as NoteId, phase: 'ideal', author: INES.id, at: 1, text, order: `a${id}`, under: null })(
      stage.session.docs.board,
    )
  render(
    <Inside stage={stage}>
      <DecideView phase="ideal" />
    </Inside>,
  )
  return stage
}

/** The notes in reading order, by their words. */
const order = () =>
  screen
    .getAllByRole('article')
    .map((note) => Object.values(TEXTS).find((text) => note.textContent.includes(text)) ?? note.textContent)

const mark = ({ session }: Stage, id: keyof typeof TEXTS) =>
  act(() => writeStage(session.docs.stage, { marks: [[id as OutcomeId, { kept: true }]] }, 'server'))

test('most dots come first, equal ones in the order of the wall and called tied, and words do not move them', () => {
  const stage = open(INES, { n1: 1, n3: 3, n4: 3 })
  expect(order()).toEqual(['one page', 'no surprises', 'ten minutes', 'status page'])
  expect(screen.getAllByText('tied')).toHaveLength(2)
  const words = boardEntry(stage.session.docs.board, 'notes', 'n4')?.get('text')
  act(() => {
    if (words instanceof Y.Text) words.insert(0, 'AAA ')
  })
  expect(order()).toEqual(['one page', 'no surprises', 'ten minutes', 'status page'])
})

test('a facilitator keeps and lets go', async () => {
  const stage = open(MAREN, { n1: 1 })
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Keep: ten minutes' }))
  mark(stage, 'n1')
  await user.click(screen.getByRole('button', { name: 'Kept: ten minutes' }))
  expect(stage.commands).toEqual([
    { name: 'mark', outcome: 'n1', mark: 'kept', on: true },
    { name: 'mark', outcome: 'n1', mark: 'kept', on: false },
  ])
})

test('a member reads what is kept, and keeps nothing', () => {
  const stage = open(INES, { n1: 1 })
  expect(screen.queryByText('Kept')).toBeNull()
  mark(stage, 'n1')
  expect(screen.getByText('Kept')).toBeDefined()
  expect(screen.queryByRole('button', { name: /^Ke(ep|pt)/ })).toBeNull()
})

test('every round is at hand, the latest first, with what was removed since', async () => {
  const stage = open(INES, { n1: 2, n2: 1 })
  act(() => {
    stage.set({}, [
      voteRound({ ...closed, id: 'r2' as RoundId, openedAt: 9, closedAt: 10, tally: tallied({ n2: 4, n1: 4 }) }),
    ])
    boardEntry(stage.session.docs.board, 'notes', 'n2')?.set('removed', true)
  })
  await userEvent.setup().click(screen.getByRole('button', { name: '8 dots from 2 people, 2 rounds' }))
  const list = await screen.findByRole('dialog', { name: 'Votes of this phase' })
  expect(
    within(list)
      .getAllByRole('heading')
      .map(({ textContent }) => textContent),
  ).toEqual(['Round 2', 'Round 1'])
  const [first, second, ...rest] = within(list)
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)
  expect([first, second].sort()).toEqual(['4 dotsstatus pagetied, removed since', '4 dotsten minutestied'])
  expect(rest).toEqual(['2 dotsten minutes', '1 dotstatus pageremoved since'])
})

describe('regrouped after the vote', () => {
  const group = (id: string, name: string, ...notes: readonly (keyof typeof TEXTS)[]) => {
    const places = notes.map((note, at) => [note as NoteId, `a${at}`] as const)
    return groupNotes({ id: id as GroupId, phase: 'ideal', name, order: `a${id}` }, places)
  }
  const change = ({ session }: Stage, edit: Edit) => act(() => edit(session.docs.board))
  /** What stands on the wall by itself, in reading order, each with the remarks beside it. */
  const reads = () =>
    [...document.querySelectorAll<HTMLElement>('[role=group][aria-label^="Group: "], article')]
      .filter((each) => each.role === 'group' || !each.closest('[aria-label$=" notes"], [aria-label$=" note"]'))
      .map((each) => {
        const words = Object.values(TEXTS).find((text) => each.textContent.includes(text))
        const remarks = within(each).queryAllByText(/^(\d+ dots?|tied)$/)
        return [each.ariaLabel ?? words, ...remarks.map(({ textContent }) => textContent)].join(', ')
      })

  const pages = group('g1', 'Pages', 'n1', 'n2')
  const surprises = group('g2', 'Surprises', 'n4')
  const loose = (id: keyof typeof TEXTS) => moveNote(id as NoteId, { group: null, order: `a${id}` })
  const BEFORE = [
    'Statement: one page, 4 dots',
    'Statement: ten minutes, tied, 2 dots',
    'Statement: status page, tied, 2 dots',
    'Statement: no surprises, 1 dot',
  ]
  const vote = { n1: 2, n2: 2, n3: 4, n4: 1 }

  test('what is grouped and merged brings its dots, stands where they put it, and takes them along again', async () => {
    const stage = open(INES, vote)
    expect(reads()).toEqual(BEFORE)
    change(stage, pages)
    await screen.findByRole('group', { name: 'Group: Pages' })
    expect(reads()).toEqual([
      'Group: Pages, tied, 4 dots',
      'Statement: one page, tied, 4 dots',
      'Statement: no surprises, 1 dot',
    ])
    change(stage, surprises)
    change(stage, mergeGroups('g2' as GroupId, 'g1' as GroupId))
    expect(reads()).toEqual(['Group: Pages, 5 dots', 'Statement: one page, 4 dots'])
    for (const id of ['n1', 'n2', 'n4'] as const) change(stage, loose(id))
    expect(reads()).toEqual(BEFORE)
  })

  test('the list of rounds keeps what was counted, and says what became of it', async () => {
    const stage = open(INES, { ...vote, g1: 3, g2: 2, g3: 1 })
    for (const edit of [pages, surprises, group('g3', ' ', 'n3')]) change(stage, edit)
    change(stage, mergeGroups('g2' as GroupId, 'g1' as GroupId))
    change(stage, splitGroup('g3' as GroupId, [['n3' as NoteId, 'a3']]))
    await screen.findByRole('group', { name: 'Group: Pages' })
    expect(reads()).toEqual(['Group: Pages, 10 dots', 'Statement: one page, 4 dots'])
    await userEvent.setup().click(screen.getByRole('button', { name: '15 dots from 2 people' }))
    const lines = within(await screen.findByRole('dialog', { name: 'Votes of this phase' })).getAllByRole('listitem')
    expect(lines.map(({ textContent }) => textContent).sort()).toEqual([
      '1 dotA grouptied, taken apart since',
      '1 dotno surprisestied, grouped since',
      '2 dotsSurprisestied, merged since',
      '2 dotsstatus pagetied, grouped since',
      '2 dotsten minutestied, grouped since',
      '3 dotsPages',
      '4 dotsone page',
    ])
  })
})
