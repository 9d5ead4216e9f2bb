import type { OutcomeId } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useBoard, useInGroup, useWords } from '../document/views.ts'
import { Button } from '../ui/Button.tsx'
import { NOTE_ATTRIBUTE } from './noteFocus.ts'
import styles from './Parked.module.css'
import { type Parking, useParking } from './useParking.ts'
import { counted, firstWords } from './words.ts'

/** What was put aside in a phase: listed and exported, and on the wall again when a facilitator says so. */
export function Parked({ phase, ids }: { readonly phase: PhaseId; readonly ids: readonly OutcomeId[] }) {
  const parking = useParking(phase)
  return (
    <section className={styles.parked} aria-label={`Parked ${PHASES[phase].many}`}>
      <h2 className={styles.name}>
        Parked <span className={styles.count}>{ids.length}</span>
      </h2>
      <ul className={styles.list}>
        {ids.map((id) => (
          <Item key={id} id={id} parking={parking} />
        ))}
      </ul>
    </section>
  )
}

function Item({ id, parking }: { readonly id: OutcomeId; readonly parking: Parking }) {
  const words = useWords(id)
  const group = useBoard().group(id)
  return (
    <li className={styles.item} tabIndex={-1} {...{ [NOTE_ATTRIBUTE]: id }}>
      <span dir="auto" className={styles.words}>
        {words || 'Group without a name'}
        {group && isGroup(group) && <Size group={group.id} />}
      </span>
      {parking.offered && (
        <Button
          kind="ghost"
          size="sm"
          reason={parking.reason}
          aria-label={`Back to the wall: ${firstWords(words)}`}
          onClick={() => void parking.unpark(id, words)}
        >
          Back to the wall
        </Button>
      )}
    </li>
  )
}

function Size({ group }: { readonly group: Parameters<typeof useInGroup>[0] }) {
  return <span className={styles.size}>{counted(useInGroup(group).length, 'note', 'notes')}</span>
}
