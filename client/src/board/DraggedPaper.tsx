import type { NoteId } from '@quintet/shared/ids'
import { useDisplayName, useNote } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import styles from './DraggedPaper.module.css'

interface DraggedPaperProps {
  readonly id: NoteId
  /** Whether its words are as small as in a column. */
  readonly dense: boolean
}

/** What is under the pointer during a drag: the note's paper, lifted and a little tilted. */
export function DraggedPaper({ id, dense }: DraggedPaperProps) {
  const note = useNote(id)
  const author = useDisplayName(note?.author ?? null)
  return note ? (
    <div className={classes(styles.paper, dense && styles.dense, `ph-${note.phase}`)}>
      <p dir="auto" className={styles.text}>
        {note.text}
      </p>
      <p className={styles.author}>{author}</p>
    </div>
  ) : null
}
