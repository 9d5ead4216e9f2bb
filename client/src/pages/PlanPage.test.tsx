import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import '../ui/topLayer.fixture.ts'
import { addAction, at, INES, Inside, MAREN, makeStage } from '../facilitator/stage.fixture.tsx'
import { PlanPage } from './PlanPage.tsx'

const seats = { seats: [], now: MAREN.id, onSit: () => undefined, onLeave: () => Promise.resolve() }

function open(as: typeof MAREN | typeof INES = MAREN) {
  const stage = makeStage({ as, fields: { at: at('owners') } })
  addAction(stage.session.docs.board, 'Grow disks on their own', INES.id)
  addAction(stage.session.docs.board, 'Replace the two approvals', null)
  render(
    <Inside stage={stage}>
      <PlanPage seats={seats} />
    </Inside>,
  )
  return userEvent.setup()
}

test('the plan lists every action with owner and status, and opens its thread', async () => {
  const user = open()
  const rows = within(screen.getByRole('list', { name: 'Actions' })).getAllByRole('listitem')
  expect(rows).toHaveLength(2)
  expect(screen.getByText('Ines')).toBeDefined()
  expect(screen.getByText('No owner')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Open: Grow disks on their own' }))
  expect(screen.getByRole('list', { name: 'Thread' }).textContent).toContain('OwnerInes')
  expect(screen.getAllByText('None yet')).toHaveLength(2)
})

test('a status changes from its menu, and the summary with it', async () => {
  const user = open()
  expect(screen.getByRole('img', { name: '2 open' })).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Status of Grow disks on their own: Open' }))
  await user.click(await screen.findByRole('menuitemradio', { name: 'Done' }))
  expect(await screen.findByRole('button', { name: 'Status of Grow disks on their own: Done' })).toBeDefined()
  expect(await screen.findByRole('img', { name: '1 done, 1 open' })).toBeDefined()
})

test('the export is copied where the browser lets a page copy, and stands selected where it does not', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('# The plan\n', { status: 200 })))
  const user = open(INES)
  await user.click(screen.getByRole('button', { name: 'Export' }))
  await user.click(await screen.findByRole('button', { name: 'Copy Markdown' }))
  // userEvent brings a clipboard.
  expect(await navigator.clipboard.readText()).toBe('# The plan\n')
  vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: undefined } }))
  await user.click(screen.getByRole('button', { name: 'Copy Markdown' }))
  const field = await screen.findByRole('textbox', { name: 'The plan as Markdown' })
  expect((field as HTMLTextAreaElement).value).toBe('# The plan\n')
  expect((field as HTMLTextAreaElement).selectionEnd).toBe('# The plan\n'.length)
})

test('a refused export is said in a sentence', async () => {
  const answer = { code: 'not-saved', message: 'The server cannot read at the moment.' }
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(answer), { status: 503 })))
  const user = open(INES)
  await user.click(screen.getByRole('button', { name: 'Export' }))
  await user.click(await screen.findByRole('button', { name: 'Copy Markdown' }))
  expect(await screen.findByText('The server cannot read at the moment.')).toBeDefined()
})
