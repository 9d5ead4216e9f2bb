import type { PhaseId } from '@quintet/shared/phases'
import type { Round } from '@quintet/shared/stage'
import { counted } from '../board/words.ts'
import { Revotes } from '../facilitator/Revotes.tsx'
import { useSession } from '../session/SessionContext.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './VoteClosed.module.css'

interface VoteClosedProps {
  readonly phase: PhaseId
  /** Undefined where no round was opened in this step yet. */
  readonly round: Round | undefined
}

/** What a closed vote came to, and for facilitators the two ways back to it. */
export function VoteClosed({ phase, round }: VoteClosedProps) {
  const leads = useSession().me.role === 'facilitator'
  const tally = round?.tally
  return (
    <div className={styles.closed}>
      <p className={styles.words}>
        <Icon name="check" size={14} />
        {tally
          ? `Vote closed, ${counted(tally.dots, 'dot', 'dots')} from ${tally.voted} of ${counted(tally.people, 'person', 'people')}`
          : 'No vote is open here'}
      </p>
      {leads && <Revotes phase={phase} />}
    </div>
  )
}
