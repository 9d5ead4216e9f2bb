import type { NoteId } from '@quintet/shared/ids'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useDisplayNames, useNote, usePlan, useThread, useWall } from '../document/views.ts'
import { ownerName } from '../phases/ownership.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Icon } from '../ui/Icon.tsx'
import { shortDay } from './dates.ts'
import styles from './ScreenWall.module.css'
import { screenLayout } from './screenLayout.ts'

/** The wall of a phase, to be read from afar; for Owners, the actions with who owns them. */
export function ScreenWall({ phase }: { readonly phase: PhaseId }) {
  const ids = useWall(phase === 'owners' ? 'actions' : phase)
  const { columns, rows, most, density } = screenLayout(ids.length)
  if (ids.length === 0)
    return <p className={styles.none}>One thought per note. They appear here as they are written.</p>
  const rest = ids.length - most
  return (
    <>
      <ul
        className={`${styles.wall} ${styles[density]}`}
        style={{
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${Math.min(rows, Math.ceil(ids.length / columns))}, minmax(0, var(--row)))`,
        }}
      >
        {ids.slice(0, most).map((id) => (
          <Row key={id} id={id} owners={phase === 'owners'} />
        ))}
      </ul>
      {rest > 0 && (
        <p className={styles.rest}>
          {rest} more {PHASES[phase === 'owners' ? 'actions' : phase].many} on the board
        </p>
      )}
    </>
  )
}

function Row({ id, owners }: { readonly id: NoteId; readonly owners: boolean }) {
  const note = useNote(id)
  const thread = useThread(id)
  if (!note) return null
  const parent = thread.at(-2)
  return (
    <li className={`${styles.row} ph-${note.phase}`}>
      <span className={styles.words}>
        <span className={styles.text}>{note.text}</span>
        {parent && note.phase !== 'ideal' && (
          <span className={`${styles.under} ph-${parent.phase}`}>
            <Icon name={parent.phase} className={styles.glyph} />
            <span className={styles.parent}>{parent.note.text}</span>
          </span>
        )}
      </span>
      {owners && <OwnerOf id={id} />}
    </li>
  )
}

function OwnerOf({ id }: { readonly id: NoteId }) {
  const plan = usePlan(id)
  const names = useDisplayNames()
  const name = plan.owner && ownerName(plan.owner, names)
  if (!name) return <span className={styles.unowned}>No owner yet</span>
  return (
    <span className={styles.owner}>
      <Avatar name={name} size="lg" />
      <span className={styles.name}>{name}</span>
      {plan.due !== null && <span className={styles.due}>{shortDay(plan.due, Date.now())}</span>}
    </span>
  )
}
