import { COUNTDOWN } from '@quintet/shared/moves'
import type { Countdown as CountdownView } from '@quintet/shared/stage'
import { pointOf } from '@quintet/shared/workshop.fixture'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { goTo, INES, Inside, MAREN, sessionAlone, setStage } from '../document/workshop.fixture.tsx'
import { Countdown } from './Countdown.tsx'

const begin = (does: CountdownView['does'] = 'share'): CountdownView => ({
  to: pointOf('gaps', 'share'),
  does,
  endsAt: Date.now() + COUNTDOWN,
  by: MAREN.id,
})

function setUp(me = INES) {
  const session = sessionAlone({ me })
  goTo(session, 'gaps', 'write')
  render(
    <Inside session={session}>
      <textarea aria-label="New gap" />
      <button type="button">Elsewhere</button>
      <Countdown />
    </Inside>,
  )
  return { session, user: userEvent.setup() }
}

const field = () => screen.getByRole('textbox')

describe('the countdown', () => {
  it('says what comes, and who began it', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const { session } = setUp()
    expect(screen.queryByText(/Sharing in/)).toBeNull()
    act(() => setStage(session, { countdown: begin() }))
    expect(screen.getByText(/Sharing in/).textContent).toBe('Sharing in 3')
    expect(screen.getByRole('status').textContent).toContain('Maren reveals all drafts.')
    act(() => setStage(session, { countdown: null }))
    expect(screen.queryByText(/Sharing in/)).toBeNull()
  })

  it('names the close of a vote', () => {
    const { session } = setUp()
    act(() => setStage(session, { countdown: begin('close vote') }))
    expect(screen.getByText(/Closing the vote in/)).toBeTruthy()
  })

  it('leaves a member who writes alone: focus, keys and nothing to press', async () => {
    const { session, user } = setUp()
    await user.type(field(), 'Half a')
    act(() => setStage(session, { countdown: begin() }))
    await user.keyboard(' thought')
    expect((field() as HTMLTextAreaElement).value).toBe('Half a thought')
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull()
  })

  it('offers a facilitator to stop, at hand, and gives the focus back', async () => {
    const { session, user } = setUp(MAREN)
    await user.click(screen.getByRole('button', { name: 'Elsewhere' }))
    const countdown = begin()
    act(() => setStage(session, { countdown }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Stop' }))
    await user.keyboard('{Enter}')
    expect(session.commands).toEqual([{ name: 'stop countdown', countdown: countdown.endsAt }])
    act(() => setStage(session, { countdown: null }))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Elsewhere' }))
  })

  it('takes no facilitator out of the middle of a word', async () => {
    const { session, user } = setUp(MAREN)
    await user.type(field(), 'Half a')
    act(() => setStage(session, { countdown: begin() }))
    expect(document.activeElement).toBe(field())
    expect(screen.getByRole('alertdialog').textContent).toContain('Stop')
  })

  it('is stopped by Escape on its button', async () => {
    const { session, user } = setUp(MAREN)
    act(() => setStage(session, { countdown: begin() }))
    await user.keyboard('{Escape}')
    expect(session.commands.map(({ name }) => name)).toEqual(['stop countdown'])
  })
})
