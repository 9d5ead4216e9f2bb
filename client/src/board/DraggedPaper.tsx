import type { NoteId } from '@quintet/shared/ids'
import { useNote } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import styles from './DraggedPaper.module.css'

/** What is under the pointer during a drag: the note's paper, lifted and a little tilted. */
export function DraggedPaper({ id }: { readonly id: NoteId }) {
  const note = useNote(id)
  return note ? (
    <div className={classes(styles.paper, `ph-${note.phase}`)} dir="auto">
      {note.text}
    </div>
  ) : null
}
