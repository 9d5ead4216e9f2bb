import type { PhaseId, StepKind } from '@quintet/shared/phases'
import {
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  type SyntheticEvent,
  useDeferredValue,
  useState,
} from 'react'
import { useUndoKeys } from '../board/useUndoKeys.ts'
import { useStepKind } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Part } from '../ui/Part.tsx'
import { FINGERS, PHONE, useMedia } from '../ui/useMedia.ts'
import { Ask } from './Ask.tsx'
import styles from './PhaseView.module.css'
import { WallView } from './WallView.tsx'
import { WriteView } from './WriteView.tsx'

const ShareView = lazy(() => import('./ShareView.tsx').then((module) => ({ default: module.ShareView })))
const VoteView = lazy(() => import('./VoteView.tsx').then((module) => ({ default: module.VoteView })))
const DecideView = lazy(() => import('./DecideView.tsx').then((module) => ({ default: module.DecideView })))
const ThreadView = lazy(() => import('./ThreadView.tsx').then((module) => ({ default: module.ThreadView })))
const OwnersTable = lazy(() => import('./OwnersTable.tsx').then((module) => ({ default: module.OwnersTable })))
const DragLayer = lazy(() => import('../board/DragLayer.tsx').then((module) => ({ default: module.DragLayer })))

type View = ComponentType<{ readonly phase: PhaseId }>

/** What each kind of step shows, under the phase's question. */
const VIEWS: Readonly<Record<StepKind, View>> = {
  open: WallView,
  write: WriteView,
  share: ShareView,
  group: WallView,
  vote: VoteView,
  decide: DecideView,
  owners: OwnersTable,
}

/** Where a phase shows a kind of step in a way of its own: what hangs under another phase's is decided in columns. */
const OWN_VIEWS: Readonly<Partial<Record<PhaseId, Partial<Record<StepKind, View>>>>> = {
  gaps: { open: ThreadView, decide: ThreadView },
  actions: { open: ThreadView, decide: ThreadView },
}

/** A phase as everyone in the workshop sees it; what they may do in it is the rule table's matter. */
export function PhaseView({ phase }: { readonly phase: PhaseId }) {
  // A phase that is still to come shows the wall, with why nothing can be done there yet.
  const now = useStepKind(phase) ?? (phase === 'owners' ? 'owners' : 'open')
  // The view before, and the field in it that one writes in, stays until the next one has come whole.
  const kind = useDeferredValue(now)
  const View = OWN_VIEWS[phase]?.[kind] ?? VIEWS[kind]
  useUndoKeys()
  return (
    // The key keeps what was being written in one phase out of the next.
    <Dragging key={phase}>
      <Suspense fallback={<Ask phase={phase} waiting />}>
        <Part key={kind} together instead={<Missing phase={phase} />}>
          <View phase={phase} />
        </Part>
      </Suspense>
    </Dragging>
  )
}

/** What stands where a view could not be fetched: without a network, and never shown here before. */
function Missing({ phase }: { readonly phase: PhaseId }) {
  return (
    <>
      <Ask phase={phase} waiting />
      <p>
        This view could not be fetched, so its notes are not shown. Nothing is lost: what you wrote is where it was.
        Once you are online, reload the page.
      </p>
    </>
  )
}

/**
 * Brings the chunk that drags once somebody first reaches for a note, by mouse or by key: not before, so that nobody
 * waits for it. Where fingers do it, it comes at once: a finger reaches for a note only by pressing it, and then it is too
 * late to listen. Phones have menus instead.
 */
function Dragging({ children }: { readonly children: ReactNode }) {
  const { me } = useSession()
  const [wanted, setWanted] = useState(false)
  const phone = useMedia(PHONE)
  const fingers = useMedia(FINGERS)
  // The composer is in here too: who writes the first note is not to wait for what drags it.
  const reach = wanted
    ? undefined
    : ({ target }: SyntheticEvent) => {
        if (target instanceof Element && target.closest('[data-note]')) setWanted(true)
      }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody is there; the notes act. */}
      <div data-board="" className={styles.phase} onPointerOver={reach} onFocus={reach}>
        {children}
      </div>
      {(wanted || fingers) && !phone && me.role !== 'observer' && (
        <Part>
          <DragLayer />
        </Part>
      )}
    </>
  )
}
