import type { OutcomeId, PlanView } from '@quintet/shared/board'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { ThreadLink } from '@quintet/shared/thread'
import { useWords } from '../document/views.ts'
import { Icon } from '../ui/Icon.tsx'
import { longDay } from './dates.ts'
import styles from './PlanDetails.module.css'

interface PlanDetailsProps {
  readonly id: string
  readonly thread: readonly ThreadLink[]
  readonly plan: PlanView
  readonly owner: string | null
}

const NAMES: Readonly<Record<PhaseId, string>> = {
  principles: 'Principle',
  ideal: PHASES.ideal.name,
  gaps: 'Gap',
  actions: 'Action',
  owners: 'Owner',
}

/** What people say stands in the voice; what was decided, in the tool's own face. */
const VOICED: readonly PhaseId[] = ['principles', 'ideal']

function Words({ id }: { readonly id: OutcomeId }) {
  return useWords(id)
}

/** An action's whole thread, and how it begins and ends. */
export function PlanDetails({ id, thread, plan, owner }: PlanDetailsProps) {
  const due = plan.due === null ? null : longDay(plan.due)
  return (
    <div id={id} className={styles.details}>
      <ol className={styles.thread} aria-label="Thread">
        {thread.map(({ phase, outcome }) => (
          <li key={phase} className={`ph-${phase}`}>
            <span className={styles.knot}>
              <Icon name={phase} size={14} />
            </span>
            <span>
              <span className={styles.name}>{NAMES[phase]}</span>
              <span className={VOICED.includes(phase) ? `voice ${styles.voice}` : styles.text}>
                <Words id={outcome.id} />
              </span>
            </span>
          </li>
        ))}
        <li className={`ph-owners ${owner === null ? styles.broken : ''}`}>
          <span className={styles.knot}>
            <Icon name="owners" size={14} />
          </span>
          <span>
            <span className={styles.name}>{NAMES.owners}</span>
            <span className={styles.text}>
              {owner ?? 'Nobody yet'}
              {due !== null && `, by ${due}`}
            </span>
          </span>
        </li>
      </ol>
      <dl className={styles.facts}>
        <dt>First step</dt>
        <dd>{plan.firstStep || <span className={styles.none}>None yet</span>}</dd>
        <dt>Measure</dt>
        <dd>{plan.measure || <span className={styles.none}>None yet</span>}</dd>
      </dl>
    </div>
  )
}
