import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { lazy, useState } from 'react'
import { createPortal } from 'react-dom'
import { useBreaks, useStage } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Part } from '../ui/Part.tsx'
import { showToast } from '../ui/toasts.ts'
import styles from './MoveButtons.module.css'
import { neighbour } from './moves.ts'
import { useCommand, useWhyNot } from './useCommand.ts'
import { useMoveGroup } from './useMoveGroup.ts'

const CloseDialog = lazy(() => import('./CloseDialog.tsx').then((module) => ({ default: module.CloseDialog })))

/** Moves everyone to the step before. */
export function BackButton() {
  const agenda = useStage((stage) => stage.agenda)
  const at = useStage((stage) => stage.at)
  const moveGroup = useMoveGroup()
  const reason = useWhyNot()
  const move = neighbour({ agenda, at }, -1)
  return (
    <IconButton
      icon="left"
      label={move ? `Back to ${move.name}` : 'Back'}
      className={styles.back}
      reason={move ? reason : 'This is the first step.'}
      onClick={() => {
        if (move) void moveGroup(at, move)
      }}
    />
  )
}

interface MainButtonProps {
  readonly shown: PhaseId
  readonly leads: boolean
  readonly onRejoin: () => void
  readonly onOpenPlan: () => void
}

/** The one thing to do: rejoin the group, move it on, close the workshop, or see the plan. */
export function MainButton({ shown, leads, onRejoin, onOpenPlan }: MainButtonProps) {
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
  return leads ? <NextButton /> : null
}

function NextButton() {
  const agenda = useStage((stage) => stage.agenda)
  const at = useStage((stage) => stage.at)
  const moveGroup = useMoveGroup()
  const reason = useWhyNot()
  const move = neighbour({ agenda, at }, 1)
  if (!move) return <CloseButton />
  return (
    <Button
      kind="primary"
      className={styles.main}
      aria-label={`Next: ${move.name}`}
      reason={reason}
      onClick={() => void moveGroup(at, move)}
    >
      <span>
        <span className={styles.prefix}>Next: </span>
        {move.name}
      </span>
    </Button>
  )
}

function CloseButton() {
  const at = useStage((stage) => stage.at)
  const breaks = useBreaks()
  const command = useCommand()
  const reason = useWhyNot()
  const [asks, setAsks] = useState(false)
  const unowned = breaks.filter((each) => each.kind === 'action without an owner').map((each) => each.note)

  const close = async () => {
    setAsks(false)
    if (!(await command({ name: 'close workshop', from: at }))) return
    showToast({
      text: 'The workshop is closed. The plan stays open to its owners',
      icon: 'check',
      action: { label: 'Reopen', run: () => void command({ name: 'reopen workshop' }) },
    })
  }

  return (
    <>
      <Button
        kind="primary"
        className={styles.main}
        reason={reason}
        onClick={() => (unowned.length > 0 ? setAsks(true) : void close())}
      >
        Close workshop
      </Button>
      {unowned.length > 0 && (
        <span className={styles.unowned}>
          {unowned.length === 1 ? '1 action has no owner' : `${unowned.length} actions have no owner`}
        </span>
      )}
      {asks &&
        // Outside of the bar, which is dark in both themes.
        createPortal(
          <Part onFailed={() => setAsks(false)}>
            <CloseDialog actions={unowned} onClose={() => setAsks(false)} onCloseAnyway={() => void close()} />
          </Part>,
          document.body,
        )}
    </>
  )
}
