import type { Agenda } from '@quintet/shared/agenda'
import { PHASES } from '@quintet/shared/phases'
import { lengthWords } from '../facilitator/timerWords.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './ScoreBar.module.css'

const MINUTE = 60_000

/** The planned length of each phase, ms, and of them all. */
export function agendaLengths(agenda: Agenda): {
  readonly phases: readonly { readonly phase: Agenda['phases'][number]['phase']; readonly length: number }[]
  readonly total: number
} {
  const phases = agenda.phases.map(({ phase, steps }) => ({
    phase,
    length: steps.reduce((sum, step) => sum + step.duration, 0),
  }))
  return { phases, total: phases.reduce((sum, each) => sum + each.length, 0) }
}

/** The phases' share of the time, as bars in their hues. */
export function ScoreBar({ agenda }: { readonly agenda: Agenda }) {
  const { phases } = agendaLengths(agenda)
  return (
    <ol className={styles.score}>
      {phases.map(({ phase, length }) => (
        <li key={phase} className={`ph-${phase}`} style={{ flexGrow: length / MINUTE }}>
          <span className={styles.bar} />
          <span className={styles.phase}>
            <Icon name={phase} size={14} />
            <span className={styles.name}>{PHASES[phase].name}</span>
          </span>
          <span className={styles.minutes}>{lengthWords(length)}</span>
        </li>
      ))}
    </ol>
  )
}
