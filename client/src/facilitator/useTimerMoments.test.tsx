import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useStage } from '../document/views.ts'
import { useTimerReading } from '../session/SessionContext.tsx'
import { announce, useAnnouncement } from '../ui/announcements.ts'
import { INES, Inside, makeStage } from './stage.fixture.tsx'
import { useTimerMoments } from './useTimerMoments.ts'

// How late a machine is must not decide whether a moment passes while somebody looks.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const pass = (ms: number) => act(() => void vi.advanceTimersByTime(ms))

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

test('one minute left is said once', () => {
  watch(60_300)
  expect(useAnnouncement.getState().text).toBe('')
  pass(400)
  expect(useAnnouncement.getState().text).toBe('One minute left')
  const { count } = useAnnouncement.getState()
  pass(1_000)
  expect(screen.getByText('59')).toBeDefined()
  expect(useAnnouncement.getState().count).toBe(count)
})

test('the end is said once, and the step stays open', () => {
  watch(300)
  pass(400)
  expect(useAnnouncement.getState().text).toBe('Time is over. The step stays open')
  const { count } = useAnnouncement.getState()
  pass(5_000)
  expect(useAnnouncement.getState().count).toBe(count)
})

test('a timer that is moved past a moment passes it in silence', () => {
  const stage = watch(90_000)
  act(() => stage.set({ timer: { state: 'running', duration: 420_000, endsAt: Date.now() + 59_000 } }))
  expect(screen.getByText('59')).toBeDefined()
  act(() => stage.set({ timer: { state: 'paused', duration: 420_000, left: 10_000, by: INES.id } }))
  act(() => stage.set({ timer: { state: 'idle', duration: 0 } }))
  expect(useAnnouncement.getState().text).toBe('')
})
