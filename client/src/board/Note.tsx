import type { NoteView, OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { PHASES } from '@quintet/shared/phases'
import { type KeyboardEvent, lazy, type MouseEvent, memo, type ReactNode, useRef, useState } from 'react'
import { useMay, useNote } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Part } from '../ui/Part.tsx'
import { showToast } from '../ui/toasts.ts'
import { useDraggable } from './dragRegistry.ts'
import { useDropOnto } from './dropSlot.ts'
import { EditingFlag } from './EditingFlag.tsx'
import { useWritingOn } from './interrupted.ts'
import type { NoteList } from './lists.ts'
import styles from './Note.module.css'
import { NoteFoot } from './NoteFoot.tsx'
import { NoteWords } from './NoteWords.tsx'
import { moveFocus } from './noteFocus.ts'
import { type NoteKey, noteKey } from './noteKeys.ts'
import { useLocked } from './useLocked.ts'
import { useNoteActions } from './useNoteActions.ts'
import { useNoteSelection } from './useNoteSelection.ts'
import { useRing } from './useRing.ts'
import { capital, firstWords } from './words.ts'

const NoteMenu = lazy(() => import('./NoteMenu.tsx').then((module) => ({ default: module.NoteMenu })))

/** `paper` on the wall, `dense` in columns and on full walls, `heading` where other notes hang under it. */
export type NoteLook = 'paper' | 'dense' | 'heading'

interface NoteProps {
  readonly id: NoteId
  /** The list it stands in: where moving it moves it. */
  readonly list: NoteList
  readonly look?: NoteLook
  /** Whether the way to hang it under something stands in plain sight. */
  readonly unhung?: boolean
  /** What stands at the end of its foot, such as its votes. The same function each time, or the note renders again. */
  readonly aside?: ((id: OutcomeId) => ReactNode) | undefined
}

/** One note, subscribed to its own words alone. */
export const Note = memo(function Note({ id, ...rest }: NoteProps) {
  const note = useNote(id)
  return note && !note.removed ? <StandingNote note={note} {...rest} /> : null
})

type StandingProps = Omit<NoteProps, 'id'> & { readonly note: NoteView }

function StandingNote({ note, list, look = 'paper', unhung = false, aside }: StandingProps) {
  const { me } = useSession()
  const actions = useNoteActions()
  const subject = { phase: note.phase, author: note.author }
  const mayWrite = useMay('write', subject)
  const mayHang = useMay('hang', subject)
  const mayPlace = useMay('place', subject)
  const element = useRef<HTMLElement>(null)
  const more = useRef<HTMLButtonElement>(null)
  const [editing, setEditing] = useState(false)
  const [open, setOpen] = useState<'menu' | 'hang' | 'group' | null>(null)
  const selecting = useNoteSelection(note.id, mayPlace)
  const target = useDropOnto(note.id)
  const locked = useLocked(note.phase)
  const ringed = useRing(note, editing)
  // A heading shows a note that stands elsewhere.
  const stands = look !== 'heading'
  const observes = me.role === 'observer'
  const { grip } = useDraggable(note.id, list, element, !editing && mayPlace.allowed && stands)
  const { one, under } = PHASES[note.phase]
  useWritingOn(note.id, element, mayWrite.allowed, setEditing)

  const edit = () => {
    if (mayWrite.allowed) setEditing(true)
    else if (!observes) showToast({ text: mayWrite.reason })
  }
  const hang = () => {
    if (mayHang.allowed) setOpen('hang')
    else showToast({ text: mayHang.reason })
  }
  /** Does something to where it stands, or says why not now. */
  const place = (act: () => void) => {
    if (mayPlace.allowed) act()
    else showToast({ text: mayPlace.reason })
  }
  const group = () => place(() => setOpen('group'))
  const endEditing = (byKey: boolean) => {
    setEditing(false)
    if (note.text.trim() === '') void actions.remove(note)
    else if (byKey) requestAnimationFrame(() => element.current?.focus())
  }

  const onClick = (event: MouseEvent<HTMLElement>) => {
    if (editing || observes || (event.target as HTMLElement).closest('button, a, textarea')) return
    if (stands && selecting.click(event)) return
    // Somebody who marks words wants to copy them.
    if (getSelection()?.isCollapsed === false) return
    edit()
  }
  /** @returns whether the key meant something here. */
  const press = (key: NoteKey): boolean => {
    switch (key.does) {
      case 'edit':
        edit()
        return true
      case 'menu':
        setOpen('menu')
        return true
      case 'move':
        place(() => actions.move(note.id, list, key.by))
        return true
      case 'hang':
        if (under) hang()
        return under !== null
      case 'group':
        if (stands) group()
        return stands
      case 'select':
        if (stands) selecting.toggle()
        return stands
      case 'go':
        return element.current !== null && moveFocus(element.current, key.key)
    }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    const key = noteKey(event)
    if (key && (!observes || key.does === 'go') && press(key)) event.preventDefault()
  }

  return (
    <article
      ref={element}
      data-note={note.id}
      tabIndex={editing ? -1 : 0}
      aria-label={`${capital(one)}: ${firstWords(note.text)}${selecting.selected ? ', selected' : ''}`}
      className={classes(
        styles.note,
        `ph-${note.phase}`,
        styles[look],
        aside && styles.decided,
        editing && styles.editing,
        locked && styles.locked,
        ringed && styles.ringed,
        selecting.selected && styles.selected,
        target && styles.target,
      )}
      onClick={onClick}
      onMouseDown={selecting.press}
      onContextMenu={stands ? selecting.hold : undefined}
      onKeyDown={onKeyDown}
    >
      <EditingFlag id={note.id} />
      {look === 'heading' && (
        <p className={styles.kind}>
          <Icon name={note.phase} size={14} />
          {note.phase === 'ideal' ? PHASES.ideal.name : capital(one)}
        </p>
      )}
      <NoteWords
        note={note}
        editing={editing}
        quotes={look === 'heading' && note.phase === 'ideal'}
        onDone={endEditing}
      />
      {look !== 'heading' && (
        <NoteFoot note={note} locked={locked} onHang={unhung && !observes ? hang : undefined}>
          {aside?.(note.id)}
        </NoteFoot>
      )}
      {!observes && !editing && (
        <div className={styles.tools}>
          <span ref={grip} className={styles.grip} />
          <IconButton
            ref={more}
            icon="more"
            size="sm"
            label={`More for: ${firstWords(note.text)}`}
            tip="More: edit, move, remove"
            aria-haspopup="menu"
            aria-expanded={open === 'menu'}
            onClick={() => setOpen(open === 'menu' ? null : 'menu')}
          />
        </div>
      )}
      {open && more.current && (
        <Part onFailed={() => setOpen(null)}>
          <NoteMenu
            note={note}
            list={list}
            showing={open}
            anchor={more.current}
            selected={selecting.selected}
            onHang={hang}
            onGroup={group}
            onSelect={selecting.toggle}
            onEdit={edit}
            onClose={() => setOpen(null)}
          />
        </Part>
      )}
    </article>
  )
}
