import type { OutcomeId } from '@quintet/shared/board'
import type { ReactNode } from 'react'
import styles from './Decided.module.css'
import { KeepButton } from './Keep.tsx'
import { Total } from './Total.tsx'

/** What was decided of an outcome: one function for all, so that a note is not rendered for a new one. */
export function decided(outcome: OutcomeId): ReactNode {
  return (
    <span className={styles.decided}>
      <KeepButton outcome={outcome} />
      <Total outcome={outcome} />
    </span>
  )
}
