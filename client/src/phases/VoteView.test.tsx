import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { addNote, removeNote } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, RoundId } from '@quintet/shared/ids'
import { ballotOf } from '@quintet/shared/notebook'
import type { Round } from '@quintet/shared/stage'
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, test, vi } from 'vitest'
import '../ui/topLayer.fixture.ts'
// Fetched before it is wanted, so that no test waits for a busy machine to do it.
import '../board/GroupFlow.tsx'
import { INES, Inside, MAREN, makeStage, type Stage, step, voteRound } from '../facilitator/stage.fixture.tsx'
import { useAnnouncement } from '../ui/announcements.ts'
import { hideToast } from '../ui/toasts.ts'
import { PHONE } from '../ui/useMedia.ts'
import { VoteView } from './VoteView.tsx'

const OBSERVER = { id: INES.id, name: 'Observer', role: 'observer' } as const
const note = (id: string) => id as NoteId
const R1 = 'r1' as RoundId

interface Options {
  readonly as?: Stage['session']['me']
  readonly phone?: boolean
  readonly round?: Partial<Round>
}

/** A vote on a group of two notes, “database”, and on two loose notes, as seen on a computer or a phone. */
async function open({ as = INES, phone = false, round = {} }: Options = {}): Promise<Stage> {
  hideToast()
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: phone && query === PHONE,
    addEventListener() {},
    removeEventListener() {},
  }))
  const stage = makeStage({ as, fields: { agenda: RHYTHM_AGENDA, at: step('ideal', 4) } })
  stage.set({}, [voteRound(round)])
  const { board } = stage.session.docs
  const texts = { n1: 'ten minutes', n2: 'a connection string', n3: 'status page', n4: 'one page' }
  for (const [id, text] of Object.entries(texts))
    addNote({ id: note(id), phase: 'ideal', author: MAREN.id, at: 1, text, order: `a${id}`, under: null })(board)
  groupNotes({ id: 'g1' as GroupId, phase: 'ideal', name: 'database', order: 'a0' }, [
    [note('n1'), 'a0'],
    [note('n2'), 'a1'],
  ])(board)
  render(
    <Inside stage={stage}>
      <VoteView phase="ideal" />
    </Inside>,
  )
  // What shows groups is a part of its own.
  if (!phone) await screen.findByRole('group', { name: 'Group: database' })
  return stage
}

const place = (words: string) => screen.getByRole('button', { name: `Place a dot on: ${words}` })
const takeBack = (words: string) => screen.getByRole('button', { name: `Take a dot back from: ${words}` })
const ballot = ({ session: { docs } }: Stage) => ballotOf(docs.notebook ?? docs.board, R1, 5)

