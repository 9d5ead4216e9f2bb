import { lazy, useSyncExternalStore } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import { keptKeys, watchKept } from '../session/trayStorage.ts'
import { Part } from '../ui/Part.tsx'

const Tray = lazy(() => import('./Tray.tsx').then((module) => ({ default: module.Tray })))
const TrayButton = lazy(() => import('./TrayButton.tsx').then((module) => ({ default: module.TrayButton })))

/** Brings the tray of what was handed back, or the button that it is put away behind: hardly anybody ever needs it. */
export function HandedBack({ as }: { readonly as: 'tray' | 'button' }) {
  const { workshop, me } = useSession()
  const person = me.id
  const any = useSyncExternalStore(watchKept, () => keptKeys({ workshop, person }).length > 0)
  return any && <Part>{as === 'tray' ? <Tray /> : <TrayButton />}</Part>
}
