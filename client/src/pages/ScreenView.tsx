import { PHASES, STEPS } from '@quintet/shared/phases'
import { currentStep } from '@quintet/shared/stage'
import { useLanding } from '../document/countdown.ts'
import { useHere, useStage } from '../document/views.ts'
import { Progress } from '../facilitator/Progress.tsx'
import { TimerReadout } from '../facilitator/TimerReadout.tsx'
import { PhaseRail } from '../people/PhaseRail.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Logo } from '../ui/Logo.tsx'
import { ScreenJoin } from './ScreenJoin.tsx'
import styles from './ScreenView.module.css'
import { ScreenWall } from './ScreenWall.tsx'
import { ScreenWrite } from './ScreenWrite.tsx'

interface ScreenViewProps {
  /** Whether this browser holds a facilitator's seat: only then it may read the join link. */
  readonly leads: boolean
  readonly offline: boolean
}

/** What stands on the projector: the phases, the question, the wall, the time, and the way in. */
export function ScreenView({ leads, offline }: ScreenViewProps) {
  const title = useStage((stage) => stage.title)
  const at = useStage((stage) => stage.at)
  const writes = useStage((stage) => stage.state === 'running' && currentStep(stage).kind === 'write')
  const here = useHere()
  const count = here.people.length

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
      {writes ? <ScreenWrite phase={at.phase} leads={leads} /> : <ScreenStep leads={leads} />}
    </div>
  )
}

/** A step whose wall is to be seen: the question, the wall, the time, and the way in. */
function ScreenStep({ leads }: Pick<ScreenViewProps, 'leads'>) {
  const at = useStage((stage) => stage.at)
  const kind = useStage((stage) => currentStep(stage).kind)
  const closed = useStage((stage) => stage.state === 'closed')
  const landing = useLanding()
  const { name, question } = PHASES[at.phase]
  const step = STEPS[kind].name === name ? '' : STEPS[kind].name
  return (
    <main className={`${styles.main} ph-${at.phase}`}>
      <section className={styles.ask}>
        <p className={styles.where}>
          <Icon name={at.phase} className={styles.glyph} />
          {name}
          <span className={styles.step}>{closed ? 'Closed' : step}</span>
        </p>
        <h1 className={`voice ${styles.question}`}>{question}</h1>
        <div className={styles.counts}>
          <Progress size="screen" />
          {landing && <p>{landing.count} drafts are landing</p>}
        </div>
        <ScreenWall phase={at.phase} />
      </section>
      <aside className={styles.instrument} aria-label="Time, and how to join">
        {closed ? <p className={styles.closed}>The workshop is closed</p> : <TimerReadout size="screen" />}
        <ScreenJoin leads={leads} />
      </aside>
    </main>
  )
}
