import { act, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import '../ui/topLayer.fixture.ts'
import { addAction, at, INES, Inside, MAREN, makeStage, type Stage } from '../facilitator/stage.fixture.tsx'
import { hideToast } from '../ui/toasts.ts'
import { Header } from './Header.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { PhaseRail } from './PhaseRail.tsx'

function open(stage: Stage) {
  hideToast()
  const looked: string[] = []
  const seats = {
    seats: [stage.session.me],
    now: stage.session.me.id,
    onSit: () => undefined,
    onLeave: () => Promise.resolve(),
  }
  render(
    <Inside stage={stage}>
      <Header actions={<MoreMenu seats={seats} entries={() => []} />}>
        <PhaseRail shown="gaps" onLook={(phase) => looked.push(phase)} />
      </Header>
    </Inside>,
  )
  return { looked, user: userEvent.setup() }
}

test('the rail says where the group is, what past phases hold, and that later ones come later', async () => {
  const stage = makeStage({ as: INES, fields: { at: at('owners') } })
  addAction(stage.session.docs.board, 'Grow disks', null)
  const { looked, user } = open(stage)
  const rail = screen.getByRole('navigation', { name: 'Phases' })
  expect(within(rail).getByRole('button', { current: 'step' }).textContent).toBe('Owners')
  expect(within(rail).getByRole('button', { name: 'Actions, 1 action' })).toBeDefined()
  expect(within(rail).getByRole('button', { name: 'Gaps, 0 gaps' })).toBeDefined()
  await user.click(within(rail).getByRole('button', { name: /^Gaps/ }))
  act(() => stage.set({ at: at('ideal') }))
  await user.click(within(rail).getByRole('button', { name: 'Actions' }))
  expect(looked).toEqual(['gaps'])
  expect(await screen.findByText(/Actions comes later/)).toBeDefined()
})

test('the rail says of every phase that it is locked, also to those who do not see it', () => {
  const lock = { by: MAREN.id, at: 1 }
  open(makeStage({ as: INES, fields: { at: at('gaps'), locks: { ideal: lock, gaps: lock } } }))
  const rail = screen.getByRole('navigation', { name: 'Phases' })
  expect(within(rail).getByRole('button', { name: 'Ideal state, 0 statements, locked' })).toBeDefined()
  expect(within(rail).getByRole('button', { current: 'step', name: 'Gaps, locked' })).toBeDefined()
  expect(within(rail).getByRole('button', { name: 'Principles, 0 principles' })).toBeDefined()
})

test('a facilitator renames the workshop in place; Escape changes nothing', async () => {
  const stage = makeStage()
  const { user } = open(stage)
  const rename = () => screen.getByRole('button', { name: /rename the workshop/ })
  await user.click(rename())
  await user.clear(screen.getByLabelText('Title of the workshop'))
  await user.type(screen.getByLabelText('Title of the workshop'), 'Not this{Escape}')
  await user.click(rename())
  await user.clear(screen.getByLabelText('Title of the workshop'))
  await user.type(screen.getByLabelText('Title of the workshop'), '  Platform   days {Enter}')
  expect(stage.commands).toEqual([{ name: 'rename workshop', title: 'Platform days' }])
})

test('a member reads the title and cannot change it', () => {
  open(makeStage({ as: INES }))
  expect(screen.getByText('How we serve product teams')).toBeDefined()
  expect(screen.queryByRole('button', { name: /rename/ })).toBeNull()
})

test('the list of people tells roles, oneself and who is away, and renames oneself alone', async () => {
  const stage = makeStage({ as: INES })
  const { user } = open(stage)
  await user.click(screen.getByRole('button', { name: /^1 person here/ }))
  const list = await screen.findByRole('dialog', { name: 'People' })
  const rows = within(list).getAllByRole('listitem')
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringContaining('Inesyou'),
    expect.stringContaining('MarenFacilitator, away'),
  ])
  expect(within(list).getAllByRole('button', { name: 'Change your name' })).toHaveLength(1)
  await user.click(within(list).getByRole('button', { name: 'Change your name' }))
  await user.clear(within(list).getByLabelText('Your name'))
  await user.type(within(list).getByLabelText('Your name'), 'Inês{Enter}')
  expect(stage.commands).toEqual([{ name: 'rename person', person: INES.id, to: 'Inês' }])
})

test('a facilitator removes somebody else, after reading what stays of them', async () => {
  const stage = makeStage()
  const { user } = open(stage)
  await user.click(screen.getByRole('button', { name: /^1 person here/ }))
  const list = await screen.findByRole('dialog', { name: 'People' })
  expect(within(list).queryByRole('button', { name: 'Remove Maren' })).toBeNull()
  await user.click(within(list).getByRole('button', { name: 'Remove Ines' }))
  const ask = await screen.findByRole('dialog', { name: 'Remove Ines?' })
  expect(ask.textContent).toContain('What Ines shared stays on the wall')
  await user.click(within(ask).getByRole('button', { name: 'Cancel' }))
  expect(stage.commands).toEqual([])
  await user.click(await screen.findByRole('button', { name: 'Remove Ines' }))
  await user.click(
    within(await screen.findByRole('dialog', { name: 'Remove Ines?' })).getByRole('button', { name: 'Remove Ines' }),
  )
  expect(stage.commands).toEqual([{ name: 'remove person', person: INES.id }])
  expect(await screen.findByText('Ines was removed')).toBeDefined()
})

test('a member removes nobody', async () => {
  const { user } = open(makeStage({ as: INES }))
  await user.click(screen.getByRole('button', { name: /^1 person here/ }))
  const list = await screen.findByRole('dialog', { name: 'People' })
  expect(within(list).queryByRole('button', { name: /^Remove/ })).toBeNull()
})

test('what the server refuses is said', async () => {
  const stage = makeStage()
  stage.answers({ ok: false, code: 'offline', message: 'You are offline, so this was not done.' })
  const { user } = open(stage)
  await user.click(screen.getByRole('button', { name: /rename the workshop/ }))
  await user.type(screen.getByLabelText('Title of the workshop'), ' again{Enter}')
  expect(await screen.findByText('You are offline, so this was not done.')).toBeDefined()
})

test('undo without anything to undo says so', async () => {
  const { user } = open(makeStage({ as: INES }))
  await user.click(screen.getByRole('button', { name: 'More' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Undo' }))
  expect(await screen.findByText('There is nothing of yours to undo.')).toBeDefined()
})
