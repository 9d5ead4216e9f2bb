import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { type ReactNode, useRef } from 'react'
import { useStage } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { useKeptFocus } from '../ui/useKeptFocus.ts'
import styles from './MoveButtons.module.css'

export interface MainButtonProps {
  /** The phase in view; another than the group's while somebody looks at one alone. */
  readonly shown: PhaseId
  readonly onRejoin: () => void
  /** Where the plan is: what there is to do once the workshop is closed. */
  readonly onOpenPlan: () => void
}

/**
 * The one thing to do: rejoin the group, see the plan of a closed workshop, or else what the role has to do in the step.
 * What takes another's place takes its focus too.
 */
export function MainButton({
  shown,
  onRejoin,
  onOpenPlan,
  children,
}: MainButtonProps & { readonly children?: ReactNode }) {
  const box = useRef<HTMLSpanElement>(null)
  const at = useStage((stage) => stage.at)
  const closed = useStage((stage) => stage.state === 'closed')
  // Where there is nothing to do, the bar's other buttons are next to it.
  const keptFocus = useKeptFocus(
    () => box.current?.querySelector('button') ?? box.current?.closest('section')?.querySelector('button'),
  )
  return (
    <span ref={box} className={styles.place} {...keptFocus}>
      {shown !== at.phase ? (
        <Button kind="primary" className={styles.main} onClick={onRejoin}>
          Rejoin {PHASES[at.phase].name}
        </Button>
      ) : closed ? (
        <Button kind="primary" className={styles.main} onClick={onOpenPlan}>
          Open the plan
        </Button>
      ) : (
        children
      )}
    </span>
  )
}
