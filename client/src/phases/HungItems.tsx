import type { OutcomeId } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import { Fragment } from 'react'
import { useDropSlot } from '../board/dropSlot.ts'
import { listKey, type NoteList } from '../board/lists.ts'
import { Note } from '../board/Note.tsx'
import { useOutcome } from '../document/views.ts'
import { decided } from './Decided.tsx'
import { GroupPaper } from './GroupPaper.tsx'

interface HungItemsProps {
  readonly ids: readonly OutcomeId[]
  readonly list: NoteList
  readonly unhung?: boolean
  readonly itemClass: string | undefined
  readonly slotClass: string | undefined
}

/** The items of a column, notes and groups, each with its votes and the way to keep it; and the place that a drag would fill. */
export function HungItems({ ids, list, unhung = false, itemClass, slotClass }: HungItemsProps) {
  const before = useDropSlot(listKey(list), ids)
  const slot = <li aria-hidden="true" className={slotClass} />
  return (
    <>
      {ids.map((id) => (
        <Fragment key={id}>
          {id === before && slot}
          <li className={itemClass}>
            <Item id={id} list={list} unhung={unhung} />
          </li>
        </Fragment>
      ))}
      {before === 'end' && slot}
    </>
  )
}

function Item({ id, list, unhung }: { readonly id: OutcomeId; readonly list: NoteList; readonly unhung: boolean }) {
  const outcome = useOutcome(id)
  if (!outcome) return null
  return isGroup(outcome) ? (
    <GroupPaper id={outcome.id} look="dense" unhung={unhung} />
  ) : (
    <Note id={outcome.id} list={list} look="dense" unhung={unhung} aside={decided} />
  )
}
