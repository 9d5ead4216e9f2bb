import type { OutcomeId } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { memo, useMemo, useRef, useState } from 'react'
import { Composer } from '../board/Composer.tsx'
import { useDropList } from '../board/dragRegistry.ts'
import type { NoteList } from '../board/lists.ts'
import { Note } from '../board/Note.tsx'
import { capital, named, withArticle } from '../board/words.ts'
import { useOutcomes } from '../document/thread.ts'
import { useTotals } from '../document/totals.ts'
import {
  useAnonymous,
  useBlocks,
  useHanging,
  useMarks,
  useMay,
  useOutcome,
  useUnhung,
  useWords,
} from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { useKeptFocus } from '../ui/useKeptFocus.ts'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import { Fray } from './Fray.tsx'
import { GroupPaper } from './GroupPaper.tsx'
import { HungItems } from './HungItems.tsx'
import styles from './ThreadColumns.module.css'
import { TrueAlready, TrueAlreadyButton } from './TrueAlready.tsx'
import { useRanked } from './useRanked.ts'

/** A phase whose notes hang under those of another: a column for each of these, and a tray for what hangs under none. */
export function ThreadColumns({ phase, above }: { readonly phase: PhaseId; readonly above: PhaseId }) {
  const parents = useBlocks(above)
  const outcomes = new Set(useOutcomes(above))
  const unhung = useRanked(phase, useUnhung(phase))
  const tray = unhung.length > 0 || parents.length === 0
  return (
    <div className={classes(styles.board, tray && styles.withTray)}>
      {tray && <Tray phase={phase} above={above} ids={unhung} />}
      <ul className={styles.columns} aria-label={`${capital(PHASES[above].many)} and their ${PHASES[phase].many}`}>
        {parents.map((parent) => (
          <Column key={parent} parent={parent} phase={phase} above={above} isOutcome={outcomes.has(parent)} />
        ))}
      </ul>
    </div>
  )
}

interface TrayProps {
  readonly phase: PhaseId
  readonly above: PhaseId
  readonly ids: readonly OutcomeId[]
}

function Tray({ phase, above, ids }: TrayProps) {
  const ranked = useTotals(phase) !== null
  const list = useMemo((): NoteList => ({ kind: 'unhung', phase, ranked }), [phase, ranked])
  const { one } = PHASES[above]
  const { many } = PHASES[phase]
  const drop = useDropList(list, 'column', `under no ${one}`)
  const mayHang = useMay('hang', { phase, author: null })
  const phone = useMedia(PHONE)
  return (
    <section ref={drop} className={styles.tray} aria-label={`${capital(many)} under no ${one}`}>
      <h2 className={styles.trayName}>
        <Icon name="break" size={14} className={styles.gold} />
        No {one} <span className="num">{ids.length}</span>
      </h2>
      <p className={styles.hint}>
        {ids.length === 0
          ? `What hangs under no ${one} stands here.`
          : mayHang.allowed
            ? phone
              ? `Hang each under a ${one}.`
              : `Drag each to a ${one}, or use its menu.`
            : mayHang.reason}
      </p>
      <ol className={styles.trayNotes}>
        <HungItems ids={ids} list={list} unhung itemClass={undefined} slotClass={styles.traySlot} />
      </ol>
    </section>
  )
}

interface ColumnProps {
  readonly parent: OutcomeId
  readonly phase: PhaseId
  readonly above: PhaseId
  /** Whether the phase above handed it on. What it did not has a column only as long as something hangs there. */
  readonly isOutcome: boolean
}

const Column = memo(function Column({ parent, phase, above, isOutcome }: ColumnProps) {
  const ids = useRanked(phase, useHanging(parent, phase))
  const ranked = useTotals(phase) !== null
  const list = useMemo((): NoteList => ({ kind: 'under', phase, parent, ranked }), [phase, parent, ranked])
  const words = named(useWords(parent))
  const { me } = useSession()
  const drop = useDropList(list, 'column', `under ${words}`)
  // In an anonymous phase a new note is a draft that is shared at once.
  const mayAdd = useMay(useAnonymous(phase) ? 'share' : 'add', { phase, author: me.id })
  const isTrue = useMarks(parent).true === true && phase === 'gaps'
  const [adding, setAdding] = useState(false)
  const addButton = useRef<HTMLButtonElement>(null)
  const keptFocus = useKeptFocus(() => addButton.current)
  const { one, many } = PHASES[phase]
  if (!isOutcome && ids.length === 0) return null

  const composer = adding && (
    <Composer phase={phase} under={parent} shape="inline" autoFocus onClose={() => setAdding(false)} />
  )
  const broken = ids.length === 0 && !isTrue
  const add = mayAdd.allowed && (
    <Button
      ref={addButton}
      {...(broken ? { className: styles.repair } : { kind: 'ghost' })}
      size="sm"
      onClick={() => setAdding(true)}
    >
      <Icon name="plus" size={14} />
      Add {withArticle(one)}
    </Button>
  )
  return (
    <li className={styles.item}>
      <section ref={drop} className={styles.column} aria-label={words} {...keptFocus}>
        <Heading id={parent} above={above} />
        {broken && <Fray />}
        <ol
          className={classes(styles.hanging, ids.length === 0 && styles.none)}
          aria-label={`${capital(many)} under ${words}`}
        >
          <HungItems ids={ids} list={list} itemClass={styles.hung} slotClass={classes(styles.hung, styles.slot)} />
        </ol>
        {broken ? (
          <div className={styles.broken}>
            <p className={styles.brokenName}>
              <Icon name="break" size={14} className={styles.gold} />
              No {one} here
            </p>
            <p className={styles.brokenWords}>{BREAK_WORDS[phase]}</p>
            {composer || add}
            {phase === 'gaps' && !composer && <TrueAlreadyButton statement={parent} words={words} />}
          </div>
        ) : (
          <>
            {phase === 'gaps' && <TrueAlready statement={parent} words={words} />}
            <div className={styles.add}>{composer || add}</div>
          </>
        )}
      </section>
    </li>
  )
})

/** What a column hangs under: a note, or a group by its name. */
function Heading({ id, above }: { readonly id: OutcomeId; readonly above: PhaseId }) {
  const list = useMemo((): NoteList => ({ kind: 'wall', phase: above }), [above])
  const outcome = useOutcome(id)
  if (!outcome) return null
  return isGroup(outcome) ? (
    <GroupPaper id={outcome.id} look="heading" />
  ) : (
    <Note id={outcome.id} list={list} look="heading" />
  )
}

/** What a break in the thread asks, by the phase that is missing. */
const BREAK_WORDS: Readonly<Partial<Record<PhaseId, string>>> = {
  gaps: 'Is this true already, or did we miss what stands in the way?',
  actions: 'What do we do about it?',
}
