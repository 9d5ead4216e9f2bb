import type { Round } from '@quintet/shared/stage'
import { useEffect, useRef } from 'react'
import { counted } from '../board/words.ts'
import { useDotsLeft } from '../document/votes.ts'
import { Progress } from '../facilitator/Progress.tsx'
import { announce } from '../ui/announcements.ts'
import { Icon } from '../ui/Icon.tsx'
import { Dots } from './Dots.tsx'
import styles from './VoteBudget.module.css'

/** So many dots are drawn; of more the number says it all. */
const DRAWN = 10

interface VoteBudgetProps {
  readonly round: Round
  /** `beside` the question; `strip` under a phone's header, where it stays in sight. */
  readonly shape: 'beside' | 'strip'
}

/** How many of one's own dots are left, that nobody else sees them, and what became of one that came back. On a phone, who has none reads how many have voted. */
export function VoteBudget({ round, shape }: VoteBudgetProps) {
  const dots = useDotsLeft()
  useReturned(dots?.returned ?? 0)
  const strip = shape === 'strip'
  return (
    <div className={`${styles[shape]} ph-${round.phase}`}>
      {dots ? (
        <p className={styles.left}>
          {round.budget <= DRAWN && <Dots placed={dots.placed} free={dots.left} size="big" />}
          <b>
            {dots.left} of {strip ? '' : 'your '}
            {counted(round.budget, 'dot', 'dots')} left
          </b>
        </p>
      ) : (
        // Wider bars say it themselves.
        strip && <Progress size="screen" />
      )}
      <p className={styles.secret}>
        <Icon name="lock" size={14} />
        {strip ? 'Secret' : 'Ballots are secret until the vote closes'}
      </p>
      {round.tally && (
        <p className={styles.note}>
          <Icon name="eye" size={14} />
          {round.sealed
            ? 'Somebody was removed, so this vote keeps the totals that were seen: vote again for new ones'
            : 'Totals were seen before this vote was reopened'}
        </p>
      )}
      {dots && dots.returned > 0 && (
        <p className={styles.note}>
          <Icon name="undo" size={14} />
          {returnedWords(dots.returned)}
        </p>
      )}
    </div>
  )
}

function returnedWords(returned: number): string {
  return returned === 1
    ? 'One dot came back to you: what it stood on was removed'
    : `${returned} dots came back to you: what they stood on was removed`
}

/** Says it once when a dot comes back. */
function useReturned(returned: number): void {
  const before = useRef(0)
  useEffect(() => {
    if (returned > before.current) announce(returnedWords(returned))
    before.current = returned
  }, [returned])
}
