import type { PhaseId } from '@quintet/shared/phases'
import { useStage } from '../document/views.ts'
import { useSession, useTimerReading } from '../session/SessionContext.tsx'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import styles from './Bar.module.css'
import { BarMenu } from './BarMenu.tsx'
import { BackButton, MainButton } from './MoveButtons.tsx'
import { StepList } from './StepList.tsx'
import { TimerControls, TimerTurn } from './TimerControls.tsx'
import { TimerReadout } from './TimerReadout.tsx'
import { UndoButton } from './UndoButton.tsx'
import { useTimerMoments } from './useTimerMoments.ts'

interface BarProps {
  /** The phase in view; another than the group's while somebody looks at one alone. */
  readonly shown: PhaseId
  readonly onRejoin: () => void
  /** Where the plan is: what there is to do once the workshop is closed. */
  readonly onOpenPlan: () => void
}

/**
 * The instrument: what to do now. Step, timer, and the next move, in the same place for everyone; a facilitator's has
 * more controls. Dark in both themes, so that it stays one object.
 */
export function Bar(props: BarProps) {
  const phone = useMedia(PHONE)
  const leads = useSession().me.role === 'facilitator'
  const phase = useStage((stage) => stage.at.phase)
  return (
    <section className={`${phone ? styles.docked : styles.bar} ph-${phase}`} aria-label="This step">
      <Moments />
      {phone ? <PhoneBar {...props} leads={leads} /> : <WideBar {...props} leads={leads} />}
    </section>
  )
}

type Inner = BarProps & { readonly leads: boolean }

function WideBar({ leads, ...props }: Inner) {
  const closed = useStage((stage) => stage.state === 'closed')
  const writes = useSession().me.role !== 'observer'
  return (
    <>
      <div className={styles.start}>
        {leads && !closed && <BackButton />}
        <StepList />
        <MainButton {...props} leads={leads} />
      </div>
      {closed ? (
        <span />
      ) : (
        <div className={styles.time}>
          <span className={styles.rule} />
          <TimerReadout size="bar" />
          {leads && <TimerControls />}
          <span className={styles.rule} />
        </div>
      )}
      <div className={styles.end}>
        {writes && <UndoButton />}
        <BarMenu leads={leads} phone={false} />
      </div>
    </>
  )
}

function PhoneBar({ leads, ...props }: Inner) {
  const closed = useStage((stage) => stage.state === 'closed')
  return (
    <>
      <div className={styles.grow}>{closed ? <p>The workshop is closed</p> : <TimerReadout size="phone" />}</div>
      {leads && !closed && <TimerTurn />}
      <BarMenu leads={leads} phone />
      <MainButton {...props} leads={leads} />
    </>
  )
}

/** Hears the timer once for the whole page. */
function Moments() {
  const timer = useStage((stage) => stage.timer)
  const { seconds } = useTimerReading(timer)
  useTimerMoments(timer, seconds)
  return null
}
