import { useDisplayName, useStage } from '../document/views.ts'
import { useTimerReading } from '../session/SessionContext.tsx'
import { Ruler } from './Ruler.tsx'
import styles from './TimerReadout.module.css'
import { lengthWords, spokenTime, timerLine } from './timerWords.ts'

interface TimerReadoutProps {
  /** `bar` for the instrument bar, `phone` for the docked one, `screen` for the projector. */
  readonly size: 'bar' | 'phone' | 'screen'
}

/** Widths and heights of the ruler, px. */
const RULERS = {
  bar: { width: 176, height: 26 },
  phone: { width: 76, height: 14 },
  screen: { width: 400, height: 40 },
} as const

/** The timer to be read: digits, the ruler, and what it is doing. The same second on every screen. */
export function TimerReadout({ size }: TimerReadoutProps) {
  const timer = useStage((stage) => stage.timer)
  const reading = useTimerReading(timer)
  const pausedBy = useDisplayName(timer.state === 'paused' ? timer.by : null)
  const { width, height } = RULERS[size]
  return (
    <div className={`${styles.readout} ${styles[size]} ${styles[reading.tone]}`}>
      <span className={styles.digits} role="timer" aria-live="off" aria-label={spokenTime(reading.seconds)}>
        {reading.text}
      </span>
      <div className={styles.scale}>
        <Ruler duration={timer.duration} secondsLeft={reading.seconds} width={width} height={height} />
        <p className={styles.line}>
          <span className={styles.state}>{timerLine(timer, reading, pausedBy)}</span>
          <span className={styles.length}>{lengthWords(timer.duration)}</span>
        </p>
      </div>
    </div>
  )
}
