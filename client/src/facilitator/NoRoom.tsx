import { useStage } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import { noRoomIn } from './noRoomWords.ts'
import styles from './Progress.module.css'

/** As long as the group is in a phase of which drafts found no room on the board: how many, and where they are. */
export function NoRoom() {
  const count = useStage(noRoomIn)
  if (count === 0) return null
  return (
    <div className={classes(styles.progress, styles.bar)}>
      <p className={styles.words}>
        <b>
          {count} {count === 1 ? 'draft' : 'drafts'} did not fit
        </b>
        <span>The board is full. {count === 1 ? 'Its author has it' : 'Their authors have them'}</span>
      </p>
    </div>
  )
}
