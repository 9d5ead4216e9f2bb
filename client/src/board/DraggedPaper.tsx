import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { useDisplayName, useGroup, useNote, useWords } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import styles from './DraggedPaper.module.css'

interface DraggedPaperProps {
  /** What is dragged, that which is held first. */
  readonly ids: readonly OutcomeId[]
  /** Whether its words are as small as in a column. */
  readonly dense: boolean
}

/** What is under the pointer during a drag: the paper that is held, lifted and a little tilted, with how many go along. */
export function DraggedPaper({ ids, dense }: DraggedPaperProps) {
  const [id] = ids
  if (id === undefined) return null
  return (
    <>
      <Paper id={id} dense={dense} />
      {ids.length > 1 && <span className={styles.count}>{ids.length}</span>}
    </>
  )
}

function Paper({ id, dense }: { readonly id: OutcomeId; readonly dense: boolean }) {
  const note = useNote(id as NoteId)
  const group = useGroup(id as never)
  const words = useWords(id)
  const author = useDisplayName(note?.author ?? null)
  const phase = note?.phase ?? group?.phase
  if (!phase) return null
  return (
    <div className={classes(styles.paper, (dense || group) && styles.dense, group && styles.group, `ph-${phase}`)}>
      <p dir="auto" className={styles.text}>
        {words}
      </p>
      {note?.author && <p className={styles.author}>{author}</p>}
    </div>
  )
}
