import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import '../ui/patience.fixture.ts'
import { ApiError } from '../api.ts'
import { JoinForm } from './JoinForm.tsx'

beforeEach(() => localStorage.clear())

test('an invitation asks for a name alone', async () => {
  const onJoin = vi.fn(() => Promise.resolve())
  const user = userEvent.setup()
  render(<JoinForm title="How we serve" onJoin={onJoin} />)
  expect(screen.getByRole('heading', { name: 'How we serve' })).toBeDefined()
  expect(screen.getAllByRole('textbox')).toHaveLength(1)
  await user.type(screen.getByLabelText('Your name'), '  Ines {Enter}')
  expect(onJoin).toHaveBeenCalledWith('Ines')
})

test('without a name nobody is let in, and the field says what to do', async () => {
  const onJoin = vi.fn(() => Promise.resolve())
  const user = userEvent.setup()
  render(<JoinForm title="How we serve" onJoin={onJoin} />)
  await user.type(screen.getByLabelText('Your name'), '   ')
  await user.click(screen.getByRole('button', { name: 'Join the workshop' }))
  expect(onJoin).not.toHaveBeenCalled()
  expect(screen.getByRole('alert').textContent).toContain('Give a name')
})

test('a refusal is said in the server’s words, and the name stays to be tried again', async () => {
  const onJoin = vi
    .fn<(name: string) => Promise<void>>()
    .mockRejectedValueOnce(new ApiError('full', 'The workshop is full. Nothing was changed.'))
    .mockResolvedValueOnce()
  const user = userEvent.setup()
  render(<JoinForm title="How we serve" onJoin={onJoin} />)
  await user.type(screen.getByLabelText('Your name'), 'Ines{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('The workshop is full.')
  await user.click(screen.getByRole('button', { name: 'Join the workshop' }))
  expect(onJoin).toHaveBeenCalledTimes(2)
})
