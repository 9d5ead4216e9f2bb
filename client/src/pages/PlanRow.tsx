import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import { useId } from 'react'
import { useThread } from '../document/thread.ts'
import { useDisplayNames, useOutcome, usePlan, useWords } from '../document/views.ts'
import { ownerName } from '../phases/ownership.ts'
import { ThreadChain } from '../phases/ThreadChain.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { shortDay } from './dates.ts'
import { PlanDetails } from './PlanDetails.tsx'
import styles from './PlanRow.module.css'
import { isLate } from './planSummary.ts'
import { StatusMenu } from './StatusMenu.tsx'

interface PlanRowProps {
  readonly id: OutcomeId
  readonly open: boolean
  readonly onToggle: () => void
}

/** One action: its status, its words and gap, its owner and day; opened, its whole thread. */
export function PlanRow({ id, open, onToggle }: PlanRowProps) {
  const outcome = useOutcome(id)
  const words = useWords(id)
  const plan = usePlan(id)
  const thread = useThread(id)
  const details = useId()
  const names = useDisplayNames()
  const owner = (plan.owner && ownerName(plan.owner, names)) ?? null
  if (!outcome) return null
  const now = Date.now()
  const gap = thread.at(-2)
  const has = new Set<PhaseId>(thread.map((link) => link.phase))
  if (owner !== null) has.add('owners')

  return (
    <li className={`${styles.action} ${styles[plan.status]} ${open ? styles.expanded : ''}`}>
      <div className={styles.row}>
        <StatusMenu id={id} status={plan.status} action={words} />
        <div className={styles.words}>
          <p className={styles.text}>{words || 'An action without words'}</p>
          {!open && (
            <p className={styles.gap}>
              <ThreadChain has={has} />
              <span className={styles.under}>
                {gap?.phase === 'gaps' ? <Words id={gap.outcome.id} /> : 'It closes no gap yet'}
              </span>
            </p>
          )}
        </div>
        <div className={styles.who}>
          {owner ? (
            <>
              <Avatar name={owner} />
              <span className={styles.owner}>{owner}</span>
            </>
          ) : (
            <span className={styles.unowned}>No owner</span>
          )}
        </div>
        <div className={`${styles.due} ${isLate(plan, now) ? styles.late : ''}`}>
          {plan.due !== null && shortDay(plan.due, now)}
          {isLate(plan, now) && <span className="sr">, past its date</span>}
        </div>
        <IconButton
          icon={open ? 'down' : 'right'}
          label={`${open ? 'Close' : 'Open'}: ${words}`}
          tip={open ? 'Close' : 'Open'}
          aria-expanded={open}
          aria-controls={open ? details : undefined}
          onClick={onToggle}
        />
      </div>
      {open && <PlanDetails id={details} thread={thread} plan={plan} owner={owner} />}
    </li>
  )
}

function Words({ id }: { readonly id: OutcomeId }) {
  return useWords(id)
}
