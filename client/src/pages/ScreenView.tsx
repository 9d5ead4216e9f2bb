import { stepAt } from '@quintet/shared/agenda'
import { PHASES, STEPS } from '@quintet/shared/phases'
import { useHere, useStage } from '../document/views.ts'
import { TimerReadout } from '../facilitator/TimerReadout.tsx'
import { PhaseRail } from '../people/PhaseRail.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Logo } from '../ui/Logo.tsx'
import { ScreenJoin } from './ScreenJoin.tsx'
import styles from './ScreenView.module.css'
import { ScreenWall } from './ScreenWall.tsx'

interface ScreenViewProps {
  /** Whether this browser holds a facilitator's seat: only then it may read the join link. */
  readonly leads: boolean
  readonly offline: boolean
}

/** What stands on the projector: the phases, the question, the wall, the time, and the way in. */
export function ScreenView({ leads, offline }: ScreenViewProps) {
  const title = useStage((stage) => stage.title)
  const at = useStage((stage) => stage.at)
  const agenda = useStage((stage) => stage.agenda)
  const closed = useStage((stage) => stage.state === 'closed')
  const here = useHere()
  const count = here.people.length
  const { name, question } = PHASES[at.phase]
  const step = stepAt(agenda, at)
  const stepName = step && STEPS[step.kind].name !== name ? STEPS[step.kind].name : ''

  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <div className={styles.start}>
          <Logo className={styles.logo} />
          <span className={styles.title}>{title}</span>
        </div>
        <PhaseRail shown={at.phase} />
        <span className={styles.here}>
          {offline ? (
            <Chip tone="warn" icon="offline">
              Offline
            </Chip>
          ) : (
            `${count} ${count === 1 ? 'person' : 'people'} here`
          )}
        </span>
      </header>
      <main className={`${styles.main} ph-${at.phase}`}>
        <section className={styles.ask}>
          <p className={styles.where}>
            <Icon name={at.phase} className={styles.glyph} />
            {name}
            <span className={styles.step}>{closed ? 'Closed' : stepName}</span>
          </p>
          <h1 className={`voice ${styles.question}`}>{question}</h1>
          <ScreenWall phase={at.phase} />
        </section>
        <aside className={styles.instrument} aria-label="Time, and how to join">
          {closed ? <p className={styles.closed}>The workshop is closed</p> : <TimerReadout size="screen" />}
          <ScreenJoin leads={leads} />
        </aside>
      </main>
    </div>
  )
}