describe.each([
  ['a computer', false],
  ['a phone', true],
])('on %s', (_, phone) => {
  test('dots are placed on groups and notes and taken back, within the budget, and said', async () => {
    const stage = await open({ phone })
    const user = userEvent.setup()
    expect(screen.getByText(/^5 of (your )?5 dots left$/)).toBeDefined()
    await user.click(place('database'))
    await user.click(place('database'))
    await user.click(place('status page'))
    expect(ballot(stage)).toEqual(['g1', 'g1', 'n3', null, null])
    expect(screen.getByText(/^2 of (your )?5 dots left$/)).toBeDefined()
    expect(screen.getByRole('group', { name: 'Your dots on database: 2' })).toBeDefined()
    await user.click(takeBack('database'))
    expect(useAnnouncement.getState().text).toBe('1 dot on “database”, 3 left')
    expect(ballot(stage)).toEqual(['g1', null, 'n3', null, null])
  })

  test('without a dot left the plus stays, does nothing, and says why', async () => {
    const stage = await open({ phone })
    const user = userEvent.setup()
    for (let dot = 0; dot < 5; dot++) await user.click(place('one page'))
    expect(place('database').getAttribute('aria-disabled')).toBe('true')
    await user.click(place('database'))
    expect(ballot(stage)).toEqual(['n4', 'n4', 'n4', 'n4', 'n4'])
    expect(await screen.findByText('All 5 of your dots are placed. Take one back to place it elsewhere.')).toBeDefined()
  })

  test('a dot on something that was removed comes back, and says so', async () => {
    const stage = await open({ phone })
    const user = userEvent.setup()
    await user.click(place('status page'))
    act(() => void removeNote(note('n3'))(stage.session.docs.board))
    expect(await screen.findByText(/^5 of (your )?5 dots left$/)).toBeDefined()
    // Shown, and said.
    expect(screen.getAllByText('One dot came back to you: what it stood on was removed')).toHaveLength(2)
  })

  test('a round that was reopened says that totals were seen', async () => {
    await open({ phone, round: { tally: { totals: {}, dots: 0, voted: 0, people: 2 } } })
    expect(screen.getByText('Totals were seen before this vote was reopened')).toBeDefined()
  })

  test('an observer sees no dot and no button', async () => {
    await open({ phone, as: OBSERVER })
    expect(screen.getByText(/Secret|secret/)).toBeDefined()
    expect(screen.queryByRole('button', { name: /dot/ })).toBeNull()
    expect(screen.queryByText(/dots left/)).toBeNull()
  })

  test('a closed vote shows its totals, ties as ties, and a facilitator goes back to it', async () => {
    const totals = { g1: 3, n3: 1, n4: 1 } as NonNullable<Round['tally']>['totals']
    const stage = await open({
      phone,
      as: MAREN,
      round: { state: 'closed', closedAt: 5, tally: { totals, dots: 5, voted: 2, people: 2 } },
    })
    const user = userEvent.setup()
    expect(screen.getByText('Vote closed, 5 dots from 2 of 2 people')).toBeDefined()
    expect(screen.getByText('3 dots')).toBeDefined()
    expect(screen.getAllByText('1 dot')).toHaveLength(2)
    expect(screen.getAllByText('tied')).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Reopen vote' }))
    await user.click(screen.getByRole('button', { name: 'Vote again' }))
    expect(stage.commands).toEqual([
      { name: 'reopen vote', from: step('ideal', 4), round: 'r1' },
      { name: 'vote again', from: step('ideal', 4), step: step('ideal', 4) },
    ])
  })

  test('the totals of a closed vote go with what is grouped, and leave with what is removed', async () => {
    const totals = { g1: 3, n3: 1, n4: 2 } as NonNullable<Round['tally']>['totals']
    const stage = await open({
      phone,
      round: { state: 'closed', closedAt: 5, tally: { totals, dots: 6, voted: 2, people: 2 } },
    })
    const { board } = stage.session.docs
    const dots = () => screen.getAllByText(/^\d dots?$/).map(({ textContent }) => textContent)
    expect(dots()).toEqual(['3 dots', '1 dot', '2 dots'])
    const pages = { id: 'g2' as GroupId, phase: 'ideal', name: 'pages', order: 'a1' } as const
    act(
      () =>
        void groupNotes(pages, [
          [note('n3'), 'a0'],
          [note('n4'), 'a1'],
        ])(board),
    )
    expect(dots()).toEqual(['3 dots', '3 dots'])
    expect(screen.getAllByText('tied')).toHaveLength(2)
    act(() => void removeNote(note('n4'))(board))
    expect(dots()).toEqual(['3 dots', '1 dot'])
    expect(screen.queryByText('tied')).toBeNull()
  })

  test('a reopened vote from which somebody was removed says that it keeps its totals', async () => {
    const tally = { totals: {}, dots: 0, voted: 0, people: 2 }
    await open({ phone, round: { tally, sealed: true } })
    expect(screen.getByText(/this vote keeps the totals that were seen/)).toBeDefined()
  })

  test('a vote whose totals would tell somebody’s dots is held again, not reopened', async () => {
    const tally = { totals: {}, dots: 0, voted: 0, people: 2 }
    const stage = await open({ phone, as: MAREN, round: { state: 'closed', closedAt: 5, tally, sealed: true } })
    const reopen = screen.getByRole('button', { name: 'Reopen vote' })
    expect(reopen.getAttribute('aria-disabled')).toBe('true')
    await userEvent.setup().click(reopen)
    expect(stage.commands).toEqual([])
    expect(screen.getByRole('button', { name: 'Vote again' }).getAttribute('aria-disabled')).toBeNull()
  })
})

test('plus and minus on a block do what its buttons do', async () => {
  const stage = await open()
  const block = place('database').closest('[data-note], [data-vote]')
  if (!block) throw new Error('The group stands in no block.')
  fireEvent.keyDown(block, { key: '+' })
  fireEvent.keyDown(block, { key: '=' })
  expect(ballot(stage)).toEqual(['g1', 'g1', null, null, null])
  fireEvent.keyDown(block, { key: '-' })
  fireEvent.keyDown(block, { key: '-', ctrlKey: true })
  expect(ballot(stage)).toEqual(['g1', null, null, null, null])
})

test('on a phone a group shows its notes on demand', async () => {
  await open({ phone: true })
  const card = screen.getByRole('heading', { name: '“database”' }).closest('article')
  if (!card) throw new Error('The group has no card.')
  expect(within(card).queryByText('ten minutes')).toBeNull()
  await userEvent.setup().click(within(card).getByRole('button', { name: '2 notes' }))
  expect(
    within(card)
      .getAllByRole('listitem')
      .map((line) => line.textContent),
  ).toEqual(['ten minutes', 'a connection string'])
})

test('on a phone groups come first, then what is in none, with how many those are', async () => {
  const { session } = await open({ phone: true })
  const first = {
    id: note('n5'),
    phase: 'ideal',
    author: MAREN.id,
    at: 2,
    text: 'first',
    order: 'Zz',
    under: null,
  } as const
  act(() => addNote(first)(session.docs.board))
  const cards = (name: string) =>
    within(screen.getByRole('list', { name }))
      .getAllByRole('heading')
      .map((heading) => heading.textContent)
  expect(cards('Groups of statements')).toEqual(['“database”'])
  expect(screen.getByRole('heading', { name: 'Not in a group 3' })).toBeDefined()
  expect(cards('Not in a group')).toEqual(['“first”', '“status page”', '“one page”'])
})
