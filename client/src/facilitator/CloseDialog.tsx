import type { NoteView } from '@quintet/shared/board'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './CloseDialog.module.css'

interface CloseDialogProps {
  /** The actions that nobody owns. */
  readonly actions: readonly NoteView[]
  readonly onClose: () => void
  readonly onCloseAnyway: () => void
}

/** How many actions are named; the rest is a number. */
const NAMED = 6

/** Asks before a workshop is closed while actions have no owner. */
export function CloseDialog({ actions, onClose, onCloseAnyway }: CloseDialogProps) {
  const one = actions.length === 1
  const rest = actions.length - NAMED
  return (
    <Dialog
      title={`Close with ${actions.length} ${one ? 'action' : 'actions'} unowned?`}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onCloseAnyway}>
            Close anyway
          </Button>
          <Button kind="primary" data-focus onClick={onClose}>
            Find owners
          </Button>
        </>
      }
    >
      <p className={styles.text}>
        {one ? 'It stays in the plan, marked as open.' : 'They stay in the plan, marked as open.'} Anyone can claim{' '}
        {one ? 'it' : 'them'} later from the same link.
      </p>
      <ul className={styles.actions}>
        {actions.slice(0, NAMED).map((action) => (
          <li key={action.id}>{action.text || 'An action without words'}</li>
        ))}
        {rest > 0 && <li>{rest} more</li>}
      </ul>
    </Dialog>
  )
}
