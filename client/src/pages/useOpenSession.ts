import type { WorkshopId } from '@quintet/shared/ids'
import { useEffect, useState } from 'react'
import { me } from '../api.ts'
import { onLeft } from '../session/leftElsewhere.ts'
import { leaveSession, returnTo } from '../session/lingering.ts'
import { openSession } from '../session/liveSession.ts'
import type { Session } from '../session/session.ts'
import type { Seat } from './door.ts'

/**
 * The session of a seat, opened when the page opens and closed when it is left, or once nothing of it is in this tab
 * alone. Null until then. Where another tab leaves the workshop and clears the device, this one leaves too.
 * @param epoch the server's, as the door was told.
 * @param screen as the big screen: an observer, whoever's seat it is.
 */
export function useOpenSession(workshop: WorkshopId, seat: Seat, epoch: string, screen = false): Session | null {
  const [session, setSession] = useState<Session | null>(null)
  const { id, role, name } = seat

  // biome-ignore lint/correctness/useExhaustiveDependencies: another name on the same seat is no new session, and another epoch is the session's to hear of.
  useEffect(() => {
    const person = { id, name, role }
    const opened =
      returnTo({ workshop, me: person, screen }) ??
      openSession({ workshop, person, screen, epoch, readEpoch: async () => (await me(workshop)).epoch })
    setSession(opened)
    const stop = onLeft(workshop, () => {
      // It writes nothing more into what is being deleted.
      opened.close()
      location.replace('/')
    })
    return () => {
      stop()
      setSession(null)
      leaveSession(opened)
    }
  }, [workshop, id, role, screen])

  return session
}
