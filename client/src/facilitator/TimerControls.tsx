import type { Timer } from '@quintet/shared/timer'
import { useStage } from '../document/views.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { refusable } from '../ui/refusal.ts'
import styles from './TimerControls.module.css'
import { useCommand, useWhyNot } from './useCommand.ts'

const MINUTE = 60_000

/** What the round button does now. */
const TURN = {
  idle: { label: 'Start the timer', icon: 'play', command: { name: 'start timer' } },
  running: { label: 'Pause the timer', icon: 'pause', command: { name: 'pause timer' } },
  paused: { label: 'Resume the timer', icon: 'play', command: { name: 'resume timer' } },
} as const satisfies Readonly<Record<Timer['state'], unknown>>

/** Start, pause or resume: the one control of the timer that a phone has room for. */
export function TimerTurn() {
  const state = useStage((stage) => stage.timer.state)
  const command = useCommand()
  const reason = useWhyNot()
  const turn = TURN[state]
  return (
    <button
      type="button"
      className={styles.turn}
      aria-label={turn.label}
      title={turn.label}
      {...refusable(reason, () => void command(turn.command))}
    >
      <Icon name={turn.icon} />
    </button>
  )
}

/** The timer's controls: start, pause or resume, a minute more, back to the start. */
export function TimerControls() {
  const command = useCommand()
  const reason = useWhyNot()
  return (
    <div className={styles.controls}>
      <TimerTurn />
      <button
        type="button"
        className={styles.more}
        aria-label="Add one minute, +1"
        title="Add one minute"
        {...refusable(reason, () => void command({ name: 'extend timer', by: MINUTE }))}
      >
        +1
      </button>
      <IconButton
        icon="reset"
        label="Reset the timer"
        reason={reason}
        className={styles.reset}
        onClick={() => void command({ name: 'reset timer' })}
      />
    </div>
  )
}
