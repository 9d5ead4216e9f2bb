import type { OutcomeId } from '@quintet/shared/board'
import { useState } from 'react'
import { useOutcomes } from '../document/thread.ts'
import { useBlocks, useHanging, useUnhung } from '../document/views.ts'
import styles from './PlanList.module.css'
import { PlanRow } from './PlanRow.tsx'

interface BranchProps {
  /** The action that stands open. */
  readonly open: OutcomeId | null
  readonly onOpen: (id: OutcomeId | null) => void
}

/** The actions that the workshop came to, in the order of the thread: statement by statement, gap by gap; last, those without a gap. */
export function PlanList() {
  const [open, setOpen] = useState<OutcomeId | null>(null)
  const statements = useBlocks('ideal')
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

function OfStatement({ statement, ...branch }: BranchProps & { readonly statement: OutcomeId }) {
  return useHanging(statement, 'gaps').map((id) => <OfGap key={id} gap={id} {...branch} />)
}

function OfGap({ gap, ...branch }: BranchProps & { readonly gap: OutcomeId }) {
  return <Rows ids={useHanging(gap, 'actions')} {...branch} />
}

function Loose(branch: BranchProps) {
  return <Rows ids={useUnhung('actions')} {...branch} />
}

function Rows({ ids, open, onOpen }: BranchProps & { readonly ids: readonly OutcomeId[] }) {
  const outcomes = new Set(useOutcomes('actions'))
  return ids
    .filter((id) => outcomes.has(id))
    .map((id) => <PlanRow key={id} id={id} open={open === id} onToggle={() => onOpen(open === id ? null : id)} />)
}
