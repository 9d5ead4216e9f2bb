import type { WorkshopId } from '@quintet/shared/ids'
import { useEffect, useState } from 'react'
import { openSession } from '../session/liveSession.ts'
import type { Session } from '../session/session.ts'
import type { Seat } from './door.ts'

/**
 * The session of a seat, opened when the page opens and closed when it is left. Null until then.
 * @param screen as the big screen: an observer, whoever's seat it is.
 */
export function useOpenSession(workshop: WorkshopId, seat: Seat, screen = false): Session | null {
  const [session, setSession] = useState<Session | null>(null)
  const { id, role, name } = seat

  // biome-ignore lint/correctness/useExhaustiveDependencies: another name on the same seat is no new session.
  useEffect(() => {
    const opened = openSession({ workshop, person: { id, name, role }, screen })
    setSession(opened)
    return () => {
      setSession(null)
      opened.close()
    }
  }, [workshop, id, role, screen])

  return session
}
