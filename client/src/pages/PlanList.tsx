import type { NoteId } from '@quintet/shared/ids'
import { useState } from 'react'
import { useHanging, useUnhung, useWall } from '../document/views.ts'
import styles from './PlanList.module.css'
import { PlanRow } from './PlanRow.tsx'

interface BranchProps {
  /** The action that stands open. */
  readonly open: NoteId | null
  readonly onOpen: (id: NoteId | null) => void
}

/** The actions in the order of the thread: statement by statement, gap by gap; last, those without a gap. */
export function PlanList() {
  const [open, setOpen] = useState<NoteId | null>(null)
  const statements = useWall('ideal')
  const loose = useUnhung('gaps')
  const branch = { open, onOpen: setOpen }
  return (
    <ul className={styles.list} aria-label="Actions">
      {statements.map((id) => (
        <OfStatement key={id} statement={id} {...branch} />
      ))}
      {loose.map((id) => (
        <OfGap key={id} gap={id} {...branch} />
      ))}
      <Loose {...branch} />
    </ul>
  )
}

function OfStatement({ statement, ...branch }: BranchProps & { readonly statement: NoteId }) {
  return useHanging(statement, 'gaps').map((id) => <OfGap key={id} gap={id} {...branch} />)
}

function OfGap({ gap, ...branch }: BranchProps & { readonly gap: NoteId }) {
  return <Rows ids={useHanging(gap, 'actions')} {...branch} />
}

function Loose(branch: BranchProps) {
  return <Rows ids={useUnhung('actions')} {...branch} />
}

function Rows({ ids, open, onOpen }: BranchProps & { readonly ids: readonly NoteId[] }) {
  return ids.map((id) => (
    <PlanRow key={id} id={id} open={open === id} onToggle={() => onOpen(open === id ? null : id)} />
  ))
}
