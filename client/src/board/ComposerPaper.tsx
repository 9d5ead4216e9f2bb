import { LIMITS } from '@quintet/shared/limits'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { FocusEvent, ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { Kbd } from '../ui/Kbd.tsx'
import styles from './Composer.module.css'
import { type Pasted, tooLong } from './pasted.ts'
import { withArticle } from './words.ts'

/** Several lines that somebody pasted into a new note. */
export type PastedLines = Extract<Pasted, { kind: 'lines' }>

interface ComposerPaperProps {
  readonly phase: PhaseId
  readonly shape: 'large' | 'inline'
  /** The words in the field: the paper is as high as they are. */
  readonly text: string
  /** Why something was not taken; `messageId` is by what the field refers to it. */
  readonly refusal: string | null
  readonly messageId: string
  /** What was pasted, while the person is asked what to make of it. */
  readonly offer: PastedLines | null
  /** Makes a note of each line; null where that is not offered. */
  readonly onLines: ((lines: readonly string[]) => void) | null
  readonly onWhole: (whole: string) => void
  readonly onCancel: () => void
  /** What stands at the start of the last line: what the note hangs under, or a hint. */
  readonly start: ReactNode
  readonly onAdd: () => void
  readonly onFocus?: (event: FocusEvent<HTMLFormElement>) => void
  readonly onBlur?: (event: FocusEvent<HTMLFormElement>) => void
  /** The field. */
  readonly children: ReactNode
}

/** The paper that a new note is written on, with the way to add it and what to make of several pasted lines. */
export function ComposerPaper(props: ComposerPaperProps) {
  const { phase, shape, text, refusal, messageId, offer, start, onAdd, onFocus, onBlur, children } = props
  return (
    <form
      className={classes(styles.composer, styles[shape], `ph-${phase}`)}
      aria-label={`Add ${withArticle(PHASES[phase].one)}`}
      onFocus={onFocus}
      onBlur={onBlur}
      onSubmit={(event) => {
        event.preventDefault()
        onAdd()
      }}
    >
      <div className={styles.grow} data-text={`${text}\n`}>
        {children}
      </div>
      <p id={messageId} className={styles.refusal} role="status">
        {refusal}
      </p>
      {offer ? (
        <Offer {...props} offer={offer} />
      ) : (
        <div className={styles.foot}>
          {start}
          <span className={styles.do}>
            <span className={styles.keys}>
              <Kbd>Enter</Kbd> adds it
            </span>
            <Button kind="primary" size="sm" type="submit" className={styles.add}>
              <span>
                Add<span className={styles.long}> note</span>
              </span>
            </Button>
          </span>
        </div>
      )}
    </form>
  )
}

type OfferProps = Pick<ComposerPaperProps, 'phase' | 'onLines' | 'onWhole' | 'onCancel'> & {
  readonly offer: PastedLines
}

function Offer({ phase, offer: { lines, whole }, onLines, onWhole, onCancel }: OfferProps) {
  const long = whole.length > LIMITS.note ? { reason: tooLong(whole.length) } : {}
  return (
    <fieldset className={styles.offer} aria-label="What you pasted">
      <p role="status">
        You pasted {lines.length} lines.{' '}
        {onLines
          ? `${lines.length} ${PHASES[phase].many}, or one?`
          : `Added together they would tell that one person wrote them: keep them as one ${PHASES[phase].one}, or paste one at a time.`}
      </p>
      <div className={styles.choices}>
        {onLines && (
          <Button kind="primary" size="sm" onClick={() => onLines(lines)}>
            One note a line
          </Button>
        )}
        <Button size="sm" {...long} onClick={() => onWhole(whole)}>
          As one note
        </Button>
        <Button kind="ghost" size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </fieldset>
  )
}

/** The class of the field on the paper, and of the hint in its last line. */
export const { field: FIELD, hint: HINT, closed: CLOSED } = styles
