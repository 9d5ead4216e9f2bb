import type { NoteView } from '@quintet/shared/board'
import { LIMITS } from '@quintet/shared/limits'
import { PHASES } from '@quintet/shared/phases'
import { TextField } from '../document/TextField.tsx'
import { classes } from '../ui/classes.ts'
import { sayFull } from './fullField.ts'
import styles from './Note.module.css'
import { quoted } from './words.ts'

interface NoteWordsProps {
  readonly note: NoteView
  readonly editing: boolean
  /** Whether the words stand in quotation marks. */
  readonly quotes: boolean
  /** @param byKey whether focus is to go back to the note. */
  readonly onDone: (byKey: boolean) => void
}

/** A note's words: to read, or to write in place. */
export function NoteWords({ note, editing, quotes, onDone }: NoteWordsProps) {
  if (editing)
    return (
      <TextField
        target={{ of: 'note', id: note.id }}
        most={LIMITS.note}
        label={`Words of this ${PHASES[note.phase].one}`}
        multiline
        onLimit={() => sayFull(LIMITS.note)}
        autoFocus
        className={classes(styles.text, styles.field)}
        onDone={onDone}
      />
    )
  const empty = note.text.trim() === ''
  return (
    <p dir="auto" className={classes(styles.text, empty && styles.empty)}>
      {empty ? 'No words yet' : quotes ? quoted(note.text) : note.text}
    </p>
  )
}
