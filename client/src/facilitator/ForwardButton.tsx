import { useId, useRef } from 'react'
import { useProgress } from '../document/countdown.ts'
import { useStage } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { CloseButton } from './CloseButton.tsx'
import { once } from './clicks.ts'
import styles from './MoveButtons.module.css'
import { type Forward, forward } from './moves.ts'
import { useCommand, useWhyNot } from './useCommand.ts'

/** A facilitator's main button: the next stage change, in words that say what it does. During a countdown it stops it. */
export function ForwardButton() {
  const next = forward(useStage((stage) => stage))
  const focused = useRef(false)
  // Whoever moves by key stays on the button, also where the last step puts another one in its place.
  if (next.is === 'close') return <CloseButton autoFocus={focused.current} />
  return (
    <StageButton
      next={next}
      onFocused={(has) => {
        focused.current = has
      }}
    />
  )
}

interface StageButtonProps {
  readonly next: Exclude<Forward, { is: 'close' }>
  readonly onFocused: (has: boolean) => void
}

/** One button for all of it, so that it keeps the focus when what it does changes under it. */
function StageButton({ next, onFocused }: StageButtonProps) {
  const at = useStage((stage) => stage.at)
  const { typing } = useProgress()
  const typingId = useId()
  const command = useCommand()
  const reason = useWhyNot()
  const moves = next.is === 'move'
  const label = moves ? next.label : 'Stop'
  const prefix = label.startsWith('Next: ') ? 'Next: ' : ''
  const warns = moves && typing > 0
  const press = once(
    () =>
      void command(
        moves
          ? { name: 'move', from: at, to: next.move.to }
          : { name: 'stop countdown', countdown: next.countdown.endsAt },
      ),
  )
  return (
    <Button
      kind="primary"
      className={styles.main}
      aria-describedby={warns ? typingId : undefined}
      reason={reason}
      onFocus={() => onFocused(true)}
      onBlur={() => onFocused(false)}
      {...press}
    >
      <span className={styles.words}>
        <span>
          {prefix && <span className={styles.prefix}>{prefix.trim()}</span>} {label.slice(prefix.length)}
        </span>
        {warns && (
          // Told as what describes the button, not as a part of its name.
          <small id={typingId} className={styles.typing} aria-hidden="true">
            {typing} {typing === 1 ? 'is' : 'are'} still typing
          </small>
        )}
      </span>
    </Button>
  )
}
