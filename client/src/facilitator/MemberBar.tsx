import { useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import styles from './Bar.module.css'
import { DoneButton } from './DoneButton.tsx'
import { MainButton, type MainButtonProps } from './MainButton.tsx'
import { Progress } from './Progress.tsx'
import { SoundMenu } from './SoundMenu.tsx'
import { StepList } from './StepList.tsx'
import { TimerReadout } from './TimerReadout.tsx'
import { UndoButton } from './UndoButton.tsx'
import { worksAlone } from './worksAlone.ts'

interface MemberBarProps extends MainButtonProps {
  readonly phone: boolean
}

/** The bar of somebody who does not lead: the step, the time, and what they have to do. */
export function MemberBar({ phone, ...main }: MemberBarProps) {
  const closed = useStage((stage) => stage.state === 'closed')
  const writes = useSession().me.role !== 'observer'
  // What each does alone, others see as numbers: they stand where the steps do otherwise.
  const alone = useStage(worksAlone)
  const done = (
    <MainButton {...main}>
      <DoneButton />
    </MainButton>
  )
  if (phone)
    return (
      <>
        <div className={styles.grow}>{closed ? <p>The workshop is closed</p> : <TimerReadout size="phone" />}</div>
        <SoundMenu />
        {done}
      </>
    )
  return (
    <>
      <div className={styles.start}>{alone ? <Progress /> : <StepList />}</div>
      {closed ? <span /> : <BarTime />}
      <div className={styles.end}>
        {writes && <UndoButton />}
        <SoundMenu />
        {done}
      </div>
    </>
  )
}

function BarTime() {
  return (
    <div className={styles.time}>
      <span className={styles.rule} />
      <TimerReadout size="bar" />
      <span className={styles.rule} />
    </div>
  )
}
