import type { WorkshopId } from '@quintet/shared/ids'
import { useEffect, useState } from 'react'
import { me } from '../api.ts'
import { openSession } from '../session/liveSession.ts'
import type { Session } from '../session/session.ts'
import type { Seat } from './door.ts'

/**
 * The session of a seat, opened when the page opens and closed when it is left. Null until then.
 * @param epoch the server's, as the door was told.
 * @param screen as the big screen: an observer, whoever's seat it is.
 */
export function useOpenSession(workshop: WorkshopId, seat: Seat, epoch: string, screen = false): Session | null {
  const [session, setSession] = useState<Session | null>(null)
  const { id, role, name } = seat

  // biome-ignore lint/correctness/useExhaustiveDependencies: another name on the same seat is no new session, and another epoch is the session's to hear of.
  useEffect(() => {
    const opened = openSession({
      workshop,
      person: { id, name, role },
      screen,
      epoch,
      readEpoch: async () => (await me(workshop)).epoch,
    })
    setSession(opened)
    return () => {
      setSession(null)
      opened.close()
    }
  }, [workshop, id, role, screen])

  return session
}
