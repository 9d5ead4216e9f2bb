import { useEffect } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import type { Session } from '../session/session.ts'

/** How long a session is live before what may be needed later is fetched, ms: what a first note needs comes first. */
const QUIET = 15_000

/**
 * Fetches ahead what may be needed later, once the page has long been live: it has to be there before the network goes.
 * Never while that is away: a browser may remember for good that something could not be fetched.
 * @param fetchAll ends by itself where the session is not live any more.
 */
export function usePartsAhead(fetchAll: (session: Session) => Promise<unknown>): void {
  const session = useSession()
  useEffect(() => {
    const { state } = session
    let timer: ReturnType<typeof setTimeout> | undefined
    const plan = () => {
      clearTimeout(timer)
      if (state.getState().is === 'live') timer = setTimeout(() => void fetchAll(session).catch(() => undefined), QUIET)
    }
    plan()
    const stop = state.subscribe(plan)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [session, fetchAll])
}
