import type { WorkshopId } from '@quintet/shared/ids'
import { isId } from '@quintet/shared/ids'
import { Link } from 'wouter'
import { Part } from '../ui/Part.tsx'
import { UnsavedWords } from './EndPage.tsx'
import { JoinForm } from './JoinForm.tsx'
import { ShutDoor } from './ShutDoor.tsx'
import { Skeleton } from './Skeleton.tsx'
import { Threshold } from './Threshold.tsx'
import { useDoor } from './useDoor.ts'
import type { WorkshopView } from './ViewLinks.tsx'
import { WorkshopRoom } from './WorkshopRoom.tsx'

interface WorkshopPageProps {
  /** From the address; `view` is what of the workshop is shown. */
  readonly params: { readonly workshop: string; readonly view?: string | undefined }
}

/** A workshop's address: through its door, then inside. */
export function WorkshopPage({ params: { workshop, view } }: WorkshopPageProps) {
  if (!isId(workshop) || (view !== undefined && view !== 'plan' && view !== 'thread'))
    return (
      <Threshold
        title="There is nothing at this address"
        text="Nothing was changed. Check the link, or start from the home page."
      />
    )
  return <Entrance key={workshop} workshop={workshop as string as WorkshopId} view={view ?? 'board'} />
}

interface EntranceProps {
  readonly workshop: WorkshopId
  readonly view: WorkshopView
}

function Entrance({ workshop, view }: EntranceProps) {
  const { door, again, join, sit } = useDoor(workshop)
  const words = (
    <Part>
      <UnsavedWords behind={workshop} />
    </Part>
  )
  switch (door.at) {
    case 'opening':
      return <Skeleton />
    case 'name':
      return <JoinForm title={door.title} onJoin={(name) => join(door.key, name)} />
    case 'no seat':
      return (
        <Threshold
          title="Open your link once more"
          text="This browser has no seat in the workshop. Open the link that you were given, here or where you first joined. What was saved is safe."
        >
          <Link href="/">To the home page</Link>
          {words}
        </Threshold>
      )
    case 'shut':
      return (
        <ShutDoor door={door} onAgain={again}>
          {words}
        </ShutDoor>
      )
    case 'in':
      // The key makes a new session, with documents of its own, where another seat is taken.
      return (
        <WorkshopRoom
          key={door.seat.id}
          workshop={workshop}
          seat={door.seat}
          seats={door.seats}
          epoch={door.epoch}
          view={view}
          onSit={sit}
        />
      )
  }
}
