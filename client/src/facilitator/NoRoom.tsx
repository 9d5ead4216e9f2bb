import { useStage } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import styles from './NoRoom.module.css'
import { noRoomIn } from './noRoomWords.ts'
import progress from './Progress.module.css'

/** As long as the group is in a phase of which drafts found no room on the board: how many, and where they are. */
export function NoRoom() {
  const count = useStage(noRoomIn)
  if (count === 0) return null
  return (
    <div className={classes(progress.progress, progress.bar)}>
      <p className={progress.words}>
        <b>
          {count} {count === 1 ? 'draft' : 'drafts'} did not fit
        </b>
        <span>
          The board is full.{' '}
          <span className={styles.safe}>{count === 1 ? 'Its author has it' : 'Their authors have them'}</span>
        </span>
      </p>
    </div>
  )
}
