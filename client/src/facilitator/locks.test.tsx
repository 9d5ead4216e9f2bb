import type { PersonId } from '@quintet/shared/ids'
import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import '../ui/topLayer.fixture.ts'
// Fetched before they are wanted, so that no test waits for a busy machine to do it.
import '../ui/Menu.tsx'
import './LeadBar.tsx'
import './LocksHeard.tsx'
import { hideToast } from '../ui/toasts.ts'
import { Bar } from './Bar.tsx'
import { LockNotice } from './LockNotice.tsx'
import { at, INES, Inside, MAREN, makeStage, type Stage } from './stage.fixture.tsx'

const LOCK = { by: MAREN.id, at: new Date(2026, 10, 23, 14, 31).getTime() }

async function open(stage: Stage) {
  hideToast()
  render(
    <Inside stage={stage}>
      <LockNotice phase="ideal" />
      <Bar shown="ideal" onRejoin={() => undefined} onOpenPlan={() => undefined} />
    </Inside>,
  )
  if (stage.session.me.role === 'facilitator') await screen.findByRole('button', { name: 'More for this step' })
  return userEvent.setup()
}

const button = (name: string) => screen.getByRole('button', { name })
const toast = () => screen.getByRole('status').textContent

test('a facilitator locks a phase from the menu, and takes it back from the toast', async () => {
  const stage = makeStage({ fields: { at: at('gaps') } })
  const user = await open(stage)
  await user.click(button('More for this step'))
  // What the group has not reached is not offered: it is not written on anyway.
  const offered = (await screen.findAllByRole('menuitem', { name: /^Lock / })).map((item) => item.textContent)
  expect(offered).toEqual(['Lock Principles', 'Lock Ideal state', 'Lock Gaps'])
  await user.click(screen.getByRole('menuitem', { name: 'Lock Gaps' }))
  act(() => stage.set({ locks: { gaps: LOCK } }))
  await waitFor(() => expect(toast()).toContain('Gaps is locked'))
  await user.click(button('Unlock'))
  expect(stage.commands).toEqual([
    { name: 'lock phase', phase: 'gaps', locked: true },
    { name: 'lock phase', phase: 'gaps', locked: false },
  ])
})

test('a locked phase is unlocked from the menu, and from where it is read that it is locked', async () => {
  const stage = makeStage({ fields: { locks: { ideal: LOCK } } })
  const user = await open(stage)
  expect(screen.getByText(/^You locked Ideal state/)).toBeDefined()
  await user.click(button('Unlock'))
  act(() => stage.set({ locks: {} }))
  await waitFor(() => expect(toast()).toContain('Ideal state is open again'))
  act(() => stage.set({ locks: { ideal: LOCK } }))
  await user.click(button('More for this step'))
  await user.click(await screen.findByRole('menuitem', { name: 'Unlock Ideal state' }))
  const unlock = { name: 'lock phase', phase: 'ideal', locked: false }
  expect(stage.commands).toEqual([unlock, unlock])
  act(() => stage.set({ locks: {} }))
  // The one with the way back stays: what this page did is not told to it once more.
  await screen.findByRole('button', { name: 'Lock again' })
})

test('offline a lock waits, and says why', async () => {
  const stage = makeStage()
  stage.goes({ is: 'offline', waiting: 0 })
  const user = await open(stage)
  await user.click(button('More for this step'))
  await user.click(await screen.findByRole('menuitem', { name: 'Lock Ideal state' }))
  expect(stage.commands).toEqual([])
  expect(toast()).toContain('A lock holds for everyone, so it waits until you are back.')
})

test('a member is told who locked what, and when it is open again', async () => {
  const stage = makeStage({ as: INES })
  await open(stage)
  act(() => stage.set({ locks: { ideal: LOCK } }))
  await waitFor(() => expect(toast()).toContain('Maren locked Ideal state'))
  expect(screen.getByText(/^Maren locked Ideal state .*14:31|2:31/)).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Unlock' })).toBeNull()
  act(() => stage.set({ locks: {} }))
  await waitFor(() => expect(toast()).toBe('Ideal state is open again'))
  expect(screen.queryByText(/^Maren locked/)).toBeNull()
})

test('a lock that was there before says nothing by itself', async () => {
  const stage = makeStage({ as: INES, fields: { locks: { ideal: LOCK } } })
  await open(stage)
  act(() => stage.set({ locks: { ideal: LOCK, gaps: { ...LOCK, by: 'kofi' as PersonId } } }))
  await waitFor(() => expect(toast()).toContain('A facilitator locked Gaps'))
  expect(toast()).not.toContain('Ideal state')
})
