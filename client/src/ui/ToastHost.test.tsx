import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import { ToastHost } from './ToastHost.tsx'
import { hideToast, showToast } from './toasts.ts'

beforeEach(hideToast)

/** A page with one button, and a toast with something to do; focus has gone from the one to the other. */
async function inToast() {
  const user = userEvent.setup()
  const did: string[] = []
  render(
    <>
      <button type="button">A note</button>
      <ToastHost />
    </>,
  )
  await user.tab()
  act(() => showToast({ text: 'Removed', action: { label: 'Undo', run: () => did.push('undo') } }))
  await user.tab()
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }))
  return { user, did }
}

const note = () => screen.getByRole('button', { name: 'A note' })

test('a toast that is used gives the focus back to where it came from', async () => {
  const { user, did } = await inToast()
  await user.keyboard('{Enter}')
  expect(did).toEqual(['undo'])
  expect(screen.queryByText('Removed')).toBeNull()
  expect(document.activeElement).toBe(note())
})

test('so does one that is closed, also from its last button', async () => {
  const { user } = await inToast()
  await user.tab()
  await user.keyboard('{Enter}')
  expect(screen.queryByText('Removed')).toBeNull()
  expect(document.activeElement).toBe(note())
})

test('and one whose place another takes', async () => {
  await inToast()
  act(() => showToast({ text: 'Something else' }))
  expect(document.activeElement).toBe(note())
})

test('a toast that goes while the focus is elsewhere leaves it there', async () => {
  const { user } = await inToast()
  await user.tab({ shift: true })
  act(hideToast)
  expect(document.activeElement).toBe(note())
})
