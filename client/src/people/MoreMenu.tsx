import { lazy, useRef, useState } from 'react'
import { useUndo } from '../document/editing.ts'
import { useHere } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import type { MenuEntry } from '../ui/Menu.tsx'
import { MenuButton } from '../ui/MenuButton.tsx'
import { Part } from '../ui/Part.tsx'
import { readTheme, setTheme, type Theme } from '../ui/theme.ts'
import styles from './MoreMenu.module.css'
import { type SeatChoice, seatEntries } from './seatEntries.ts'

const PeopleList = lazy(() => import('./PeopleList.tsx').then((module) => ({ default: module.PeopleList })))
const ContinueDialog = lazy(() => import('./ContinueDialog.tsx').then((module) => ({ default: module.ContinueDialog })))

const LeaveDialog = lazy(() => import('./LeaveDialog.tsx').then((module) => ({ default: module.LeaveDialog })))

const THEMES: readonly { readonly theme: Theme; readonly label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
]

interface MoreMenuProps {
  readonly seats: SeatChoice
  /** What the page adds at the top: its own places and commands. */
  readonly entries: () => readonly MenuEntry[]
}

/** What is needed now and then: undo, the page's places, other devices and seats, the theme. */
export function MoreMenu({ seats, entries }: MoreMenuProps) {
  const { me } = useSession()
  const undo = useUndo()
  const here = useHere()
  const [open, setOpen] = useState<'people' | 'continue' | 'leave' | null>(null)
  const place = useRef<HTMLSpanElement>(null)
  const count = here.people.length
  const writes = me.role !== 'observer'

  const undoing = (): readonly MenuEntry[] => [
    {
      label: undo.undoName ? `Undo: ${undo.undoName}` : 'Undo',
      icon: 'undo',
      keys: 'Ctrl Z',
      reason: undo.undoName ? undefined : 'There is nothing of yours to undo.',
      run: undo.undo,
    },
    {
      label: undo.redoName ? `Redo: ${undo.redoName}` : 'Redo',
      icon: 'redo',
      keys: 'Ctrl Shift Z',
      reason: undo.redoName ? undefined : 'There is nothing to redo.',
      run: undo.redo,
    },
    'separator',
  ]

  const all = (): readonly MenuEntry[] => [
    ...(writes ? undoing() : []),
    ...entries(),
    { label: `People, ${count} here`, icon: 'people', run: () => setOpen('people') },
    ...(writes ? [{ label: 'Continue on another device', icon: 'qr' as const, run: () => setOpen('continue') }] : []),
    ...seatEntries(seats),
    { label: 'Leave, and clear this device', icon: 'remove', run: () => setOpen('leave') },
    'separator',
    { heading: 'Light or dark' },
    ...THEMES.map(({ theme, label }) => ({ label, checked: readTheme() === theme, run: () => setTheme(theme) })),
  ]

  const anchor = place.current?.querySelector('button')
  return (
    <span ref={place} className={styles.place}>
      <MenuButton label="More" entries={all} />
      <Part key={open} onFailed={() => setOpen(null)}>
        {open === 'people' && anchor && <PeopleList anchor={anchor} onClose={() => setOpen(null)} />}
        {open === 'continue' && <ContinueDialog onClose={() => setOpen(null)} />}
        {open === 'leave' && <LeaveDialog seats={seats} onClose={() => setOpen(null)} />}
      </Part>
    </span>
  )
}
