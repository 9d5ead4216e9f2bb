import { requestRoot } from '@quintet/shared/desk'
import { addNote, removeNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import '../ui/topLayer.fixture.ts'
import './RequestList.tsx'
import { hideToast } from '../ui/toasts.ts'
import { Requests } from './Requests.tsx'
import { INES, Inside, MAREN, makeStage, type Stage } from './stage.fixture.tsx'

type Asking = Parameters<ReturnType<typeof requestRoot>['set']>[1]

function desk(stage: Stage) {
  const doc = stage.session.docs.desk
  if (!doc) throw new Error('The facilitator has a desk.')
  return requestRoot(doc)
}
const ask = (stage: Stage, id: string, text: string, more: Partial<Asking> = {}) =>
  desk(stage).set(id, { person: INES.id, phase: 'gaps', text, note: null, at: 1, ...more })

function show(stage: Stage) {
  hideToast()
  render(
    <Inside stage={stage}>
      <section>
        <button type="button">Next</button>
        <Requests />
      </section>
    </Inside>,
  )
  return userEvent.setup()
}
const button = () => screen.getByRole('button', { name: /^Requests to add/ })
const list = () => screen.findByRole('dialog', { name: 'Requests to add' })

test('nothing stands in the bar until somebody asks; then a count, and who asks is said', async () => {
  const stage = makeStage()
  show(stage)
  expect(screen.queryByRole('button', { name: /^Requests/ })).toBeNull()
  act(() => void ask(stage, 'r1', 'Quota requests go by mail'))
  expect(within(button()).getByText('1')).toBeDefined()
  expect(screen.getByRole('log').textContent).toBe('Ines asks to add to Gaps.')
})

test('a request is accepted or declined by key, and focus stays in the list', async () => {
  const stage = makeStage()
  ask(stage, 'r1', 'Quota requests go by mail')
  ask(stage, 'r2', 'Nobody owns the test cluster', { at: 2 })
  const user = show(stage)
  button().focus()
  await user.keyboard('{Enter}')
  const rows = within(await list()).getAllByRole('listitem')
  expect(rows.map((row) => within(row).getByText(/mail|cluster/).textContent)).toEqual([
    'Quota requests go by mail',
    'Nobody owns the test cluster',
  ])
  await user.tab()
  await user.tab()
  expect(document.activeElement?.textContent).toBe('Accept')
  await user.keyboard('{Enter}')
  expect(stage.commands).toEqual([{ name: 'answer request', request: 'r1', accept: true }])
  act(() => desk(stage).delete('r1'))
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Decline'))
  await user.keyboard('{Enter}')
  expect(stage.commands[1]).toEqual({ name: 'answer request', request: 'r2', accept: false })
  act(() => desk(stage).delete('r2'))
  expect(await screen.findByText('Nobody waits for an answer now.')).toBeDefined()
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('dialog')).toBeNull()
  // The button goes with the last request: who answered it by key still stands somewhere.
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Next' })))
  expect(screen.queryByRole('button', { name: /^Requests/ })).toBeNull()
})

test('words for a note that stands are shown beside what it says now', async () => {
  const stage = makeStage()
  const note = 'n1' as NoteId
  addNote({ id: note, phase: 'gaps', author: MAREN.id, at: 1, text: 'Quota by mail', order: 'a0', under: null })(
    stage.session.docs.board,
  )
  ask(stage, 'r1', 'Quota by mail, twice', { note })
  const user = show(stage)
  await user.click(button())
  const [row] = within(await list()).getAllByRole('listitem')
  expect(row?.textContent).toContain('Ines asks for other words in Gaps')
  expect(row?.textContent).toContain('Maren, now: Quota by mail')
  act(() => void removeNote(note)(stage.session.docs.board))
  expect(row?.textContent).toContain('The note was removed meanwhile.')
})

test('in an anonymous phase nobody is named', async () => {
  const stage = makeStage()
  const { agenda } = { agenda: { phases: [{ phase: 'gaps', anonymous: true, steps: [] }] } } as const
  act(() => stage.set({ agenda }))
  ask(stage, 'r1', 'Quota requests go by mail', { person: null })
  const user = show(stage)
  await user.click(button())
  const [row] = within(await list()).getAllByRole('listitem')
  expect(row?.textContent).toMatch(/^Somebody asks to add to Gaps/)
  expect(row?.textContent).toContain(', without a name')
})

test('of many the first fifty are shown', async () => {
  const stage = makeStage()
  for (let at = 1; at <= 52; at++) ask(stage, `r${at}`, `Words ${at}`, { at })
  const user = show(stage)
  await user.click(button())
  expect(within(await list()).getAllByRole('listitem')).toHaveLength(50)
  expect(screen.getByText('2 more follow.')).toBeDefined()
})

test('an answer that came too late is told', async () => {
  const stage = makeStage()
  ask(stage, 'r1', 'Quota requests go by mail')
  stage.answers({ ok: false, code: 'stale', message: 'This request was answered already. Nothing was changed.' })
  const user = show(stage)
  await user.click(button())
  await list()
  await user.click(screen.getByRole('button', { name: 'Accept' }))
  expect(await screen.findByText('This request was answered already. Nothing was changed.')).toBeDefined()
})
