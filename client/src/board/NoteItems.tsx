import type { NoteId } from '@quintet/shared/ids'
import { Fragment } from 'react'
import { useDropSlot } from './dropSlot.ts'
import { listKey, type NoteList } from './lists.ts'
import { Note, type NoteLook } from './Note.tsx'

interface NoteItemsProps {
  readonly ids: readonly NoteId[]
  readonly list: NoteList
  readonly look: NoteLook
  readonly unhung?: boolean
  readonly itemClass: string | undefined
  readonly slotClass: string | undefined
}

/** The items of a list of notes, with the place that a drag would fill. */
export function NoteItems({ ids, list, look, unhung = false, itemClass, slotClass }: NoteItemsProps) {
  const before = useDropSlot(listKey(list), ids)
  const slot = <li aria-hidden="true" className={slotClass} />
  return (
    <>
      {ids.map((id) => (
        <Fragment key={id}>
          {id === before && slot}
          <li className={itemClass}>
            <Note id={id} list={list} look={look} unhung={unhung} />
          </li>
        </Fragment>
      ))}
      {before === 'end' && slot}
    </>
  )
}
