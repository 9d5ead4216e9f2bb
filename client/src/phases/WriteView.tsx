import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { lazy, useEffect, useRef } from 'react'
import { DraftComposer } from '../board/DraftComposer.tsx'
import { DraftList } from '../board/DraftList.tsx'
import { useComposed } from '../board/useComposed.ts'
import { useAnonymous, useCount, useMay, useStage } from '../document/views.ts'
import { Progress } from '../facilitator/Progress.tsx'
import { useSession } from '../session/SessionContext.tsx'
import { Part } from '../ui/Part.tsx'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import { Ask } from './Ask.tsx'
import styles from './WriteView.module.css'

const Wall = lazy(() => import('../board/Wall.tsx').then((module) => ({ default: module.Wall })))

/** A phase while everyone writes for themselves: one's own drafts, and how many write. Observers see the numbers alone. */
export function WriteView({ phase }: { readonly phase: PhaseId }) {
  const { me, docs } = useSession()
  const { notebook } = docs
  const anonymous = useAnonymous(phase)
  const running = useStage(({ state }) => state === 'running')
  const may = useMay('share', { phase, author: me.id })
  return (
    <div className={styles.write}>
      <Ask phase={phase} waiting={running} />
      {anonymous && <p className={styles.anonymous}>{anonymousWords(phase)}</p>}
      {!running ? <p>{may.allowed || may.reason}</p> : notebook ? <OwnDrafts phase={phase} /> : <Silence />}
      <Shown phase={phase} />
    </div>
  )
}

function anonymousWords(phase: PhaseId): string {
  return `The ${PHASES[phase].many} are anonymous: nobody is told whose they are, the facilitator included.`
}

function OwnDrafts({ phase }: { readonly phase: PhaseId }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const composed = useComposed(phase)
  usePreparedShare()
  return (
    <>
      <DraftComposer phase={phase} composed={composed} field={field} />
      <DraftList phase={phase} composed={composed.id} onAdd={() => field.current?.focus()} />
    </>
  )
}

/** What there is to see for those who do not write. */
function Silence() {
  // Wider bars have room for the numbers themselves.
  const phone = useMedia(PHONE)
  return (
    <div className={styles.silence}>
      <p>Everyone writes in silence. Nobody sees a draft until they are revealed.</p>
      {phone && <Progress size="screen" />}
    </div>
  )
}

/** What was revealed before the group came back to write. */
function Shown({ phase }: { readonly phase: PhaseId }) {
  const count = useCount(phase)
  if (count === 0) return null
  return (
    <section className={styles.shown} aria-label="Already on the wall">
      <h2 className={styles.title}>
        Already on the wall <span className={styles.count}>{count}</span>
      </h2>
      <Part>
        <Wall phase={phase} />
      </Part>
    </section>
  )
}

/** Brings what comes next while the countdown runs, so that nobody waits for it in the middle of a word. */
function usePreparedShare(): void {
  const counting = useStage(({ countdown }) => countdown !== null)
  useEffect(() => {
    // What cannot be fetched now is asked for again, and told, when it is shown.
    if (counting) Promise.all([import('./ShareView.tsx'), import('./ShareLeftovers.tsx')]).catch(() => undefined)
  }, [counting])
}
