import { NO_PROGRESS } from '@quintet/shared/stage'
import { act, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { goTo, Inside, MAREN, putRound, sessionAlone, setStage } from '../document/workshop.fixture.tsx'
import { DoneButton } from './DoneButton.tsx'
import { Progress } from './Progress.tsx'
import { progressWords } from './progressWords.ts'

test.each([
  [0, 0, 'Nobody has written yet', ''],
  [1, 0, '1 is writing', '0 are done'],
  [6, 2, '6 have written', '2 are done'],
  [1, 1, '1 has written', '1 is done'],
  [0, 1, 'Nobody has written yet', '1 is done'],
])('%i writing and %i done read “%s” and “%s”', (writing, done, first, second) => {
  const words = progressWords('write', { ...NO_PROGRESS, writing, done }, 9)
  expect(words).toEqual({ first, second, between: ', ', all: 9, filled: done })
})

test('votes are counted against people', () => {
  const words = progressWords('vote', { ...NO_PROGRESS, voted: 1 }, 9)
  expect(words).toEqual({ first: '1 has voted', second: 'of 9 people', between: ' ', all: 9, filled: 1 })
})

describe('progress', () => {
  it('shows numbers where each works alone, and nothing elsewhere', () => {
    const session = sessionAlone()
    goTo(session, 'gaps', 'write')
    setStage(session, { progress: { writing: 6, typing: 1, done: 2, voted: 0 } })
    const { container } = render(
      <Inside session={session}>
        <Progress />
      </Inside>,
    )
    expect(container.textContent).toBe('6 have written2 are done')
    expect(container.querySelectorAll('i')).toHaveLength(2)
    act(() => goTo(session, 'gaps', 'vote'))
    expect(container.textContent).toBe('')
    act(() => void putRound(session, 'gaps'))
    expect(container.textContent).toBe('0 have votedof 2 people')
    act(() => goTo(session, 'gaps', 'group'))
    expect(container.textContent).toBe('')
  })
})

describe('saying that one is done', () => {
  beforeEach(() => {
    localStorage.clear()
  })

  it('is a command about this step, is remembered, and is taken back', async () => {
    const session = sessionAlone()
    goTo(session, 'gaps', 'write')
    const ui = (
      <Inside session={session}>
        <DoneButton />
      </Inside>
    )
    const first = render(ui)
    const button = () => screen.getByRole('button', { name: 'I’m done' })
    const user = userEvent.setup()
    await user.click(button())
    expect(button().getAttribute('aria-pressed')).toBe('true')
    first.unmount()
    render(ui)
    expect(button().getAttribute('aria-pressed')).toBe('true')
    await user.click(button())
    expect(button().getAttribute('aria-pressed')).toBe('false')
    expect(session.commands).toMatchObject([
      { name: 'done', done: true, step: { phase: 'gaps' } },
      { name: 'done', done: false, step: { phase: 'gaps' } },
    ])
    act(() => goTo(session, 'gaps', 'group'))
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('is not for observers', () => {
    const session = sessionAlone({ me: MAREN, role: 'observer' })
    goTo(session, 'gaps', 'write')
    render(
      <Inside session={session}>
        <DoneButton />
      </Inside>,
    )
    expect(screen.queryByRole('button')).toBeNull()
  })
})
