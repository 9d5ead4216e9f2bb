import { expect, it, vi } from 'vitest'
import { INES, MAREN, sessionAlone } from '../document/workshop.fixture.tsx'
import { leaveSession, returnTo } from './lingering.ts'

/** A session that its page is about to leave, with something unsaved. */
function withWords() {
  const session = { ...sessionAlone({ me: INES }), close: vi.fn<() => void>() }
  session.unsaved.setState(new Set(['n1']), true)
  return session
}

it('closes a session at once where everything is saved, or kept on this device', () => {
  const [saved, kept] = [withWords(), withWords()]
  saved.unsaved.setState(new Set(), true)
  kept.device.setState('kept', true)
  for (const session of [saved, kept]) {
    leaveSession(session)
    expect(session.close).toHaveBeenCalledOnce()
    expect(returnTo(session)).toBeUndefined()
  }
})

it('keeps one open whose words are in this tab alone, until they are saved', () => {
  const session = withWords()
  leaveSession(session)
  session.state.setState({ is: 'offline', waiting: 1 }, true)
  expect(session.close).not.toHaveBeenCalled()
  session.unsaved.setState(new Set(), true)
  expect(session.close).toHaveBeenCalledOnce()
  expect(returnTo(session)).toBeUndefined()
})

it('closes one whose seat is taken away, since nothing of it will be saved', () => {
  const session = withWords()
  leaveSession(session)
  session.state.setState({ is: 'removed', reason: 'A facilitator removed you.' }, true)
  expect(session.close).toHaveBeenCalledOnce()
})

it('is gone on with by who comes back to the same seat, and by nobody else', () => {
  const session = withWords()
  leaveSession(session)
  expect(returnTo({ ...session, me: { ...session.me, id: MAREN.id } })).toBeUndefined()
  expect(returnTo(session)).toBe(session)
  session.unsaved.setState(new Set(), true)
  expect(session.close).not.toHaveBeenCalled()
})
