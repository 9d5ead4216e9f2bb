import type { OutcomeId } from '@quintet/shared/board'
import type { Round } from '@quintet/shared/stage'
import { counted, firstWords } from '../board/words.ts'
import { useOutcome, useWords } from '../document/views.ts'
import { useDots, useDotsLeft } from '../document/votes.ts'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { refusable } from '../ui/refusal.ts'
import { Dots } from './Dots.tsx'
import { useVoting, whyNoDot } from './useVoting.ts'
import styles from './VotePill.module.css'

interface VotePillProps {
  readonly outcome: OutcomeId
  readonly round: Round
  /** `pill` beside a block on the wall; `row` over a phone's whole width, with the buttons far apart. */
  readonly shape?: 'pill' | 'row'
}

/** So many dots are drawn on one thing; more are a number beside one dot. */
const DRAWN = { pill: 4, row: 8 }

/** One's own dots on one thing: minus, the dots, plus. */
export function VotePill({ outcome, round, shape = 'pill' }: VotePillProps) {
  const dots = useDots(outcome)
  const left = useDotsLeft()?.left ?? 0
  const phase = useOutcome(outcome)?.phase
  const words = firstWords(useWords(outcome))
  const voting = useVoting(round)
  const minus = dots === 0 ? 'None of your dots is here.' : undefined
  const plus = left === 0 ? whyNoDot(round.budget) : undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in sight; this is one control in three parts.
    <div
      role="group"
      aria-label={`Your dots on ${words}: ${dots}`}
      className={classes(styles[shape], dots > 0 && styles.has, phase && `ph-${phase}`)}
      data-vote={outcome}
      data-voted={dots > 0 || undefined}
    >
      <button
        type="button"
        className={styles.minus}
        aria-label={`Take a dot back from: ${words}`}
        {...refusable(minus, () => voting.takeBack(outcome))}
      >
        <Icon name="minus" size={shape === 'row' ? 20 : 14} />
      </button>
      <span className={styles.count}>
        {dots === 0 ? (
          <span className={styles.none}>{shape === 'row' ? 'no dot' : '0'}</span>
        ) : (
          <>
            <Dots placed={dots > DRAWN[shape] ? 1 : dots} size={shape === 'row' ? 'huge' : 'big'} />
            {dots > DRAWN[shape] && <span className={styles.number}>{dots}</span>}
            <span className="sr">{counted(dots, 'dot', 'dots')}</span>
          </>
        )}
      </span>
      <button
        type="button"
        className={styles.plus}
        aria-label={`Place a dot on: ${words}`}
        {...refusable(plus, () => voting.place(outcome))}
      >
        <Icon name="plus" size={shape === 'row' ? 20 : 14} />
      </button>
    </div>
  )
}
