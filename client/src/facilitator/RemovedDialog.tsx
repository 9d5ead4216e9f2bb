import type { NoteId, PersonId } from '@quintet/shared/ids'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { type ReactNode, useRef, useState } from 'react'
import { useBin, useBinned } from '../document/deskViews.ts'
import { useJustRemoved } from '../document/justRemoved.ts'
import { useDisplayName, useMay, useNote } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Chip } from '../ui/Chip.tsx'
import { classes } from '../ui/classes.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { momentWords } from '../ui/momentWords.ts'
import { useKeptFocus } from '../ui/useKeptFocus.ts'
import styles from './RemovedDialog.module.css'
import { useCommand, useWhyNot } from './useCommand.ts'

/** So many are shown at a time. */
const PAGE = 50

/** What was removed or hidden, with its words, for facilitators alone; each can be brought back. */
export function RemovedDialog({ onClose }: { readonly onClose: () => void }) {
  const just = useJustRemoved()
  const bin = useBin()
  const command = useCommand()
  const [said, say] = useState('')
  const [most, showMost] = useState(PAGE)
  const list = useRef<HTMLDivElement>(null)
  const kept = useKeptFocus(() => list.current?.querySelector<HTMLElement>('button') ?? list.current)

  const bringBack: BringBack = async (note, phase) => {
    if (await command({ name: 'bring back note', note })) say(`It is back in ${PHASES[phase].name}.`)
  }
  return (
    <Dialog title="Removed notes" size="lg" onClose={onClose}>
      <p tabIndex={-1} data-focus className={styles.lead}>
        Facilitators alone see these. Authors can bring back what they removed; what was hidden, a facilitator.
      </p>
      <p role="status" className={styles.said}>
        {said}
      </p>
      <div ref={list} tabIndex={-1} className={styles.list} {...kept}>
        {just.length + bin.length === 0 && <p className={styles.none}>Nothing was removed or hidden.</p>}
        <ul>
          {just.map((id) => (
            <JustRemoved key={id} id={id} onBringBack={bringBack} />
          ))}
          {bin.slice(0, most).map((id) => (
            <Kept key={id} id={id} onBringBack={bringBack} />
          ))}
        </ul>
        {bin.length > most && (
          <Button kind="ghost" size="sm" onClick={() => showMost(most + PAGE)}>
            Show older ones, {bin.length - most} more
          </Button>
        )}
      </div>
    </Dialog>
  )
}

type BringBack = (id: NoteId, phase: PhaseId) => Promise<void>

interface EntryProps {
  readonly id: NoteId
  readonly onBringBack: BringBack
}

/** Removed less than a minute ago. */
function JustRemoved({ id, onBringBack }: EntryProps) {
  const note = useNote(id)
  return note ? (
    <Row note={note} onBringBack={onBringBack}>
      <Chip>Removed just now</Chip>
    </Row>
  ) : null
}

function Kept({ id, onBringBack }: EntryProps) {
  const session = useSession()
  const binned = useBinned(id)
  if (!binned) return null
  const { hidden, at } = binned
  return (
    <Row note={binned} hidden={hidden} onBringBack={onBringBack}>
      <Chip {...(hidden ? { icon: 'hidden', tone: 'warn' } : {})}>{hidden ? 'Hidden' : 'Removed'}</Chip>
      <span className={styles.when}>{momentWords(at, session.now())}</span>
    </Row>
  )
}

interface RowProps {
  readonly note: {
    readonly id: NoteId
    readonly phase: PhaseId
    readonly author: PersonId | null
    readonly text: string
  }
  /** A hidden note comes back whatever step it is. */
  readonly hidden?: boolean
  readonly onBringBack: BringBack
  /** How it went, and when. */
  readonly children: ReactNode
}

function Row({ note: { id, phase, author, text }, hidden = false, onBringBack, children }: RowProps) {
  const name = useDisplayName(author)
  const may = useMay('remove', { phase, author })
  const offline = useWhyNot('Bringing back waits until you are back.')
  const reason = offline ?? (hidden || may.allowed ? undefined : may.reason)
  const words = `removed-${id}`
  return (
    <li className={classes(styles.row, `ph-${phase}`)}>
      <p id={words} dir="auto" className={styles.words}>
        {text.trim() === '' ? 'Without words' : text}
      </p>
      <p className={styles.facts}>
        <span className={styles.phase}>
          <Icon name={phase} size={12} />
          {PHASES[phase].name}
        </span>
        <span>{name}</span>
        {children}
      </p>
      <Button
        size="sm"
        className={styles.back}
        aria-describedby={words}
        reason={reason}
        onClick={() => void onBringBack(id, phase)}
      >
        Bring back
      </Button>
    </li>
  )
}
