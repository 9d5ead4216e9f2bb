import { lazy, useState } from 'react'
import { createPortal } from 'react-dom'
import { useBreaks } from '../document/thread.ts'
import { useStage } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { Part } from '../ui/Part.tsx'
import { showToast } from '../ui/toasts.ts'
import { once } from './clicks.ts'
import styles from './MoveButtons.module.css'
import { useCommand, useWhyNot } from './useCommand.ts'

const CloseDialog = lazy(() => import('./CloseDialog.tsx').then((module) => ({ default: module.CloseDialog })))

interface CloseButtonProps {
  /** Whether it takes the place of a button that had the focus. */
  readonly autoFocus: boolean
}

/** Closes the workshop after its last step; where the thread is broken, it asks first. */
export function CloseButton({ autoFocus }: CloseButtonProps) {
  const at = useStage((stage) => stage.at)
  const breaks = useBreaks()
  const command = useCommand()
  const reason = useWhyNot()
  const [asks, setAsks] = useState(false)
  const unowned = breaks.filter((each) => each.kind === 'action without an owner').length

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
        autoFocus={autoFocus}
        reason={reason}
        {...once(() => (breaks.length > 0 ? setAsks(true) : void close()))}
      >
        Close workshop
      </Button>
      {unowned > 0 && (
        <span className={styles.unowned}>
          {unowned === 1 ? '1 action has no owner' : `${unowned} actions have no owner`}
        </span>
      )}
      {asks &&
        // Outside of the bar, which is dark in both themes.
        createPortal(
          <Part onFailed={() => setAsks(false)}>
            <CloseDialog breaks={breaks} onClose={() => setAsks(false)} onCloseAnyway={() => void close()} />
          </Part>,
          document.body,
        )}
    </>
  )
}
