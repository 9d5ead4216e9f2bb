import type { OutcomeId } from '@quintet/shared/board'
import { LIMITS } from '@quintet/shared/limits'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useAnonymous, useMay } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { announce } from '../ui/announcements.ts'
import { showToast } from '../ui/toasts.ts'
import { CLOSED, ComposerPaper, FIELD, HINT } from './ComposerPaper.tsx'
import { tooLong } from './pasted.ts'
import { UnderChoice } from './UnderChoice.tsx'
import { keepUnsent, readUnsent } from './unsent.ts'
import { useDraftActions } from './useDraftActions.ts'
import { useLocked } from './useLocked.ts'
import { useNoteActions } from './useNoteActions.ts'
import { usePasting } from './usePasting.ts'
import { counted, withArticle } from './words.ts'

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

/**
 * Where notes are written before they are on the wall. Enter adds, Shift and Enter starts a new line. In an anonymous
 * phase what is added is a draft that is shared at once: the server puts it on the wall, as nobody's.
 */
export function Composer({ phase, under, shape = 'large', autoFocus = false, onClose }: ComposerProps) {
  const { me, workshop } = useSession()
  const notes = useNoteActions()
  const drafts = useDraftActions()
  const anonymous = useAnonymous(phase)
  const mayAdd = useMay(anonymous ? 'share' : 'add', { phase, author: me.id })
  const closed = mayAdd.allowed ? null : mayAdd.reason
  const locked = useLocked(phase)
  const field = useRef<HTMLTextAreaElement>(null)
  const messageId = useId()
  const unsent = { workshop, person: me.id, phase, under }
  const [text, setWords] = useState(() => readUnsent(unsent))
  const pasting = usePasting()
  const { offer, refusal, refuse } = pasting
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
    if (closed) return
    const worded = texts.map((each) => each.trim()).filter((each) => each !== '')
    if (worded.length > 0) {
      if (anonymous) void drafts.addShared(phase, worded, hangsUnder)
      else notes.add(phase, worded, hangsUnder)
      announce(worded.length === 1 ? `Added: ${worded[0]}` : `Added ${counted(worded.length, one, many)}.`)
    }
    setText('')
    pasting.clear()
    field.current?.focus()
  }

  const keepWhole = (whole: string) => {
    setText(whole)
    pasting.clear()
    field.current?.focus()
  }

  const write = (next: string) => {
    if (next.length > LIMITS.note && next.length > text.length) refuse(tooLong(next.length))
    else {
      setText(next)
      refuse(null)
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends an input method's composition chooses a word there.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      if (!offer) add([text])
      else if (!anonymous) add(offer.lines)
      else if (offer.whole.length <= LIMITS.note) keepWhole(offer.whole)
    } else if (event.key === 'Escape') {
      if (offer) pasting.clear()
      else onClose?.()
    }
  }

  const onBlur = () => {
    if (text.trim() === '' && !offer) onClose?.()
  }

  // Of a lock the question over the wall tells already. Words that wait are not taken out of anybody's sight.
  if (closed && text.trim() === '')
    return shape === 'large' && me.role !== 'observer' && !locked ? <p className={CLOSED}>{closed}</p> : null

  return (
    <ComposerPaper
      phase={phase}
      shape={shape}
      text={text}
      refusal={closed ?? refusal}
      messageId={messageId}
      offer={offer}
      // Several at once and one beside the other would tell that they are of one author.
      onLines={anonymous ? null : add}
      onWhole={keepWhole}
      onCancel={pasting.clear}
      start={
        under === undefined && asks ? (
          <UnderChoice phase={asks} under={chosen} onPick={setChosen} />
        ) : (
          <span className={HINT}>{shape === 'large' && hint(anonymous)}</span>
        )
      }
      onAdd={() => add([text])}
    >
      <textarea
        ref={field}
        className={FIELD}
        aria-label={`New ${one}`}
        aria-describedby={(closed ?? refusal) === null ? undefined : messageId}
        placeholder={`Write ${withArticle(one)}`}
        value={text}
        rows={1}
        dir="auto"
        onChange={(event) => write(event.target.value)}
        onPaste={pasting.onPaste}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
    </ComposerPaper>
  )
}

function hint(anonymous: boolean): string {
  return anonymous ? 'Anonymous: nobody is told whose it is' : 'One thought per note'
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
