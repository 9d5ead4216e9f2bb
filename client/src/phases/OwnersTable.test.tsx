import { readBoard } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { MAREN, TOMASZ, workshopAlone } from '../board/board.fixture.tsx'
import { OwnersTable } from './OwnersTable.tsx'

function setUp(options: Parameters<typeof workshopAlone>[0] = {}) {
  const workshop = workshopAlone({ phase: 'owners', ...options })
  const s1 = workshop.add('s1', 'I have a database in ten minutes', { phase: 'ideal' })
  const g1 = workshop.add('g1', 'Product teams wait 3 days', { phase: 'gaps', under: s1 })
  workshop.add('a1', 'Self-service Postgres', { phase: 'actions', under: g1 })
  workshop.add('a2', 'Drive the status page from alerts', { phase: 'actions' })
  workshop.show(<OwnersTable />)
  const plan = (id: string) => readBoard(workshop.board).plan.get(id as NoteId)
  const row = (words: RegExp) => screen.getByRole('row', { name: words })
  return { ...workshop, plan, row, user: userEvent.setup() }
}

it('is claimed with one click', async () => {
  const { user, plan } = setUp()
  await user.click(screen.getByRole('button', { name: 'Claim: Self-service Postgres' }))
  expect(plan('a1')?.owner).toEqual({ person: TOMASZ })
  expect(screen.getByText('(you)')).toBeTruthy()
  expect(await screen.findByText('1 of 2')).toBeTruthy()
})

it('is assigned to one of the people, who has how many actions in sight', async () => {
  const { user, plan } = setUp()
  await user.click(screen.getByRole('button', { name: 'Claim: Self-service Postgres' }))
  await user.click(screen.getByRole('button', { name: 'Assign: Drive the status page from alerts' }))
  const options = await screen.findAllByRole('option')
  expect(options.map((option) => option.textContent)).toEqual([
    'MMarenno action yet',
    'TTomasz1 action',
    'Someone not here',
  ])
  await user.keyboard('mar{Enter}')
  expect(plan('a2')?.owner).toEqual({ person: MAREN })
})

it('is assigned to somebody who is not here, by name', async () => {
  const { user, plan, row } = setUp()
  await user.click(screen.getByRole('button', { name: 'Assign: Self-service Postgres' }))
  await user.click(await screen.findByRole('option', { name: 'Someone not here' }))
  await user.keyboard('Hannah{Enter}')
  expect(plan('a1')?.owner).toEqual({ name: 'Hannah' })
  expect(within(row(/Postgres/)).getByText('(not here)')).toBeTruthy()
})

it('takes a due date once, when the field is left, and shows it in words', async () => {
  const { user, plan, row } = setUp()
  await user.click(screen.getByRole('button', { name: 'Set a due date for: Self-service Postgres' }))
  const field = screen.getByLabelText('Due date of: Self-service Postgres')
  await user.type(field, '2027-01-29')
  expect(plan('a1')?.due).toBeNull()
  await user.keyboard('{Enter}')
  expect(plan('a1')?.due).toBe('2027-01-29')
  expect(row(/Postgres/).textContent).toMatch(/29/)
})

it('leaves a due date as it was on Escape', async () => {
  const { user, plan } = setUp()
  await user.click(screen.getByRole('button', { name: 'Set a due date for: Self-service Postgres' }))
  await user.type(screen.getByLabelText('Due date of: Self-service Postgres'), '2027-01-29')
  await user.keyboard('{Escape}')
  expect(plan('a1')?.due).toBeNull()
})

it('has first step and measure written in place', async () => {
  const { user, plan } = setUp()
  await user.click(screen.getByRole('button', { name: 'Add: first step of: Self-service Postgres' }))
  await user.type(screen.getByRole('textbox'), 'Draft the API{Enter}')
  expect(plan('a1')?.firstStep).toBe('Draft the API')
  await user.click(screen.getByRole('button', { name: 'Add: measure of success of: Self-service Postgres' }))
  await user.type(screen.getByRole('textbox'), 'Ten minutes{Enter}')
  expect(plan('a1')?.measure).toBe('Ten minutes')
})

it('has its words edited in its row, where the focus stays', async () => {
  const { user, row } = setUp()
  await user.click(screen.getByRole('button', { name: 'More for: Self-service Postgres' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Edit the action' }))
  await user.type(screen.getByRole('textbox', { name: 'Words of this action' }), ' soon{Enter}')
  const edited = await waitFor(() => row(/Self-service Postgres soon/))
  await waitFor(() => expect(document.activeElement).toBe(edited))
})

it('shows the thread that an action ends, and where it is broken', () => {
  const { row } = setUp()
  const thread = (words: RegExp) =>
    within(row(words))
      .getByRole('img', { name: /Thread/ })
      .getAttribute('aria-label')
  expect(thread(/Postgres/)).toBe('Thread: ideal state, gap, action, no owner')
  expect(thread(/status page/)).toBe('Thread: no ideal state, no gap, action, no owner')
})

it('gives an observer everything to read and nothing to press', () => {
  setUp({ me: { id: TOMASZ, role: 'observer' } })
  expect(screen.queryByRole('button')).toBeNull()
  expect(screen.getAllByText('No owner yet')).toHaveLength(2)
})
