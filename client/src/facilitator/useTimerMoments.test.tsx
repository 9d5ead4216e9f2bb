import { act, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useStage } from '../document/views.ts'
import { useTimerReading } from '../session/SessionContext.tsx'
import { announce, useAnnouncement } from '../ui/announcements.ts'
import { INES, Inside, makeStage } from './stage.fixture.tsx'
import { useTimerMoments } from './useTimerMoments.ts'

function Listening() {
  const timer = useStage((stage) => stage.timer)
  const { seconds } = useTimerReading(timer)
  useTimerMoments(timer, seconds)
  return <p>{seconds}</p>
}

/** A running timer with some ms left, watched by a member. */
function watch(left: number) {
  announce('')
  const stage = makeStage({ as: INES })
  const endsAt = Date.now() + left
  stage.set({ timer: { state: 'running', duration: 420_000, endsAt } })
  render(
    <Inside stage={stage}>
      <Listening />
    </Inside>,
  )
  return stage
}

test('one minute left is said once', async () => {
  watch(60_300)
  await screen.findByText('One minute left')
  const { count } = useAnnouncement.getState()
  await screen.findByText('59', {}, { timeout: 3_000 })
  expect(useAnnouncement.getState().count).toBe(count)
})

test('the end is said once, and the step stays open', async () => {
  watch(300)
  expect(await screen.findByText('Time is over. The step stays open')).toBeDefined()
})

test('a timer that is moved past a moment passes it in silence', () => {
  const stage = watch(90_000)
  act(() => stage.set({ timer: { state: 'running', duration: 420_000, endsAt: Date.now() + 59_000 } }))
  expect(screen.getByText('59')).toBeDefined()
  act(() => stage.set({ timer: { state: 'paused', duration: 420_000, left: 10_000, by: INES.id } }))
  act(() => stage.set({ timer: { state: 'idle', duration: 0 } }))
  expect(useAnnouncement.getState().text).toBe('')
})
