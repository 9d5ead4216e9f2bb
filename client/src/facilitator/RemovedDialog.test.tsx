import { binRoot } from '@quintet/shared/desk'
import { addNote, removeNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import '../ui/topLayer.fixture.ts'
import '../ui/Menu.tsx'
import './RemovedDialog.tsx'
import { hideToast } from '../ui/toasts.ts'
import { LeadMenu } from './LeadMenu.tsx'
import { INES, Inside, MAREN, makeStage, type Stage } from './stage.fixture.tsx'

type Entry = Parameters<ReturnType<typeof binRoot>['set']>[1]

function bin(stage: Stage) {
  const doc = stage.session.docs.desk
  if (!doc) throw new Error('The facilitator has a desk.')
  return binRoot(doc)
}
const keep = (stage: Stage, id: string, text: string, more: Partial<Entry> = {}) =>
  bin(stage).set(id, {
    phase: 'ideal',
    author: INES.id,
    text,
    firstStep: '',
    measure: '',
    at: 1,
    hidden: false,
    ...more,
  })

async function open(stage: Stage) {
  hideToast()
  render(
    <Inside stage={stage}>
      <LeadMenu tight={false} />
    </Inside>,
  )
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'More for this step' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Removed notes' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Removed notes' }))
  return { user, dialog, rows: () => dialog.queryAllByRole('listitem').map((row) => row.textContent) }
}

test('removed and hidden notes stand there, the latest first, with whose they are and how they went', async () => {
  const stage = makeStage()
  keep(stage, 'a', 'I read one page')
  keep(stage, 'b', 'Somebody’s name', { at: 2, hidden: true, author: null })
  const { rows } = await open(stage)
  expect(rows()).toEqual([
    expect.stringMatching(/^Somebody’s nameIdeal stateAnonymousHidden.*Bring back$/),
    expect.stringMatching(/^I read one pageIdeal stateInesRemoved.*Bring back$/),
  ])
})

test('what was removed just now stands first: its words are on the board yet', async () => {
  const stage = makeStage()
  const { board } = stage.session.docs
  const note = 'n1' as NoteId
  addNote({ id: note, phase: 'ideal', author: MAREN.id, at: 1, text: 'On-call sleeps', order: 'a0', under: null })(
    board,
  )
  const { rows } = await open(stage)
  expect(rows()).toEqual([])
  act(() => void removeNote(note)(board))
  await waitFor(() => expect(rows()).toEqual(['On-call sleepsIdeal stateMarenRemoved just nowBring back']))
})

test('one is brought back by key, focus goes on to the next, and it is said', async () => {
  const stage = makeStage()
  keep(stage, 'a', 'I read one page')
  keep(stage, 'b', 'Idle things switch off', { at: 2 })
  const { user, dialog } = await open(stage)
  await user.tab()
  expect(document.activeElement?.textContent).toBe('Bring back')
  await user.keyboard('{Enter}')
  expect(stage.commands).toEqual([{ name: 'bring back note', note: 'b' }])
  act(() => bin(stage).delete('b'))
  await waitFor(() => expect(dialog.getByRole('status').textContent).toBe('It is back in Ideal state.'))
  expect(document.activeElement).toBe(dialog.getByRole('button', { name: 'Bring back' }))
})

test('where the phase is locked, what was removed says why it stays; what was hidden comes back all the same', async () => {
  const stage = makeStage({ fields: { locks: { ideal: { by: MAREN.id, at: 1 } } } })
  keep(stage, 'a', 'I read one page')
  keep(stage, 'b', 'Somebody’s name', { at: 2, hidden: true })
  const { dialog } = await open(stage)
  const [hidden, removed] = dialog.getAllByRole('button', { name: 'Bring back' })
  expect(hidden?.getAttribute('aria-disabled')).toBeNull()
  expect(removed?.getAttribute('aria-disabled')).toBe('true')
  expect(removed?.title).toBe('Ideal state is locked. A facilitator can unlock it.')
})

test('many are shown fifty at a time', async () => {
  const stage = makeStage()
  for (let at = 1; at <= 51; at++) keep(stage, `n${at}`, `Note ${at}`, { at })
  const { user, dialog, rows } = await open(stage)
  expect(rows()).toHaveLength(50)
  await user.click(dialog.getByRole('button', { name: 'Show older ones, 1 more' }))
  expect(rows()[50]).toMatch(/^Note 1I/)
  expect(dialog.queryByRole('button', { name: /^Show older/ })).toBeNull()
})

test('with nothing in it, it says so', async () => {
  const { dialog } = await open(makeStage())
  expect(dialog.getByText('Nothing was removed or hidden.')).toBeDefined()
})
