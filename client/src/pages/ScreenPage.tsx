import { isId, type WorkshopId } from '@quintet/shared/ids'
import { useEffect } from 'react'
import { DocumentProvider } from '../document/DocumentProvider.tsx'
import { useStage, useStageLoaded } from '../document/views.ts'
import { Countdown } from '../facilitator/Countdown.tsx'
import { SessionProvider, useSessionState } from '../session/SessionContext.tsx'
import type { Seat } from './door.ts'
import { EndPage } from './EndPage.tsx'
import { JoinForm } from './JoinForm.tsx'
import { ScreenView } from './ScreenView.tsx'
import { ShutDoor } from './ShutDoor.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Threshold } from './Threshold.tsx'
import { useDoor } from './useDoor.ts'
import { useOpenSession } from './useOpenSession.ts'

interface ScreenPageProps {
  readonly params: { readonly workshop: string }
}

/** The big screen in the room: everything public, from afar, and nothing to touch. */
export function ScreenPage({ params: { workshop } }: ScreenPageProps) {
  if (!isId(workshop))
    return (
      <Threshold
        title="There is nothing at this address"
        text="Nothing was changed. Check the link, or start from the home page."
      />
    )
  return <ScreenDoor key={workshop} workshop={workshop as string as WorkshopId} />
}

function ScreenDoor({ workshop }: { readonly workshop: WorkshopId }) {
  const { door, again, join } = useDoor(workshop)
  switch (door.at) {
    case 'opening':
      return <Skeleton />
    case 'name':
      return <JoinForm title={door.title} onJoin={(name) => join(door.key, name)} />
    case 'no seat':
      return (
        <Threshold
          title="The big screen needs a link"
          text="Open the observer link in this browser first, then this address again. The facilitator finds it under Invite."
        />
      )
    case 'shut':
      return <ShutDoor door={door} onAgain={again} />
    case 'in':
      return <Screen workshop={workshop} seat={door.seat} epoch={door.epoch} />
  }
}

interface ScreenProps {
  readonly workshop: WorkshopId
  readonly seat: Seat
  readonly epoch: string
}

function Screen({ workshop, seat, epoch }: ScreenProps) {
  const session = useOpenSession(workshop, seat, epoch, true)
  if (!session) return <Skeleton />
  return (
    <SessionProvider session={session}>
      <DocumentProvider>
        <Shown leads={seat.role === 'facilitator'} />
      </DocumentProvider>
    </SessionProvider>
  )
}

function Shown({ leads }: { readonly leads: boolean }) {
  const state = useSessionState()
  const loaded = useStageLoaded()
  if (state.is === 'refused' || state.is === 'removed') return <EndPage state={state} />
  if (!loaded) return <Skeleton />
  return (
    <>
      <TabTitle />
      <Countdown size="screen" />
      <ScreenView leads={leads} offline={state.is === 'offline'} />
    </>
  )
}

function TabTitle() {
  const title = useStage((stage) => stage.title)
  useEffect(() => {
    document.title = `Big screen · ${title} · Quintet`
  }, [title])
  return null
}
