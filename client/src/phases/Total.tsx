import type { OutcomeId } from '@quintet/shared/board'
import { counted } from '../board/words.ts'
import { useTotal } from '../document/totals.ts'
import { useOutcome } from '../document/views.ts'
import { Dots } from './Dots.tsx'
import styles from './Total.module.css'

/** So many dots are drawn; more are a number alone. */
const DRAWN = 8

/** What an outcome got in the last closed round of its phase; nothing where there was none, or where it got no dot. */
export function Total({ outcome }: { readonly outcome: OutcomeId }) {
  const { dots, tied } = useTotal(outcome)
  const phase = useOutcome(outcome)?.phase
  if (dots === 0 || !phase) return null
  return (
    <span className={`${styles.total} ph-${phase}`}>
      {tied && <span className={styles.tied}>tied</span>}
      <Dots placed={dots > DRAWN ? 1 : dots} size="small" />
      <span aria-hidden="true">{dots}</span>
      <span className="sr">{counted(dots, 'dot', 'dots')}</span>
    </span>
  )
}
