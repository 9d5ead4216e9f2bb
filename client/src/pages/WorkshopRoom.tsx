import type { WorkshopId } from '@quintet/shared/ids'
import { lazy, type ReactNode, useEffect } from 'react'
import { DocumentProvider } from '../document/DocumentProvider.tsx'
import { useStage, useStageLoaded } from '../document/views.ts'
import { SessionProvider, useSession, useSessionState } from '../session/SessionContext.tsx'
import type { Session } from '../session/session.ts'
import { Part } from '../ui/Part.tsx'
import { BoardView } from './BoardView.tsx'
import { DeviceNotice } from './DeviceNotice.tsx'
import type { Seat } from './door.ts'
import { EndPage } from './EndPage.tsx'
import { rememberVisit } from './recent.ts'
import { SessionBanner } from './SessionBanner.tsx'
import { Skeleton } from './Skeleton.tsx'
import { useOpenSession } from './useOpenSession.ts'
import { usePartsAhead } from './usePartsAhead.ts'
import { useReadOnly } from './useReadOnly.ts'
import type { WorkshopView } from './ViewLinks.tsx'

const Countdown = lazy(() => import('../facilitator/Countdown.tsx').then((module) => ({ default: module.Countdown })))
const ThreadView = lazy(() => import('./ThreadPage.tsx').then((module) => ({ default: module.ThreadPage })))
const PlanView = lazy(() => import('./PlanPage.tsx').then((module) => ({ default: module.PlanPage })))
const loadParts = async (session: Session) => (await import('./partsAhead.ts')).fetchParts(session)

interface WorkshopRoomProps {
  readonly workshop: WorkshopId
  readonly seat: Seat
  readonly seats: readonly Seat[]
  /** The server's, as the door was told. */
  readonly epoch: string
  readonly view: WorkshopView
  readonly onSit: (seat: Seat) => void
}

/** Inside a workshop on one seat: one session for all its views. */
export function WorkshopRoom({ workshop, seat, seats, epoch, view, onSit }: WorkshopRoomProps) {
  const session = useOpenSession(workshop, seat, epoch)
  if (!session) return <Skeleton />
  const choice = {
    seats,
    now: seat.id,
    onSit: (id: Seat['id']) => {
      const wanted = seats.find((each) => each.id === id)
      if (wanted) onSit(wanted)
    },
    onLeave: async (seatToo: boolean) => {
      const { leaveDevice } = await import('./leaveDevice.ts')
      await leaveDevice(session, seatToo)
    },
  }
  return (
    <SessionProvider session={session}>
      <DocumentProvider>
        <Inside>
          <SessionBanner />
          <Visit />
          <DeviceNotice />
          <Counting />
          {view === 'board' ? (
            <BoardView seats={choice} />
          ) : (
            <Part waiting={<Skeleton />}>
              {view === 'plan' ? <PlanView seats={choice} /> : <ThreadView seats={choice} />}
            </Part>
          )}
        </Inside>
      </DocumentProvider>
    </SessionProvider>
  )
}

/**
 * What a session's state shows: the workshop once it is known, also while offline. When the session ends, what was on
 * the screen stays there to be read and copied, and nothing can be typed, but for somebody who was removed.
 */
function Inside({ children }: { readonly children: ReactNode }) {
  const state = useSessionState()
  const loaded = useStageLoaded()
  useReadOnly(state.is === 'refused')
  if (state.is === 'removed' || (state.is === 'refused' && !loaded)) return <EndPage state={state} />
  if (loaded) return children
  return (
    <>
      <SessionBanner />
      <Skeleton />
    </>
  )
}

/** Brings the countdown when one begins: few screens of a workshop's hours show one. */
function Counting() {
  const counts = useStage(({ countdown }) => countdown !== null)
  return (
    counts && (
      <Part>
        <Countdown />
      </Part>
    )
  )
}

/** Names the tab, remembers the visit for the home page, and has the pages ready that it leads to. */
function Visit() {
  usePartsAhead(loadParts)
  const { workshop, me } = useSession()
  const title = useStage((stage) => stage.title)
  useEffect(() => {
    document.title = `${title} · Quintet`
    rememberVisit({ workshop, title, role: me.role, person: me.id, visited: Date.now() })
  }, [workshop, title, me])
  return null
}
