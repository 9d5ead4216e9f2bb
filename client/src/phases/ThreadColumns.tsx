import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { memo, useMemo, useState } from 'react'
import { Composer } from '../board/Composer.tsx'
import { useDropList } from '../board/dragRegistry.ts'
import type { NoteList } from '../board/lists.ts'
import { Note } from '../board/Note.tsx'
import { NoteItems } from '../board/NoteItems.tsx'
import { capital, named, withArticle } from '../board/words.ts'
import { useHanging, useMay, useNote, useUnhung, useWall } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import { Fray } from './Fray.tsx'
import styles from './ThreadColumns.module.css'

/** A phase whose notes hang under those of another: a column for each of these, and a tray for what hangs under none. */
export function ThreadColumns({ phase, above }: { readonly phase: PhaseId; readonly above: PhaseId }) {
  const parents = useWall(above)
  const unhung = useUnhung(phase)
  return (
    <div className={classes(styles.board, (unhung.length > 0 || parents.length === 0) && styles.withTray)}>
      {(unhung.length > 0 || parents.length === 0) && <Tray phase={phase} above={above} ids={unhung} />}
      <ul className={styles.columns} aria-label={`${capital(PHASES[above].many)} and their ${PHASES[phase].many}`}>
        {parents.map((parent) => (
          <li key={parent} className={styles.item}>
            <Column parent={parent} phase={phase} above={above} />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface TrayProps {
  readonly phase: PhaseId
  readonly above: PhaseId
  readonly ids: readonly NoteId[]
}

function Tray({ phase, above, ids }: TrayProps) {
  const list = useMemo((): NoteList => ({ kind: 'unhung', phase }), [phase])
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
        <NoteItems ids={ids} list={list} look="dense" unhung itemClass={undefined} slotClass={styles.traySlot} />
      </ol>
    </section>
  )
}

interface ColumnProps {
  readonly parent: NoteId
  readonly phase: PhaseId
  readonly above: PhaseId
}

const Column = memo(function Column({ parent, phase, above }: ColumnProps) {
  const ids = useHanging(parent, phase)
  const list = useMemo((): NoteList => ({ kind: 'under', phase, parent }), [phase, parent])
  const aboveList = useMemo((): NoteList => ({ kind: 'wall', phase: above }), [above])
  const words = named(useNote(parent)?.text ?? '')
  const drop = useDropList(list, 'column', `under ${words}`)
  const mayAdd = useMay('add', { phase, author: null })
  const [adding, setAdding] = useState(false)
  const { one, many } = PHASES[phase]

  const composer = adding && (
    <Composer phase={phase} under={parent as OutcomeId} shape="inline" autoFocus onClose={() => setAdding(false)} />
  )
  return (
    <section ref={drop} className={styles.column} aria-label={words}>
      <Note id={parent} list={aboveList} look="heading" />
      {ids.length === 0 && <Fray />}
      <ol
        className={classes(styles.hanging, ids.length === 0 && styles.none)}
        aria-label={`${capital(many)} under ${words}`}
      >
        <NoteItems
          ids={ids}
          list={list}
          look="dense"
          itemClass={styles.hung}
          slotClass={classes(styles.hung, styles.slot)}
        />
      </ol>
      {ids.length === 0 ? (
        <div className={styles.broken}>
          <p className={styles.brokenName}>
            <Icon name="break" size={14} className={styles.gold} />
            No {one} here
          </p>
          <p className={styles.brokenWords}>{BREAK_WORDS[phase]}</p>
          {composer ||
            (mayAdd.allowed && (
              <Button size="sm" className={styles.repair} onClick={() => setAdding(true)}>
                <Icon name="plus" size={14} />
                Add {withArticle(one)}
              </Button>
            ))}
        </div>
      ) : (
        <div className={styles.add}>
          {composer ||
            (mayAdd.allowed && (
              <Button kind="ghost" size="sm" onClick={() => setAdding(true)}>
                <Icon name="plus" size={14} />
                Add {withArticle(one)}
              </Button>
            ))}
        </div>
      )}
    </section>
  )
})

/** What a break in the thread asks, by the phase that is missing. */
const BREAK_WORDS: Readonly<Partial<Record<PhaseId, string>>> = {
  gaps: 'Is this true already, or did we miss what stands in the way?',
  actions: 'What do we do about it?',
}
