import { useEffect } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import type { Session } from '../session/session.ts'

/** How long a session is live before what may be needed later is fetched, ms: what a first note needs comes first. */
const QUIET = 15_000

/**
 * Fetches the views of other phases and steps ahead, one after the other, once the page has long been live: they have to
 * be there before the network goes. Never while it is away: a browser may remember for good that something could not be
 * fetched.
 */
export function useViewsAhead(loads: readonly ((session: Session) => Promise<unknown>)[]): void {
  const session = useSession()
  useEffect(() => {
    const { state } = session
    let timer: ReturnType<typeof setTimeout> | undefined
    const fetchAll = async () => {
      for (const load of loads) {
        if (state.getState().is !== 'live') return
        await load(session)
      }
    }
    const plan = () => {
      clearTimeout(timer)
      if (state.getState().is === 'live') timer = setTimeout(() => void fetchAll().catch(() => undefined), QUIET)
    }
    plan()
    const stop = state.subscribe(plan)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [session, loads])
}
