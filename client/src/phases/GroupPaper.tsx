import type { OutcomeId } from '@quintet/shared/board'
import { hangNote, together } from '@quintet/shared/edits'
import type { GroupId } from '@quintet/shared/ids'
import { PHASES } from '@quintet/shared/phases'
import { lazy, useRef, useState } from 'react'
import { GroupMore } from '../board/GroupMore.tsx'
import { GroupName } from '../board/GroupName.tsx'
import { focusNote, NOTE_ATTRIBUTE } from '../board/noteFocus.ts'
import { counted, firstWords, quoted } from '../board/words.ts'
import { useEdit } from '../document/editing.ts'
import { useThread } from '../document/thread.ts'
import { useGroup, useInGroup, useMay, useWords } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Part } from '../ui/Part.tsx'
import { decided } from './Decided.tsx'
import styles from './GroupPaper.module.css'

const HangPicker = lazy(() => import('../board/HangPicker.tsx').then((module) => ({ default: module.HangPicker })))

interface GroupPaperProps {
  readonly id: GroupId
  /** `heading` where other notes hang under it, `dense` where it hangs itself. */
  readonly look: 'heading' | 'dense'
  /** Whether it hangs under nothing yet. */
  readonly unhung?: boolean
}

/** A group on the thread: one paper that stands for its notes, with these folded away. */
export function GroupPaper({ id, look, unhung = false }: GroupPaperProps) {
  const group = useGroup(id)
  const notes = useInGroup(id)
  const words = useWords(id)
  const writes = useSession().me.role !== 'observer'
  const [naming, setNaming] = useState(false)
  const [open, setOpen] = useState<'menu' | 'merge' | null>(null)
  if (!group) return null
  const endNaming = (byKey: boolean) => {
    setNaming(false)
    if (byKey) focusNote(id)
  }
  const { name, one, many, under } = PHASES[group.phase]
  const isHeading = look === 'heading'
  return (
    <article
      className={classes(styles.paper, styles[look], `ph-${group.phase}`)}
      aria-label={`Group: ${firstWords(words)}`}
      tabIndex={-1}
      {...{ [NOTE_ATTRIBUTE]: id }}
    >
      {isHeading && (
        <p className={styles.kind}>
          <Icon name={group.phase} size={14} />
          {name}
        </p>
      )}
      {naming ? (
        <div className={classes('voice', styles.words)}>
          <GroupName group={group} naming onDone={endNaming} />
        </div>
      ) : (
        <p className={classes('voice', styles.words)} dir="auto">
          {words === '' ? 'Group without a name' : group.phase === 'ideal' ? quoted(words) : words}
        </p>
      )}
      <details className={styles.notes}>
        <summary>{counted(notes.length, one, many)}</summary>
        <ul>
          {notes.map((note) => (
            <Inside key={note} id={note} />
          ))}
        </ul>
      </details>
      {!isHeading && (
        <div className={styles.foot}>
          {decided(id)}
          {writes && (
            <span className={styles.tools}>
              {under && <HangGroup id={id} words={words} plain={!unhung} />}
              <GroupMore group={group} words={words} open={open} onOpen={setOpen} onName={() => setNaming(true)} />
            </span>
          )}
        </div>
      )}
    </article>
  )
}

function Inside({ id }: { readonly id: OutcomeId }) {
  return <li dir="auto">{useWords(id)}</li>
}

interface HangGroupProps {
  readonly id: GroupId
  readonly words: string
  /** Whether the way to hang it is one of several, and needs no words. */
  readonly plain: boolean
}

/** Hangs a group: all of its notes, so that they stay there when it is split. */
function HangGroup({ id, words, plain }: HangGroupProps) {
  const notes = useInGroup(id)
  const phase = useGroup(id)?.phase ?? 'gaps'
  const above = useThread(id).at(-2)
  const mayHang = useMay('hang', { phase, author: null })
  const edit = useEdit()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const { under } = PHASES[phase]
  if (!under) return null
  return (
    <>
      <IconButton
        ref={button}
        icon="thread"
        size="sm"
        label={`Hang under: ${firstWords(words)}`}
        tip={plain ? 'Hang under another' : 'Hang under…'}
        aria-haspopup="dialog"
        aria-expanded={open}
        reason={mayHang.allowed ? undefined : mayHang.reason}
        onClick={() => setOpen((before) => !before)}
      />
      {open && button.current && (
        <Part onFailed={() => setOpen(false)}>
          <HangPicker
            phase={under}
            now={above?.outcome.id ?? null}
            anchor={button.current}
            onPick={(parent) =>
              edit(
                together(
                  'hang note',
                  notes.map((note) => hangNote(note, parent)),
                ),
              )
            }
            onClose={() => setOpen(false)}
          />
        </Part>
      )}
    </>
  )
}
