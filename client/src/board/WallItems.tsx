import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import type { ReactNode } from 'react'
import { DropLine } from './DropLine.tsx'
import { listKey, type NoteList } from './lists.ts'
import { Note, type NoteLook } from './Note.tsx'
import styles from './Wall.module.css'

interface WallItemsProps {
  readonly ids: readonly NoteId[]
  readonly list: NoteList
  readonly look: NoteLook
  readonly itemClass?: string | undefined
  readonly aside?: ((id: OutcomeId) => ReactNode) | undefined
  /** Whether that stands under each note, instead of in its foot. */
  readonly below?: boolean
}

/** The items of a list of notes on the wall, with the line at which a drag would end. */
export function WallItems({ ids, list, look, itemClass, aside, below = false }: WallItemsProps) {
  const key = listKey(list)
  return ids.map((id) => (
    <li key={id} className={itemClass}>
      <Note id={id} list={list} look={look} aside={below ? undefined : aside} />
      {below && aside && <div className={styles.below}>{aside(id)}</div>}
      <DropLine list={key} id={id} />
    </li>
  ))
}
