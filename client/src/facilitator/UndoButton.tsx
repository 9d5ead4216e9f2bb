import { useUndo } from '../document/editing.ts'
import { IconButton } from '../ui/IconButton.tsx'
import styles from './UndoButton.module.css'

/** Takes back one's own last edit, and nobody else's. */
export function UndoButton() {
  const { undo, undoName } = useUndo()
  return (
    <IconButton
      icon="undo"
      label={undoName ? `Undo: ${undoName}` : 'Undo'}
      className={styles.undo}
      reason={undoName ? undefined : 'There is nothing of yours to undo.'}
      onClick={undo}
    />
  )
}
