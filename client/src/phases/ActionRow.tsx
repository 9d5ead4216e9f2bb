import type { NoteView, PlanView } from '@quintet/shared/board'
import { setOwner } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type { PhaseId } from '@quintet/shared/phases'
import type { Verdict } from '@quintet/shared/rules'
import { lazy, memo, useRef, useState } from 'react'
import { EditingFlag } from '../board/EditingFlag.tsx'
import { sayFull } from '../board/fullField.ts'
import { NOTE_ATTRIBUTE } from '../board/noteFocus.ts'
import { useNoteActions } from '../board/useNoteActions.ts'
import { firstWords } from '../board/words.ts'
import { useEdit } from '../document/editing.ts'
import { TextField } from '../document/TextField.tsx'
import { useMay, useNote, usePlan, useThread } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { MenuButton } from '../ui/MenuButton.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './ActionRow.module.css'
import { DueField } from './DueField.tsx'
import { OwnerField } from './OwnerField.tsx'
import { PlanField } from './PlanField.tsx'
import { ThreadChain } from './ThreadChain.tsx'

const HangPicker = lazy(() => import('../board/HangPicker.tsx').then((module) => ({ default: module.HangPicker })))

interface Action {
  readonly note: NoteView
  readonly plan: PlanView
  readonly words: string
  readonly may: Verdict
}

/** What a row or card shows; undefined for an action that is not on the wall any more. */
function useAction(id: NoteId): Action | undefined {
  const note = useNote(id)
  const plan = usePlan(id)
  const may = useMay('plan', { phase: 'actions', author: note?.author ?? null })
  return note && !note.removed ? { note, plan, words: firstWords(note.text), may } : undefined
}

/** One action as a row of the table. What has no owner stands out in gold. */
export const ActionRow = memo(function ActionRow({ id }: { readonly id: NoteId }) {
  const action = useAction(id)
  const [editing, setEditing] = useState(false)
  if (!action) return null
  const { note, plan, words, may } = action
  return (
    <tr className={classes(styles.row, !plan.owner && styles.unowned)} {...{ [NOTE_ATTRIBUTE]: id }} tabIndex={-1}>
      <th scope="row" className={styles.name}>
        <ActionName note={note} plan={plan} editing={editing} onEdit={setEditing} />
      </th>
      <td>
        <OwnerField plan={plan} words={words} may={may} />
      </td>
      <td>
        <DueField plan={plan} words={words} may={may} />
      </td>
      <td>
        <PlanField plan={plan} field="firstStep" label="First step" add="First step" words={words} may={may} />
      </td>
      <td>
        <PlanField plan={plan} field="measure" label="Measure of success" add="Measure" words={words} may={may} />
      </td>
      <td className={styles.last}>
        <ActionMenu action={action} onEdit={() => setEditing(true)} />
      </td>
    </tr>
  )
})

/** One action as a card, for a thumb. */
export const ActionCard = memo(function ActionCard({ id }: { readonly id: NoteId }) {
  const action = useAction(id)
  const [editing, setEditing] = useState(false)
  if (!action) return null
  const { note, plan, words, may } = action
  return (
    <li>
      <article
        className={classes(styles.card, !plan.owner && styles.unowned)}
        aria-label={words}
        {...{ [NOTE_ATTRIBUTE]: id }}
        tabIndex={-1}
      >
        <div className={styles.top}>
          <ActionName note={note} plan={plan} editing={editing} onEdit={setEditing} />
          <ActionMenu action={action} onEdit={() => setEditing(true)} />
        </div>
        <OwnerField plan={plan} words={words} may={may} />
        <dl className={styles.facts}>
          <dt>Due</dt>
          <dd>
            <DueField plan={plan} words={words} may={may} />
          </dd>
          <dt>First step</dt>
          <dd>
            <PlanField plan={plan} field="firstStep" label="First step" add="First step" words={words} may={may} />
          </dd>
          <dt>Measure</dt>
          <dd>
            <PlanField plan={plan} field="measure" label="Measure of success" add="Measure" words={words} may={may} />
          </dd>
        </dl>
      </article>
    </li>
  )
})

interface ActionNameProps {
  readonly note: NoteView
  readonly plan: PlanView
  readonly editing: boolean
  readonly onEdit: (editing: boolean) => void
}

/** The words of an action, and the chain that it ends. */
function ActionName({ note, plan, editing, onEdit }: ActionNameProps) {
  const chain = useThread(note.id)
  const has = new Set<PhaseId>(chain.map((link) => link.phase))
  if (plan.owner) has.add('owners')
  const gap = chain.find((link) => link.phase === 'gaps')
  return (
    <div className={styles.words}>
      <EditingFlag id={note.id} className={styles.others} />
      {editing ? (
        <TextField
          target={{ of: 'note', id: note.id }}
          most={LIMITS.note}
          label="Words of this action"
          multiline
          onLimit={() => sayFull(LIMITS.note)}
          autoFocus
          className={classes(styles.text, styles.field)}
          onDone={() => onEdit(false)}
        />
      ) : (
        <p className={styles.text} dir="auto">
          {note.text}
        </p>
      )}
      <p className={styles.thread}>
        <ThreadChain has={has} />
        <span className={styles.gap} dir="auto">
          {gap ? gap.note.text : 'Under no gap yet'}
        </span>
      </p>
    </div>
  )
}

/** What else can be done to an action. */
function ActionMenu({ action, onEdit }: { readonly action: Action; readonly onEdit: () => void }) {
  const { note, plan, words, may } = action
  const { me } = useSession()
  const edit = useEdit()
  const actions = useNoteActions()
  const subject = { phase: note.phase, author: note.author }
  const mayWrite = useMay('write', subject)
  const mayHang = useMay('hang', subject)
  const mayRemove = useMay('remove', subject)
  const box = useRef<HTMLDivElement>(null)
  const [hanging, setHanging] = useState(false)
  if (me.role === 'observer') return null
  const why = (verdict: Verdict) => (verdict.allowed ? undefined : verdict.reason)
  const button = () => box.current?.querySelector('button') ?? document.body
  return (
    <div ref={box}>
      <MenuButton
        label={`More for: ${words}`}
        size="sm"
        entries={() => [
          {
            label: 'Edit the action',
            icon: 'edit',
            reason: why(mayWrite),
            run: onEdit,
          },
          { label: 'Hang under…', icon: 'thread', reason: why(mayHang), run: () => setHanging(true) },
          {
            label: 'Take the owner off',
            icon: 'owners',
            reason: plan.owner ? why(may) : 'It has no owner.',
            run: () => edit(setOwner(plan.id, null)),
          },
          'separator',
          { label: 'Remove', icon: 'remove', danger: true, reason: why(mayRemove), run: () => actions.remove(note) },
        ]}
      />
      {hanging && (
        <Part onFailed={() => setHanging(false)}>
          <HangPicker
            phase="gaps"
            now={note.under}
            anchor={button()}
            onPick={(under) => actions.hang(note.id, under)}
            onClose={() => setHanging(false)}
          />
        </Part>
      )}
    </div>
  )
}
