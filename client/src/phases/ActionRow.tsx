import type { NoteView, OutcomeId, PlanView } from '@quintet/shared/board'
import { setOwner } from '@quintet/shared/edits'
import { isGroup, type Outcome } from '@quintet/shared/groups'
import { LIMITS } from '@quintet/shared/limits'
import type { PhaseId } from '@quintet/shared/phases'
import type { Verdict } from '@quintet/shared/rules'
import { lazy, memo, useRef, useState } from 'react'
import { EditingFlag } from '../board/EditingFlag.tsx'
import { sayFull } from '../board/fullField.ts'
import { focusNote, NOTE_ATTRIBUTE } from '../board/noteFocus.ts'
import { useNoteActions } from '../board/useNoteActions.ts'
import { firstWords } from '../board/words.ts'
import { useEdit } from '../document/editing.ts'
import { TextField } from '../document/TextField.tsx'
import { useThread } from '../document/thread.ts'
import { useMay, useOutcome, usePlan, useWords } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import type { MenuEntry } from '../ui/Menu.tsx'
import { MenuButton } from '../ui/MenuButton.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './ActionRow.module.css'
import { DueField } from './DueField.tsx'
import { OwnerField } from './OwnerField.tsx'
import { PlanField } from './PlanField.tsx'
import { ThreadChain } from './ThreadChain.tsx'

const HangPicker = lazy(() => import('../board/HangPicker.tsx').then((module) => ({ default: module.HangPicker })))

interface Action {
  readonly outcome: Outcome
  readonly plan: PlanView
  /** All that it says. */
  readonly text: string
  /** First words of it, for names of buttons. */
  readonly words: string
  readonly may: Verdict
}

/** What a row or card shows; undefined for an action that is not on the wall any more. */
function useAction(id: OutcomeId): Action | undefined {
  const outcome = useOutcome(id)
  const text = useWords(id)
  const plan = usePlan(id)
  const may = useMay('plan', { phase: 'actions', author: null })
  return outcome && { outcome, plan, text, words: firstWords(text), may }
}

/** One action as a row of the table. What has no owner stands out in gold. */
export const ActionRow = memo(function ActionRow({ id }: { readonly id: OutcomeId }) {
  const action = useAction(id)
  const [editing, setEditing] = useState(false)
  if (!action) return null
  const { plan, words, may } = action
  return (
    <tr className={classes(styles.row, !plan.owner && styles.unowned)} {...{ [NOTE_ATTRIBUTE]: id }} tabIndex={-1}>
      <th scope="row" className={styles.name}>
        <ActionName action={action} editing={editing} onEdit={setEditing} />
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
export const ActionCard = memo(function ActionCard({ id }: { readonly id: OutcomeId }) {
  const action = useAction(id)
  const [editing, setEditing] = useState(false)
  if (!action) return null
  const { plan, words, may } = action
  return (
    <li>
      <article
        className={classes(styles.card, !plan.owner && styles.unowned)}
        aria-label={words}
        {...{ [NOTE_ATTRIBUTE]: id }}
        tabIndex={-1}
      >
        <div className={styles.top}>
          <ActionName action={action} editing={editing} onEdit={setEditing} />
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
  readonly action: Action
  readonly editing: boolean
  readonly onEdit: (editing: boolean) => void
}

/** The words of an action, and the chain that it ends. */
function ActionName({ action: { outcome, plan, text }, editing, onEdit }: ActionNameProps) {
  const chain = useThread(outcome.id)
  const has = new Set<PhaseId>(chain.map((link) => link.phase))
  if (plan.owner) has.add('owners')
  const gap = chain.find((link) => link.phase === 'gaps')?.outcome.id
  return (
    <div className={styles.words}>
      <EditingFlag id={outcome.id} className={styles.others} />
      {editing ? (
        <TextField
          target={isGroup(outcome) ? { of: 'group', id: outcome.id } : { of: 'note', id: outcome.id }}
          most={isGroup(outcome) ? LIMITS.groupName : LIMITS.note}
          label="Words of this action"
          multiline={!isGroup(outcome)}
          onLimit={() => sayFull(isGroup(outcome) ? LIMITS.groupName : LIMITS.note)}
          autoFocus
          className={classes(styles.text, styles.field)}
          onDone={(byKey) => {
            onEdit(false)
            if (byKey) focusNote(outcome.id)
          }}
        />
      ) : (
        <p className={styles.text} dir="auto">
          {text}
        </p>
      )}
      <p className={styles.thread}>
        <ThreadChain has={has} />
        <span className={styles.gap} dir="auto">
          {gap ? <Words id={gap} /> : 'Under no gap yet'}
        </span>
      </p>
    </div>
  )
}

function Words({ id }: { readonly id: OutcomeId }) {
  return useWords(id)
}

/** What else can be done to an action. */
function ActionMenu({ action, onEdit }: { readonly action: Action; readonly onEdit: () => void }) {
  const { outcome, plan, words, may } = action
  const observes = useSession().me.role === 'observer'
  const edit = useEdit()
  const mayName = useMay('place', { phase: 'actions', author: null })
  const mayWrite = useMay('write', { phase: 'actions', author: isGroup(outcome) ? null : outcome.author })
  const box = useRef<HTMLDivElement>(null)
  const [hanging, setHanging] = useState(false)
  const ofNote = useNoteEntries(isGroup(outcome) ? undefined : outcome, () => setHanging(true))
  if (observes) return null
  return (
    <div ref={box}>
      <MenuButton
        label={`More for: ${words}`}
        size="sm"
        entries={() => [
          {
            label: isGroup(outcome) ? 'Name the group' : 'Edit the action',
            icon: 'edit',
            reason: why(isGroup(outcome) ? mayName : mayWrite),
            run: onEdit,
          },
          {
            label: 'Take the owner off',
            icon: 'owners',
            reason: plan.owner ? why(may) : 'It has no owner.',
            run: () => edit(setOwner(plan.id, null)),
          },
          ...ofNote(),
        ]}
      />
      {hanging && !isGroup(outcome) && (
        <Hang note={outcome} anchor={box.current?.querySelector('button')} onClose={() => setHanging(false)} />
      )}
    </div>
  )
}

const why = (verdict: Verdict) => (verdict.allowed ? undefined : verdict.reason)

/** What can be done to an action that is a single note. Groups are taken apart on the wall. */
function useNoteEntries(note: NoteView | undefined, onHang: () => void): () => readonly MenuEntry[] {
  const actions = useNoteActions()
  const subject = { phase: 'actions' as const, author: note?.author ?? null }
  const mayHang = useMay('hang', subject)
  const mayRemove = useMay('remove', subject)
  return () =>
    note
      ? [
          { label: 'Hang under…', icon: 'thread', reason: why(mayHang), run: onHang },
          'separator',
          { label: 'Remove', icon: 'remove', danger: true, reason: why(mayRemove), run: () => actions.remove(note) },
        ]
      : []
}

interface HangProps {
  readonly note: NoteView
  readonly anchor: HTMLElement | null | undefined
  readonly onClose: () => void
}

function Hang({ note, anchor, onClose }: HangProps) {
  const actions = useNoteActions()
  return (
    <Part onFailed={onClose}>
      <HangPicker
        phase="gaps"
        now={note.under}
        anchor={anchor ?? document.body}
        onPick={(under) => actions.hang(note.id, under)}
        onClose={onClose}
      />
    </Part>
  )
}
