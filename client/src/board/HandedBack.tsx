import { lazy, useEffect, useSyncExternalStore } from 'react'
import { loadHandBack } from '../session/handBack.ts'
import { useSession } from '../session/SessionContext.tsx'
import type { Session } from '../session/session.ts'
import { keptKeys, watchKept } from '../session/trayKeys.ts'
import { Part } from '../ui/Part.tsx'

const Tray = lazy(() => import('./Tray.tsx').then((module) => ({ default: module.Tray })))

/** Brings the tray of what was handed back, or the button that it is put away behind: hardly anybody ever needs it. */
export function HandedBack({ as }: { readonly as: 'tray' | 'button' }) {
  const { workshop, me } = useSession()
  const person = me.id
  const any = useSyncExternalStore(watchKept, () => keptKeys({ workshop, person }).length > 0)
  useWatched(as === 'tray')
  return (
    any && (
      <Part>
        <Tray as={as} />
      </Part>
    )
  )
}

/** How long the first screen has the network to itself, ms. */
const QUIET = 10_000
const watched = new WeakSet<Session>()

/**
 * Has what has no effect any more handed back too, and brings what a refusal needs: both have to be there before the
 * network goes, and not before anything else.
 */
function useWatched(here: boolean) {
  const session = useSession()
  useEffect(() => {
    if (!here || session.me.role === 'observer' || watched.has(session)) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const before = new Set(session.unsaved.getState())
    const stopNoting = session.unsaved.subscribe((ids) => {
      for (const id of ids) before.add(id)
    })
    const watch = async () => {
      const [{ watchNoEffect }] = await Promise.all([import('../session/noEffect.ts'), loadHandBack()])
      if (!watched.has(session)) watchNoEffect(session, before)
      watched.add(session)
      stopNoting()
    }
    // Only while the network is there: a browser may remember for good that something could not be fetched.
    const plan = () => {
      clearTimeout(timer)
      if (session.state.getState().is === 'live') timer = setTimeout(() => void watch().catch(() => undefined), QUIET)
    }
    plan()
    const stop = session.state.subscribe(plan)
    return () => {
      stop()
      stopNoting()
      clearTimeout(timer)
    }
  }, [here, session])
}
