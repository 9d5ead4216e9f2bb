import type { NoteView } from '@quintet/shared/board'
import { useDisplayName } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './Note.module.css'

interface NoteFootProps {
  readonly note: NoteView
  readonly locked: boolean
  /** Hangs it under something, where that is the next thing to do. */
  readonly onHang: (() => void) | undefined
}

/** Who wrote a note, and what holds for it. */
export function NoteFoot({ note, locked, onHang }: NoteFootProps) {
  const { me } = useSession()
  const name = useDisplayName(note.author)
  return (
    <div className={styles.foot}>
      <span className={styles.author}>{note.author === me.id ? 'You' : name}</span>
      {locked && (
        <span className={styles.state}>
          <Icon name="lock" size={12} />
          Locked
        </span>
      )}
      {onHang && (
        <button type="button" className={styles.link} onClick={onHang}>
          Hang under…
        </button>
      )}
    </div>
  )
}
