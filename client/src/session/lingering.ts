import type { Session } from './session.ts'

/** Sessions that their page has left with words that are in this tab alone. */
const lingering = new Set<Session>()

/**
 * Closes a session that its page has left: at once where everything is saved or kept on this device, else once it is
 * saved. Until then the tab asks before it is closed.
 */
export function leaveSession(session: Session): void {
  if (!isAtRisk(session)) {
    session.close()
    return
  }
  lingering.add(session)
  const stops = [session.unsaved, session.state, session.device].map((store) => store.subscribe(look))
  function look() {
    if (lingering.has(session) && isAtRisk(session)) return
    for (const stop of stops) stop()
    // Somebody came back to it unless it still lingers.
    if (lingering.delete(session)) session.close()
  }
}

/** The session of a seat that still waits for its words to be saved: to go on with, instead of opening another. */
export function returnTo(seat: Pick<Session, 'workshop' | 'me' | 'screen'>): Session | undefined {
  const { workshop, me, screen } = seat
  for (const session of lingering)
    if (
      session.workshop === workshop &&
      session.me.id === me.id &&
      session.me.role === me.role &&
      session.screen === screen
    ) {
      lingering.delete(session)
      return session
    }
  return undefined
}

/** Whether closing it would lose words. */
function isAtRisk({ unsaved, device, state }: Session): boolean {
  const { is } = state.getState()
  const isOver = is === 'refused' || is === 'removed'
  return !isOver && unsaved.getState().size > 0 && device.getState() !== 'kept'
}
