import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import '../ui/topLayer.fixture.ts'
import { ApiError } from '../api.ts'
import { INES, Inside, MAREN, makeStage } from '../facilitator/stage.fixture.tsx'
import { LeaveDialog } from './LeaveDialog.tsx'

const SOLE = /Nobody else leads this workshop/

/** Opens the dialog. @param onLeave what becomes of leaving. */
function open(as: typeof MAREN | typeof INES, onLeave: (seatToo: boolean) => Promise<void>) {
  const seats = { seats: [as], now: as.id, onSit: () => undefined, onLeave }
  render(
    <Inside stage={makeStage({ as })}>
      <LeaveDialog seats={seats} onClose={() => undefined} />
    </Inside>,
  )
  return userEvent.setup()
}

const offline = () => Promise.reject(new ApiError('offline', 'The server cannot be reached. Nothing was changed.'))

test('where the seat cannot be given up, it says what is so and lets one clear the copies alone', async () => {
  const onLeave = vi.fn<(seatToo: boolean) => Promise<void>>(offline)
  const user = open(INES, onLeave)
  expect(screen.queryByRole('button', { name: 'Clear the copies alone' })).toBeNull()
  await user.click(await screen.findByRole('button', { name: 'Leave, and clear' }))
  expect((await screen.findByRole('alert')).textContent).toMatch(
    /^The server cannot be reached\. Nothing was changed\. You have not left/,
  )
  onLeave.mockResolvedValue()
  await user.click(screen.getByRole('button', { name: 'Clear the copies alone' }))
  expect(onLeave.mock.calls).toEqual([[true], [false]])
})

test('only the one who alone leads hears that nobody else does', async () => {
  open(MAREN, offline)
  expect(await screen.findByText('Everything that you wrote is saved on the server.')).toBeDefined()
  expect(screen.getByText(SOLE)).toBeDefined()
})

test('a member hears of the way back, and makes a link for it there', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"link":"http://here/w/w1#k"}', { status: 201 })))
  const user = open(INES, offline)
  expect(screen.queryByText(SOLE)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Make a link to come back' }))
  expect(await screen.findByDisplayValue('http://here/w/w1#k')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Close' }))
  expect(await screen.findByRole('dialog', { name: 'Leave, and clear this device?' })).toBeDefined()
})
