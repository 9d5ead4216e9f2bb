import { useMemo, useRef, useSyncExternalStore } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import { isAway, type Kept, readTray } from '../session/tray.ts'
import { type TrayOwner, watchKept } from '../session/trayKeys.ts'

/** Whose tray is shown here. */
export function useTrayOwner(): TrayOwner {
  const { workshop, me } = useSession()
  return useMemo(() => ({ workshop, person: me.id }), [workshop, me.id])
}

/** What is in one's own tray, and whether it was put away: one truth in all tabs. */
export function useTray(owner: TrayOwner): { readonly kept: readonly Kept[]; readonly away: boolean } {
  const known = useRef({ as: '', tray: { kept: [] as readonly Kept[], away: false } })
  return useSyncExternalStore(watchKept, () => {
    const tray = { kept: readTray(owner), away: isAway(owner) }
    const as = JSON.stringify(tray)
    // The same object for the same content, as React asks.
    if (as !== known.current.as) known.current = { as, tray }
    return known.current.tray
  })
}
