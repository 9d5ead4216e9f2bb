import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import { counted } from '../board/words.ts'
import { useOutcome } from '../document/views.ts'
import { useTally, useTotal } from '../document/votes.ts'
import { Dots } from './Dots.tsx'
import styles from './Total.module.css'
import { isTied } from './ties.ts'

/** What an outcome got in the last closed round of its phase; nothing where there was none, or where it got no dot. */
export function Total({ outcome }: { readonly outcome: OutcomeId }) {
  const total = useTotal(outcome)
  const phase = useOutcome(outcome)?.phase
  if (!total || !phase) return null
  return <Counted phase={phase} total={total} />
}

/** So many dots are drawn; more are a number alone. */
const DRAWN = 8

function Counted({ phase, total }: { readonly phase: PhaseId; readonly total: number }) {
  const tally = useTally(phase)
  const tied = tally !== null && isTied(tally, total)
  return (
    <span className={`${styles.total} ph-${phase}`}>
      {tied && <span className={styles.tied}>tied</span>}
      <Dots placed={total > DRAWN ? 1 : total} size="small" />
      <span aria-hidden="true">{total}</span>
      <span className="sr">{counted(total, 'dot', 'dots')}</span>
    </span>
  )
}
