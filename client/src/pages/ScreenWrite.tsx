import { isAnonymous } from '@quintet/shared/agenda'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useCount, useStage } from '../document/views.ts'
import { Progress } from '../facilitator/Progress.tsx'
import { TimerReadout } from '../facilitator/TimerReadout.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ScreenJoin } from './ScreenJoin.tsx'
import styles from './ScreenWrite.module.css'

interface ScreenWriteProps {
  readonly phase: PhaseId
  readonly leads: boolean
}

/** The projector while everyone writes: the question, how many write, and the time. Nothing of what is written. */
export function ScreenWrite({ phase, leads }: ScreenWriteProps) {
  const anonymous = useStage(({ agenda }) => isAnonymous(agenda, phase))
  const shown = useCount(phase)
  const { name, question, many } = PHASES[phase]
  return (
    <main className={`${styles.main} ph-${phase}`}>
      <section>
        <p className={styles.where}>
          <Icon name={phase} className={styles.glyph} />
          {name} <span className={styles.step}>Write, in silence</span>
        </p>
        <h1 className={`voice ${styles.question}`}>{question}</h1>
        <p className={styles.how}>
          One thought per note. Nobody sees your drafts until they are revealed
          {anonymous ? ', and nobody is told whose they are.' : '.'}
          {shown > 0 && ` ${shown} ${many} are on the wall already.`}
        </p>
        <div className={styles.counts}>
          <Progress size="screen" />
        </div>
      </section>
      <aside className={styles.instrument} aria-label="Time, and how to join">
        <TimerReadout size="screen" />
        <ScreenJoin leads={leads} />
      </aside>
    </main>
  )
}
