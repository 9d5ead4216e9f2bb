import { currentStep } from '@quintet/shared/stage'
import { useStage } from '../document/views.ts'
import { useMedia } from '../ui/useMedia.ts'
import { BackButton } from './BackButton.tsx'
import styles from './Bar.module.css'
import { DoneButton } from './DoneButton.tsx'
import { ForwardButton } from './ForwardButton.tsx'
import { KeptCount } from './KeptCount.tsx'
import { LeadMenu } from './LeadMenu.tsx'
import { MainButton, type MainButtonProps } from './MainButton.tsx'
import { NoRoom } from './NoRoom.tsx'
import { Progress } from './Progress.tsx'
import { Requests } from './Requests.tsx'
import { StepList } from './StepList.tsx'
import { TakeBack } from './TakeBack.tsx'
import { TimerControls, TimerTurn } from './TimerControls.tsx'
import { TimerReadout } from './TimerReadout.tsx'
import { UndoButton } from './UndoButton.tsx'

interface LeadBarProps extends MainButtonProps {
  readonly phone: boolean
}

/** Narrower bars leave the timer's rarer controls to the menu. */
const NARROW = '(max-width: 899px)'

/** A facilitator's bar: the step and the next stage change, the timer with its controls, and the way back. */
export function LeadBar({ phone, ...main }: LeadBarProps) {
  const closed = useStage((stage) => stage.state === 'closed')
  const narrow = useMedia(NARROW)
  const next = (
    <MainButton {...main}>
      <ForwardButton />
    </MainButton>
  )
  if (phone)
    return (
      <>
        <TakeBack />
        <div className={styles.grow}>{closed ? <p>The workshop is closed</p> : <TimerReadout size="phone" />}</div>
        {!closed && <TimerTurn />}
        <Requests />
        <LeadMenu tight />
        {next}
      </>
    )
  return (
    <>
      <div className={styles.start}>
        <TakeBack />
        {!closed && <BackButton />}
        <StepList />
        {next}
      </div>
      {closed ? <span /> : <BarTime narrow={narrow} />}
      <div className={styles.end}>
        <Standing />
        <DoneButton quiet />
        <Requests />
        <UndoButton />
        <LeadMenu tight={narrow} />
      </div>
    </>
  )
}

/** How far the team is in this step, or what did not come to its wall. */
function Standing() {
  const kind = useStage((stage) => currentStep(stage).kind)
  if (kind === 'decide') return <KeptCount />
  return kind === 'share' || kind === 'group' ? <NoRoom /> : <Progress />
}

function BarTime({ narrow }: { readonly narrow: boolean }) {
  return (
    <div className={styles.time}>
      <span className={styles.rule} />
      <TimerReadout size="bar" />
      {narrow ? <TimerTurn /> : <TimerControls />}
      <span className={styles.rule} />
    </div>
  )
}
