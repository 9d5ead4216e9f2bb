import { PHASES, type PhaseId } from '@quintet/shared/phases'
import styles from './ThreadChain.module.css'

/** The phases that a whole chain goes through, with where each knot stands, px. */
const KNOTS: readonly { readonly phase: PhaseId; readonly one: string; readonly x: number }[] = [
  { phase: 'ideal', one: PHASES.ideal.name.toLowerCase(), x: 6 },
  { phase: 'gaps', one: PHASES.gaps.one, x: 24 },
  { phase: 'actions', one: PHASES.actions.one, x: 42 },
  { phase: 'owners', one: PHASES.owners.one, x: 58 },
]

/** An action's chain as four knots: filled where a link stands, hollow where it is missing. */
export function ThreadChain({ has }: { readonly has: ReadonlySet<PhaseId> }) {
  const words = KNOTS.map(({ phase, one }) => (has.has(phase) ? one : `no ${one}`))
  return (
    <svg className={styles.chain} viewBox="0 0 64 14" role="img" aria-label={`Thread: ${words.join(', ')}`}>
      {KNOTS.slice(1).map((knot, index) => {
        const before = KNOTS[index]
        const whole = before && has.has(before.phase) && has.has(knot.phase)
        return (
          <path
            key={knot.phase}
            d={`M${before?.x} 7H${knot.x}`}
            className={styles.link}
            strokeDasharray={whole ? undefined : '2 3'}
          />
        )
      })}
      {KNOTS.map(({ phase, x }) => (
        <circle
          key={phase}
          cx={x}
          cy={7}
          r={4}
          className={has.has(phase) ? `ph-${phase} ${styles.knot}` : styles.missing}
        />
      ))}
    </svg>
  )
}
