import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useMay, useNote } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { announce } from '../ui/announcements.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Part } from '../ui/Part.tsx'
import { showToast } from '../ui/toasts.ts'
import styles from './Composer.module.css'
import { judgePaste, type Pasted, tooLong } from './pasted.ts'
import { keepUnsent, readUnsent } from './unsent.ts'
import { useNoteActions } from './useNoteActions.ts'
import { counted, quoted, withArticle } from './words.ts'

const HangPicker = lazy(() => import('./HangPicker.tsx').then((module) => ({ default: module.HangPicker })))

interface ComposerProps {
  readonly phase: PhaseId
  /** What new notes hang under. Without it, and where the phase hangs under another, the composer asks. */
  readonly under?: OutcomeId | null
  /** `large`: the one over the wall. `inline`: in a column, put away by Escape. */
  readonly shape?: 'large' | 'inline'
  readonly autoFocus?: boolean
  /** An inline composer that is not wanted any more. */
  readonly onClose?: () => void
}

/** Where notes are written before they are on the wall. Enter adds, Shift and Enter starts a new line. */
export function Composer({ phase, under, shape = 'large', autoFocus = false, onClose }: ComposerProps) {
  const { me, workshop } = useSession()
  const actions = useNoteActions()
  const mayAdd = useMay('add', { phase, author: me.id })
  const field = useRef<HTMLTextAreaElement>(null)
  const messageId = useId()
  const unsent = { workshop, phase, under }
  const [text, setWords] = useState(() => readUnsent(unsent))
  const [offer, setOffer] = useState<Extract<Pasted, { kind: 'lines' }> | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [chosen, setChosen] = useState<OutcomeId | null>(null)
  const { one, many, under: asks } = PHASES[phase]
  const hangsUnder = under === undefined ? chosen : under

  const setText = (next: string) => {
    setWords(next)
    keepUnsent(unsent, next)
  }
  useKeptWords(text, phase)

  useLayoutEffect(() => {
    if (autoFocus) field.current?.focus()
  }, [autoFocus])

  const add = (texts: readonly string[]) => {
    const worded = texts.map((each) => each.trim()).filter((each) => each !== '')
    if (worded.length > 0) {
      actions.add(phase, worded, hangsUnder)
      announce(worded.length === 1 ? `Added: ${worded[0]}` : `Added ${counted(worded.length, one, many)}.`)
    }
    setText('')
    setOffer(null)
    setRefusal(null)
    field.current?.focus()
  }

  const write = (next: string) => {
    if (next.length > LIMITS.note && next.length > text.length) setRefusal(tooLong(next.length))
    else {
      setText(next)
      setRefusal(null)
    }
  }

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd, value } = event.currentTarget
    const pasted = event.clipboardData.getData('text/plain')
    const judged = judgePaste(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd))
    if (judged.kind === 'text') return
    event.preventDefault()
    if (judged.kind === 'refused') setRefusal(judged.reason)
    else {
      setRefusal(null)
      setOffer(judged)
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends an input method's composition chooses a word there.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (offer) add(offer.lines)
      else add([text])
    } else if (event.key === 'Escape') {
      if (offer) setOffer(null)
      else onClose?.()
    }
  }

  const onBlur = () => {
    if (text.trim() === '' && !offer) onClose?.()
  }

  if (!mayAdd.allowed)
    return shape === 'large' && me.role !== 'observer' ? <p className={styles.closed}>{mayAdd.reason}</p> : null

  return (
    <form
      className={classes(styles.composer, styles[shape], `ph-${phase}`)}
      aria-label={`Add ${withArticle(one)}`}
      onSubmit={(event) => {
        event.preventDefault()
        add([text])
      }}
    >
      <div className={styles.grow} data-text={`${text}\n`}>
        <textarea
          ref={field}
          className={styles.field}
          aria-label={`New ${one}`}
          aria-describedby={refusal === null ? undefined : messageId}
          placeholder={`Write ${withArticle(one)}`}
          value={text}
          rows={1}
          dir="auto"
          onChange={(event) => write(event.target.value)}
          onPaste={onPaste}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
        />
      </div>
      <p id={messageId} className={styles.refusal} role="status">
        {refusal}
      </p>
      {offer && (
        <Offer lines={offer.lines.length} many={many}>
          <Button kind="primary" size="sm" onClick={() => add(offer.lines)}>
            One note a line
          </Button>
          <Button
            size="sm"
            {...(offer.whole.length > LIMITS.note ? { reason: tooLong(offer.whole.length) } : {})}
            onClick={() => {
              setText(offer.whole)
              setOffer(null)
              field.current?.focus()
            }}
          >
            As one note
          </Button>
          <Button kind="ghost" size="sm" onClick={() => setOffer(null)}>
            Cancel
          </Button>
        </Offer>
      )}
      {!offer && (
        <div className={styles.foot}>
          {under === undefined && asks ? (
            <UnderPicker phase={asks} under={chosen} onPick={setChosen} />
          ) : (
            <span className={styles.hint}>{shape === 'large' && 'One thought per note'}</span>
          )}
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

function Offer({
  lines,
  many,
  children,
}: {
  readonly lines: number
  readonly many: string
  readonly children: ReactNode
}) {
  return (
    <fieldset className={styles.offer} aria-label="What you pasted">
      <p role="status">
        You pasted {lines} lines. {lines} {many}, or one?
      </p>
      <div className={styles.choices}>{children}</div>
    </fieldset>
  )
}

/** Says where words are kept when the composer goes while they are being written: the group goes on, or Escape. */
function useKeptWords(text: string, phase: PhaseId): void {
  const left = useRef(text)
  useEffect(() => {
    left.current = text
  }, [text])
  useEffect(
    () => () => {
      if (left.current.trim() === '') return
      showToast({ icon: 'edit', text: `What you were writing is kept in ${PHASES[phase].name}, for you alone.` })
    },
    [phase],
  )
}

interface UnderPickerProps {
  readonly phase: PhaseId
  readonly under: OutcomeId | null
  readonly onPick: (under: OutcomeId | null) => void
}

/** What the next note will hang under, as a button that opens the list. */
function UnderPicker({ phase, under, onPick }: UnderPickerProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.under}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        <span className={`ph-${phase}`}>
          <Icon name={phase} size={14} className={styles.phase} />
        </span>
        <span className="sr">Hangs under:</span>
        <span className={styles.words}>
          {under === null ? <UnderNone phase={phase} /> : <UnderWords id={under} phase={phase} />}
        </span>
        <Icon name="down" size={12} />
      </button>
      {open && button.current && (
        <Part onFailed={() => setOpen(false)}>
          <HangPicker
            phase={phase}
            now={under}
            anchor={button.current}
            onPick={onPick}
            onClose={() => setOpen(false)}
          />
        </Part>
      )}
    </>
  )
}

function UnderNone({ phase }: { readonly phase: PhaseId }) {
  return `Under no ${PHASES[phase].one} yet`
}

function UnderWords({ id, phase }: { readonly id: OutcomeId; readonly phase: PhaseId }) {
  const note = useNote(id as NoteId)
  if (!note || note.removed) return <UnderNone phase={phase} />
  return phase === 'ideal' ? quoted(note.text) : note.text
}
