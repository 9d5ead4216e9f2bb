import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useMemo } from 'react'
import { useOutcomes } from '../document/thread.ts'
import { useStage } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { refusable } from '../ui/refusal.ts'
import styles from './PhaseRail.module.css'
import { type RailKnot, railKnots } from './rail.ts'

interface PhaseRailProps {
  /** The phase in view. */
  readonly shown: PhaseId
  /** Looks at a phase alone; the group stays where it is. Left out, the rail is only to be read. */
  readonly onLook?: ((phase: PhaseId) => void) | undefined
}

/** The phases on the golden thread: where the group is, what each phase holds, and the way to look at one alone. */
export function PhaseRail({ shown, onLook }: PhaseRailProps) {
  const agenda = useStage((stage) => stage.agenda)
  const at = useStage((stage) => stage.at)
  const locks = useStage((stage) => stage.locks)
  const knots = useMemo(() => railKnots({ agenda, at, locks }), [agenda, at, locks])
  return (
    <nav aria-label="Phases" className={styles.nav}>
      <ol className={styles.rail}>
        {knots.map((knot) => (
          <Knot key={knot.phase} knot={knot} shown={knot.phase === shown} onLook={onLook} />
        ))}
      </ol>
    </nav>
  )
}

interface KnotProps {
  readonly knot: RailKnot
  readonly shown: boolean
  readonly onLook: ((phase: PhaseId) => void) | undefined
}

function Knot({ knot: { phase, position, threaded, locked }, shown, onLook }: KnotProps) {
  const count = useOutcomes(phase).length
  const { name, one, many } = PHASES[phase]
  const reason =
    position === 'ahead' ? `${name} comes later. You can look at it once the group has been there.` : undefined
  const content = (
    <>
      <Icon name={phase} size={14} />
      <span className={styles.name}>{name}</span>
      {position === 'past' && phase !== 'owners' && (
        <span className={styles.count}>
          <span className="sr">{`, ${count} ${count === 1 ? one : many}`}</span>
          <span aria-hidden="true">{count}</span>
        </span>
      )}
      {locked && (
        <span className={styles.lock}>
          <Icon name="lock" size={12} />
          <span className="sr">, locked</span>
        </span>
      )}
    </>
  )
  const current = position === 'now' ? 'step' : undefined
  return (
    <li
      className={classes(
        `ph-${phase}`,
        styles[position],
        threaded && styles.threaded,
        shown && styles.shown,
        locked && styles.locked,
      )}
    >
      {onLook ? (
        <button
          type="button"
          className={styles.knot}
          aria-current={current}
          title={position === 'past' ? `Look at ${name} alone` : undefined}
          {...refusable(reason, () => onLook(phase))}
        >
          {content}
        </button>
      ) : (
        <span className={styles.knot} aria-current={current}>
          {content}
        </span>
      )}
    </li>
  )
}
