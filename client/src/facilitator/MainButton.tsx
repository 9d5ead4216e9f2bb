import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { ReactNode } from 'react'
import { useStage } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import styles from './MoveButtons.module.css'

export interface MainButtonProps {
  /** The phase in view; another than the group's while somebody looks at one alone. */
  readonly shown: PhaseId
  readonly onRejoin: () => void
  /** Where the plan is: what there is to do once the workshop is closed. */
  readonly onOpenPlan: () => void
}

/** The one thing to do: rejoin the group, see the plan of a closed workshop, or else what the role has to do in the step. */
export function MainButton({
  shown,
  onRejoin,
  onOpenPlan,
  children,
}: MainButtonProps & { readonly children?: ReactNode }) {
  const at = useStage((stage) => stage.at)
  const closed = useStage((stage) => stage.state === 'closed')
  if (shown !== at.phase)
    return (
      <Button kind="primary" className={styles.main} onClick={onRejoin}>
        Rejoin {PHASES[at.phase].name}
      </Button>
    )
  if (closed)
    return (
      <Button kind="primary" className={styles.main} onClick={onOpenPlan}>
        Open the plan
      </Button>
    )
  return children
}
