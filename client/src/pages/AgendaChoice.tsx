import { type Agenda, OPEN_AGENDA, RHYTHM_AGENDA, withNames } from '@quintet/shared/agenda'
import { useId } from 'react'
import { lengthWords } from '../facilitator/timerWords.ts'
import { classes } from '../ui/classes.ts'
import { Segmented } from '../ui/Segmented.tsx'
import styles from './AgendaChoice.module.css'
import { agendaLengths, ScoreBar } from './ScoreBar.tsx'

/** How a new workshop's phases run, and whether its notes carry names. */
export interface Manner {
  readonly runs: keyof typeof RUNS
  readonly names: keyof typeof NAMES
}

export const USUAL: Manner = { runs: 'rhythm', names: 'signed' }

/** The ways to run the phases. */
const RUNS = {
  rhythm: {
    agenda: RHYTHM_AGENDA,
    label: 'Write, share, group, vote, decide',
    words: 'Each phase begins in silence: what one writes is shared when everyone has written',
  },
  open: {
    agenda: OPEN_AGENDA,
    label: 'One open step each',
    words: 'Everyone sees each note as it is written, and nothing is voted on',
  },
} as const

const NAMES = {
  signed: { label: 'Signed', words: 'Everyone sees who wrote a note.' },
  anonymous: { label: 'Anonymous', words: 'Nobody is told whose a note is, not even you.' },
} as const

const keysOf = <Key extends string>(of: Readonly<Record<Key, unknown>>) => Object.keys(of) as Key[]

/** The agenda that is chosen. */
export function agendaOf({ runs, names }: Manner): Agenda {
  return withNames(RUNS[runs].agenda, names)
}

interface AgendaChoiceProps {
  readonly manner: Manner
  readonly onChange: (manner: Manner) => void
}

/** The choice of how the workshop goes: two agendas to pick from, and signed or anonymous notes. */
export function AgendaChoice({ manner, onChange }: AgendaChoiceProps) {
  const group = useId()
  return (
    <>
      <fieldset className={styles.agendas}>
        <legend className={styles.label}>Agenda</legend>
        {keysOf(RUNS).map((runs) => {
          const { agenda, label, words } = RUNS[runs]
          const on = runs === manner.runs
          return (
            <div key={runs} className={classes(styles.agenda, on && styles.on)}>
              <label className={styles.pick}>
                <input
                  type="radio"
                  className="sr"
                  name={group}
                  checked={on}
                  onChange={() => onChange({ ...manner, runs })}
                />
                <span className={styles.head}>
                  <span>{label}</span>
                  <span className={styles.total}>{lengthWords(agendaLengths(agenda).total)}</span>
                </span>
                <span className={styles.words}>{words}</span>
              </label>
              {on && <ScoreBar agenda={agenda} />}
            </div>
          )
        })}
      </fieldset>
      <div className={styles.notes}>
        <p className={styles.label}>Notes</p>
        <div className={styles.names}>
          <Segmented
            label="Notes"
            options={keysOf(NAMES).map((value) => ({ value, label: NAMES[value].label }))}
            value={manner.names}
            onChange={(names) => onChange({ ...manner, names })}
          />
          <p className={styles.words}>{NAMES[manner.names].words}</p>
        </div>
      </div>
    </>
  )
}
