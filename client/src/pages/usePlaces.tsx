import { lazy, type ReactNode, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useFreshLink } from '../facilitator/freshLink.ts'
import { useSession } from '../session/SessionContext.tsx'
import type { MenuEntry } from '../ui/Menu.tsx'
import { Part } from '../ui/Part.tsx'

const loadInvitations = () =>
  import('../facilitator/InviteDialog.tsx').then((module) => ({ default: module.InviteDialog }))
const InviteDialog = lazy(loadInvitations)
const ExportDialog = lazy(() => import('./ExportDialog.tsx').then((module) => ({ default: module.ExportDialog })))

/** How long the first screen has the network to itself, ms. */
const QUIET = 3_000

/** Where one can go from the board: the menu's entries, and the dialogs that they open. */
export function usePlaces(): {
  readonly entries: () => readonly MenuEntry[]
  readonly dialogs: ReactNode
  readonly invite: () => void
} {
  const { workshop, me } = useSession()
  const [, navigate] = useLocation()
  const [open, setOpen] = useState<'invite' | 'export' | null>(null)
  const unseen = useFreshLink(({ fresh }) => fresh?.workshop === workshop && fresh.unseen)
  const leads = me.role === 'facilitator'
  const invite = () => setOpen('invite')
  const close = () => setOpen(null)

  useEffect(() => {
    if (unseen) setOpen('invite')
  }, [unseen])

  useEffect(() => {
    if (!leads) return
    // Whoever leads is going to invite, perhaps just when the network fails: not to be fetched only then.
    const timer = setTimeout(() => loadInvitations().catch(() => undefined), QUIET)
    return () => clearTimeout(timer)
  }, [leads])

  const entries = (): readonly MenuEntry[] => [
    ...(leads ? [{ label: 'Invite people', icon: 'link' as const, run: invite }] : []),
    { label: 'The golden thread', icon: 'thread', run: () => navigate(`/w/${workshop}/thread`) },
    { label: 'The plan', icon: 'table', run: () => navigate(`/w/${workshop}/plan`) },
    { label: 'Export the plan', icon: 'upload', run: () => setOpen('export') },
    {
      label: 'Big screen, in a new tab',
      icon: 'screen',
      run: () => {
        window.open(`/w/${workshop}/screen`, '_blank', 'noopener')
      },
    },
  ]

  const dialogs = (
    <Part key={open} onFailed={close}>
      {open === 'invite' && <InviteDialog onClose={close} />}
      {open === 'export' && <ExportDialog onClose={close} />}
    </Part>
  )
  return { entries, dialogs, invite }
}
