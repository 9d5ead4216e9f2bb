import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type { DraftView } from '@quintet/shared/notebook'
import { PHASES } from '@quintet/shared/phases'
import { type KeyboardEvent, lazy, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { useDraft } from '../document/ownDrafts.ts'
import { TextField } from '../document/TextField.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './Draft.module.css'
import { sayFull } from './fullField.ts'
import { useWritingOn } from './interrupted.ts'
import { leaving, moveFocus, NOTE_ATTRIBUTE } from './noteFocus.ts'
import { noteKey } from './noteKeys.ts'
import { SavedMark } from './SavedMark.tsx'
import { UnderWords } from './UnderWords.tsx'
import { useDraftActions } from './useDraftActions.ts'
import { firstWords } from './words.ts'

const DraftMenu = lazy(() => import('./DraftMenu.tsx').then((module) => ({ default: module.DraftMenu })))

interface DraftProps {
  readonly id: NoteId
  /** Whether it is only read: no writing in place, no menu. */
  readonly readOnly?: boolean
  /** What stands in the foot instead of "Only you". */
  readonly children?: ReactNode
}

/** One of one's own drafts, on dashed paper: to read, to write in place, and with its menu. */
export function Draft({ id, readOnly = false, children }: DraftProps) {
  const draft = useDraft(id)
  if (!draft || draft.removed) return null
  return (
    <SecretDraft draft={draft} readOnly={readOnly}>
      {children}
    </SecretDraft>
  )
}

interface SecretDraftProps {
  readonly draft: DraftView
  readonly readOnly: boolean
  readonly children: ReactNode
}

function SecretDraft({ draft, readOnly, children }: SecretDraftProps) {
  const { id, phase, text } = draft
  const actions = useDraftActions()
  const element = useRef<HTMLElement>(null)
  const more = useRef<HTMLButtonElement>(null)
  const [editing, setEditing] = useState(false)
  const [open, setOpen] = useState<'menu' | 'hang' | null>(null)
  const { one, under } = PHASES[phase]

  useWritingOn(id, element, !readOnly, setEditing)

  const edit = () => setEditing(true)
  const endEditing = (byKey: boolean) => {
    setEditing(false)
    if (text.trim() === '') {
      const leave = leaving(id)
      actions.remove(draft)
      if (byKey) leave()
    } else if (byKey) requestAnimationFrame(() => element.current?.focus())
  }
  const onClick = (event: MouseEvent) => {
    if (editing || readOnly || (event.target as HTMLElement).closest('button, a, textarea')) return
    // Somebody who marks words wants to copy them.
    if (getSelection()?.isCollapsed === false) return
    edit()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || readOnly) return
    const key = noteKey(event)
    if (key?.does === 'edit') edit()
    else if (key?.does === 'menu') setOpen('menu')
    else if (key?.does === 'hang' && under) setOpen('hang')
    else if (key?.does !== 'go' || !moveFocus(event.currentTarget, key.key)) return
    event.preventDefault()
  }

  return (
    <article
      ref={element}
      tabIndex={editing ? -1 : 0}
      aria-label={`Draft: ${firstWords(text)}`}
      className={classes(styles.draft, `ph-${phase}`, editing && styles.editing)}
      onClick={onClick}
      onKeyDown={onKeyDown}
      {...{ [NOTE_ATTRIBUTE]: id }}
    >
      {editing && !readOnly ? (
        <TextField
          target={{ of: 'draft', id }}
          most={LIMITS.note}
          label={`Words of this ${one}`}
          multiline
          onLimit={() => sayFull(LIMITS.note)}
          autoFocus
          className={classes(styles.text, styles.field)}
          onDone={endEditing}
        />
      ) : (
        <p dir="auto" className={styles.text}>
          {text}
        </p>
      )}
      {under && (
        <p className={styles.under}>
          {draft.under !== null && (
            <span className={`ph-${under}`}>
              <Icon name={under} size={12} className={styles.phase} />
            </span>
          )}
          <span className={styles.parent}>
            {draft.under === null ? (
              `Not under a ${PHASES[under].one} yet`
            ) : (
              <UnderWords id={draft.under} phase={under} />
            )}
          </span>
        </p>
      )}
      <div className={styles.foot}>
        {children ?? <OnlyYou />}
        <SavedMark id={id} />
      </div>
      {!editing && !readOnly && (
        <div className={styles.tools}>
          <IconButton
            icon="edit"
            size="sm"
            label={`Edit: ${firstWords(text)}`}
            tip="Edit"
            className={styles.edit}
            onClick={edit}
          />
          <IconButton
            ref={more}
            icon="more"
            size="sm"
            label={`More for: ${firstWords(text)}`}
            tip={under ? 'More: edit, hang under, remove' : 'More: edit, copy, remove'}
            aria-haspopup="menu"
            aria-expanded={open === 'menu'}
            onClick={() => setOpen(open === 'menu' ? null : 'menu')}
          />
        </div>
      )}
      {open && more.current && (
        <Part onFailed={() => setOpen(null)}>
          <DraftMenu
            draft={draft}
            showing={open}
            anchor={more.current}
            onHang={() => setOpen('hang')}
            onEdit={edit}
            onClose={() => setOpen(null)}
          />
        </Part>
      )}
    </article>
  )
}

/** Says that nobody else sees a draft. */
export function OnlyYou() {
  return (
    <span className={styles.only}>
      <Icon name="hidden" size={12} />
      Only you
    </span>
  )
}
