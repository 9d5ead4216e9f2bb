import type { NoteView } from '@quintet/shared/board'
import type { ReactNode } from 'react'
import { useIsOwn } from '../document/ownDrafts.ts'
import { useAnonymous, useDisplayName } from '../document/views.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './Note.module.css'
import { SavedMark } from './SavedMark.tsx'

interface NoteFootProps {
  readonly note: NoteView
  readonly locked: boolean
  /** Hangs it under something, where that is the next thing to do. */
  readonly onHang: (() => void) | undefined
  /** What else holds for it, at the end. */
  readonly children?: ReactNode
}

/** Who wrote a note, and what holds for it. */
export function NoteFoot({ note, locked, onHang, children }: NoteFootProps) {
  return (
    <div className={styles.foot}>
      <Author note={note} />
      <SavedMark id={note.id} />
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
      {children}
    </div>
  )
}

/** Whose a note is. Where nobody is told, one is told of one's own. */
function Author({ note }: { readonly note: NoteView }) {
  const name = useDisplayName(note.author)
  const isOwn = useIsOwn(note.id)
  const anonymous = useAnonymous(note.phase) && note.author === null
  const words = anonymous ? (isOwn ? 'Yours' : '') : isOwn ? 'You' : name
  return <span className={styles.author}>{words}</span>
}
