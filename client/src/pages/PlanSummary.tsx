import { useMemo } from 'react'
import { usePlans } from '../document/thread.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './PlanSummary.module.css'
import { planNumbers, SUMMARY_ORDER, summaryWords } from './planSummary.ts'
import { StatusMark } from './StatusMark.tsx'

/** How far the plan is: a bar of its statuses, their numbers, and what is past its day. */
export function PlanSummary() {
  const plans = usePlans()
  const numbers = useMemo(() => planNumbers(plans, Date.now()), [plans])
  const shown = SUMMARY_ORDER.filter((status) => numbers.counts[status] > 0)
  return (
    <section className={styles.card} aria-label="How far the plan is">
      <div className={styles.bar} role="img" aria-label={summaryWords(numbers)}>
        {shown.map((status) => (
          <i key={status} className={styles[status]} style={{ flexGrow: numbers.counts[status] }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {shown.map((status) => (
          <li key={status}>
            <StatusMark status={status} />
            <b>{numbers.counts[status]}</b> {status}
          </li>
        ))}
        {numbers.late > 0 && (
          <li className={styles.late}>
            <Icon name="clock" size={14} />
            {numbers.late === 1 ? '1 is past its date' : `${numbers.late} are past their dates`}
          </li>
        )}
      </ul>
    </section>
  )
}
