import type { Countdown } from '@quintet/shared/stage'
import { useId } from 'react'
import { useProgress, useStage } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { CloseButton } from './CloseButton.tsx'
import { once } from './clicks.ts'
import styles from './MoveButtons.module.css'
import { forward, type Move } from './moves.ts'
import { useCommand, useWhyNot } from './useCommand.ts'

/** A facilitator's main button: the next stage change, in words that say what it does. During a countdown it stops it. */
export function ForwardButton() {
  const next = forward(useStage((stage) => stage))
  switch (next.is) {
    case 'stop':
      return <StopButton countdown={next.countdown} />
    case 'move':
      return <NextButton label={next.label} move={next.move} />
    case 'close':
      return <CloseButton />
  }
}

function StopButton({ countdown }: { readonly countdown: Countdown }) {
  const command = useCommand()
  const reason = useWhyNot()
  const stop = once(() => void command({ name: 'stop countdown', countdown: countdown.endsAt }))
  return (
    <Button kind="primary" className={styles.main} reason={reason} {...stop}>
      Stop
    </Button>
  )
}

function NextButton({ label, move }: { readonly label: string; readonly move: Move }) {
  const at = useStage((stage) => stage.at)
  const { typing } = useProgress()
  const typingId = useId()
  const command = useCommand()
  const reason = useWhyNot()
  const go = once(() => void command({ name: 'move', from: at, to: move.to }))
  const prefix = label.startsWith('Next: ') ? 'Next: ' : ''
  return (
    <Button
      kind="primary"
      className={styles.main}
      aria-label={label}
      aria-describedby={typing > 0 ? typingId : undefined}
      reason={reason}
      {...go}
    >
      <span className={styles.words}>
        <span>
          {prefix && <span className={styles.prefix}>{prefix}</span>}
          {label.slice(prefix.length)}
        </span>
        {typing > 0 && (
          <small id={typingId} className={styles.typing}>
            {typing} still typing
          </small>
        )}
      </span>
    </Button>
  )
}
