import { readTimer, type Timer, type TimerReading } from '@quintet/shared/timer'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { SavedState } from './saved.ts'
import type { Session, SessionState } from './session.ts'

const Context = createContext<Session | null>(null)

interface SessionProviderProps {
  readonly session: Session
  readonly children: ReactNode
}

/** Gives the session to everything inside. The value never changes during a session's life. */
export function SessionProvider({ session, children }: SessionProviderProps) {
  return <Context value={session}>{children}</Context>
}

/** @throws outside a {@link SessionProvider}. */
export function useSession(): Session {
  const session = useContext(Context)
  if (!session) throw new Error('useSession is used outside a SessionProvider.')
  return session
}

export function useSessionState(): SessionState {
  return useStore(useSession().state)
}

export function useSaved(): SavedState {
  return useStore(useSession().saved)
}

/**
 * What a timer shows, by the server's clock. It renders again exactly when the second changes, rests while the timer
 * does, and sleeps while nobody looks at the page.
 */
export function useTimerReading(timer: Timer): TimerReading {
  const session = useSession()
  const [, setTick] = useState(0)
  const reading = readTimer(timer, session.now())
  useEffect(() => {
    let wake: ReturnType<typeof setTimeout> | undefined
    const plan = () => {
      clearTimeout(wake)
      const { nextChange } = readTimer(timer, session.now())
      // Each second is planned by the clock anew, so that no lateness adds up. One that comes early looks again at once.
      if (nextChange !== undefined && !document.hidden) wake = setTimeout(again, Math.ceil(nextChange))
    }
    const again = () => {
      setTick((tick) => tick + 1)
      plan()
    }
    plan()
    document.addEventListener('visibilitychange', again)
    // With the first connection comes the server's time.
    const stop = session.state.subscribe(again)
    return () => {
      clearTimeout(wake)
      document.removeEventListener('visibilitychange', again)
      stop()
    }
  }, [timer, session])
  return reading
}
