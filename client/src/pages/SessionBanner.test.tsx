import { act, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Inside, makeStage } from '../facilitator/stage.fixture.tsx'
import { SessionBanner } from './SessionBanner.tsx'

test('says what happens to one’s edits while offline, and goes when one is back', () => {
  const stage = makeStage()
  render(
    <Inside stage={stage}>
      <SessionBanner />
    </Inside>,
  )
  expect(screen.queryByText(/offline/)).toBeNull()
  act(() => stage.goes({ is: 'offline', waiting: 3 }))
  expect(screen.getByText('You are offline. Keep going.')).toBeDefined()
  expect(screen.getByText(/Your 3 edits are kept in this tab/)).toBeDefined()
  expect(screen.getByRole('button', { name: 'Try now' })).toBeDefined()
  act(() => stage.goes({ is: 'live' }))
  expect(screen.queryByText(/offline/)).toBeNull()
})

test('a session that the server ended says why, and offers to reload', () => {
  const stage = makeStage()
  stage.goes({ is: 'refused', reason: 'A new version is ready. Your words are kept: reload when it suits you.' })
  render(
    <Inside stage={stage}>
      <SessionBanner />
    </Inside>,
  )
  expect(screen.getByText(/A new version is ready/)).toBeDefined()
  expect(screen.getByRole('button', { name: 'Reload' })).toBeDefined()
})
