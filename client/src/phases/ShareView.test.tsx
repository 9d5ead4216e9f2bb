import type { PhaseId } from '@quintet/shared/phases'
import { act, render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { goTo, Inside, put, putDraft, sessionAlone, setStage } from '../document/workshop.fixture.tsx'
import '../ui/topLayer.fixture.ts'
import { ShareView } from './ShareView.tsx'

const PHASE: PhaseId = 'principles'
const REVEALED = 1_000

function setUp() {
  const session = sessionAlone()
  goTo(session, PHASE, 'share')
  render(
    <Inside session={session}>
      <ShareView phase={PHASE} />
    </Inside>,
  )
  return session
}

it('says that drafts are landing until all of them are on the board', () => {
  const session = setUp()
  const land = (id: string) => act(() => void put(session.docs.board, id, { phase: PHASE, at: REVEALED, order: id }))
  act(() => setStage(session, { reveal: { phase: PHASE, at: REVEALED, count: 2 } }))
  expect(screen.getByRole('status').textContent).toBe('2 drafts are landing.')
  land('a1')
  expect(screen.getByRole('status').textContent).toBe('2 drafts are landing.')
  land('a2')
  expect(screen.getByRole('status').textContent).toBe('')
  expect(screen.getAllByRole('article')).toHaveLength(2)
})

it('shows under the question what the reveal left', async () => {
  const session = setUp()
  act(() => void putDraft(session, 'late', { phase: PHASE, text: 'Typed too late', ready: false }))
  expect(await screen.findByRole('region', { name: 'Still yours alone' })).toBeTruthy()
})

it('rings no note of a reveal as somebody’s change, but one that is shared later', () => {
  const session = setUp()
  const now = Date.now()
  const ringed = (words: string) =>
    screen.getByRole('article', { name: new RegExp(words) }).className.includes('ringed')
  act(() => setStage(session, { reveal: { phase: PHASE, at: now, count: 1 } }))
  act(() => void put(session.docs.board, 'a1', { phase: PHASE, at: now, text: 'Revealed' }))
  act(() => void put(session.docs.board, 'a2', { phase: PHASE, at: now + 1, text: 'Shared late' }))
  expect(ringed('Revealed')).toBe(false)
  expect(ringed('Shared late')).toBe(true)
})
