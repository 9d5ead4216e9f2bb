import { useProgress } from '../document/countdown.ts'
import { usePeople, useStage } from '../document/views.ts'
import { useRound } from '../document/votes.ts'
import { classes } from '../ui/classes.ts'
import styles from './Progress.module.css'
import { type ProgressWords, progressWords } from './progressWords.ts'

/** With more people than this the circles say less than the numbers. */
const MOST_CIRCLES = 24

interface ProgressProps {
  /** `bar`: two lines in the instrument. `screen`: one line, for the projector and for observers. */
  readonly size?: 'bar' | 'screen'
}

/** How far people are in a step that they do each for themselves: circles and numbers, never who. Nothing elsewhere. */
export function Progress({ size = 'bar' }: ProgressProps) {
  const words = useProgressWords()
  if (!words) return null
  return (
    <div className={classes(styles.progress, styles[size])}>
      {words.all <= MOST_CIRCLES && (
        <span className={styles.circles} aria-hidden="true">
          {Array.from({ length: words.all }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: circles are all alike; which is filled depends on the place alone.
            <i key={at} className={at < words.filled ? styles.filled : undefined} />
          ))}
        </span>
      )}
      <p className={styles.words}>
        <b>{words.first}</b>
        {size === 'screen' && words.second !== '' && words.between}
        <span>{words.second}</span>
      </p>
    </div>
  )
}

function useProgressWords(): ProgressWords | null {
  const progress = useProgress()
  const people = usePeople().size
  const kind = useStage(({ agenda, at, state }) =>
    state === 'running'
      ? agenda.phases.find(({ phase }) => phase === at.phase)?.steps.find(({ id }) => id === at.step)?.kind
      : undefined,
  )
  const voting = useRound()?.state === 'open'
  if (kind === 'write') return progressWords('write', progress, people)
  if (kind === 'vote' && voting) return progressWords('vote', progress, people)
  return null
}
