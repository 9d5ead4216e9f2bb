import { readTimer, type Timer, type TimerReading } from '@quintet/shared/timer'
import {
  createContext,
  Fragment,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useStore } from 'zustand'
import type { DeviceState } from './deviceCopies.ts'
import { type KeptField, keepField, restoreField } from './keptField.ts'
import type { SavedState } from './saved.ts'
import type { Session, SessionState } from './session.ts'

const Context = createContext<Session | null>(null)

interface SessionProviderProps {
  readonly session: Session
  readonly children: ReactNode
}

/**
 * Gives the session to everything inside, which starts anew when the session's documents were replaced: who was writing
 * goes on writing.
 */
export function SessionProvider({ session, children }: SessionProviderProps) {
  const generation = useStore(session.generation)
  const left = useRef<KeptField | null>(null)
  // It hears of it before anything is rendered: the field that goes still has focus.
  useEffect(
    () =>
      session.generation.subscribe(() => {
        left.current = keepField()
      }),
    [session],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each generation all fields are new.
  useLayoutEffect(() => {
    if (left.current) restoreField(left.current)
    left.current = null
  }, [generation])
  return (
    <Context value={session}>
      <Fragment key={generation}>{children}</Fragment>
    </Context>
  )
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
 * Where the words of a note, draft or group of one's own are: durable on the server, on their way to it, or here, on this
 * device only, until the network is back.
 */
export function useSavedOf(id: string): 'saved' | 'waiting' | 'here' {
  const session = useSession()
  const isUnsaved = useStore(session.unsaved, (unsaved) => unsaved.has(id))
  const isAway = useStore(session.state, ({ is }) => is !== 'live' && is !== 'loading')
  if (!isUnsaved) return 'saved'
  return isAway ? 'here' : 'waiting'
}

/** Whether what one writes is kept on this device. */
export function useDevice(): DeviceState {
  return useStore(useSession().device)
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
