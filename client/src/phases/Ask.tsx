import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { lazy, type ReactNode, useState } from 'react'
import { useLocked } from '../board/useLocked.ts'
import { useDrafts, useUnfinished } from '../document/ownDrafts.ts'
import { useAnonymous, useStage, useStepKind } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './Ask.module.css'
import { stepWords } from './stepWords.ts'

const ShareLeftovers = lazy(() => import('./ShareLeftovers.tsx').then((module) => ({ default: module.ShareLeftovers })))
const LockNotice = lazy(() =>
  import('../facilitator/LockNotice.tsx').then((module) => ({ default: module.LockNotice })),
)

interface AskProps {
  readonly phase: PhaseId
  /** What stands beside the phase's name instead of its step. */
  readonly detail?: string
  /** Whether one's own drafts stand elsewhere, or come with a view that is still to come. */
  readonly waiting?: boolean
  /** What stands at the other end of the line: how far this is, or what is broken. */
  readonly children?: ReactNode
}

/**
 * The question over the wall, in the voice of the people who answer it, with where in the workshop it is asked, and who locked it. Below it,
 * what of one's own drafts a reveal has left.
 */
export function Ask({ phase, detail, waiting = false, children }: AskProps) {
  const step = useStage((stage) => stepWords(stage, phase))
  const anonymous = useAnonymous(phase)
  const locked = useLocked(phase)
  const { name, question } = PHASES[phase]
  return (
    <>
      <div className={classes(styles.ask, `ph-${phase}`)}>
        <div className={styles.words}>
          <p className={styles.where}>
            <Icon name={phase} size={14} />
            {name}{' '}
            <span>
              {detail ?? step}
              {anonymous && ' · anonymous'}
            </span>
          </p>
          <h1 className={classes('voice', styles.question)}>{question}</h1>
          {locked && (
            <Part>
              <LockNotice phase={phase} />
            </Part>
          )}
        </div>
        {children}
      </div>
      {!waiting && <Leftovers phase={phase} />}
    </>
  )
}

/** Where drafts are written they have a place of their own; once the workshop is closed nothing is written there. */
function Leftovers({ phase }: { readonly phase: PhaseId }) {
  const kind = useStepKind(phase)
  const closed = useStage(({ state }) => state === 'closed')
  const ready = useDrafts(phase).length
  const unfinished = useUnfinished(phase).length
  const some = (kind !== 'write' || closed) && ready + unfinished > 0
  // One may be in the middle of a word of what a view begins with: the field before stays until this one has come.
  const [together] = useState(some)
  if (!some) return null
  return (
    <Part together={together}>
      <ShareLeftovers phase={phase} />
    </Part>
  )
}
