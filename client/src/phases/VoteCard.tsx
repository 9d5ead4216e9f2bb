import type { OutcomeId } from '@quintet/shared/board'
import { isGroup, type Outcome } from '@quintet/shared/groups'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { ReactNode } from 'react'
import { useId, useState } from 'react'
import { counted, quoted } from '../board/words.ts'
import { useInGroup, useNote, useOutcome, useWords } from '../document/views.ts'
import { useDots } from '../document/votes.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './VoteCard.module.css'

interface VoteCardProps {
  readonly id: OutcomeId
  /** What stands at its foot: one's dots, or the total. */
  readonly children: ReactNode
}

/** A note or group as a phone shows it in a vote: its words, and the notes of a group on demand. */
export function VoteCard({ id, children }: VoteCardProps) {
  const outcome = useOutcome(id)
  return outcome ? <Card outcome={outcome}>{children}</Card> : null
}

function Card({ outcome, children }: { readonly outcome: Outcome; readonly children: ReactNode }) {
  const words = useWords(outcome.id)
  const mine = useDots(outcome.id) > 0
  return (
    <article className={classes(styles.card, `ph-${outcome.phase}`, mine && styles.mine)}>
      <h2 dir="auto" className={classes(isGroup(outcome) ? 'voice' : styles.note, styles.words)}>
        {outcome.phase === 'ideal' ? quoted(words) : words}
      </h2>
      {isGroup(outcome) && <Notes group={outcome.id} />}
      {children}
    </article>
  )
}

function Notes({ group }: { readonly group: GroupId }) {
  const notes = useInGroup(group)
  const listId = useId()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className={styles.more}
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        onClick={() => setOpen((before) => !before)}
      >
        {counted(notes.length, 'note', 'notes')}
        <Icon name="down" size={12} className={open ? styles.up : undefined} />
      </button>
      {open && (
        <ul id={listId} className={styles.notes}>
          {notes.map((id) => (
            <NoteLine key={id} id={id} />
          ))}
        </ul>
      )}
    </>
  )
}

function NoteLine({ id }: { readonly id: NoteId }) {
  return <li dir="auto">{useNote(id)?.text}</li>
}
