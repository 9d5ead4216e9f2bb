import { ID_BYTES, type RequestId, spell } from '@quintet/shared/ids'
import type { Asked } from '@quintet/shared/notebook'
import { useId, useState } from 'react'
import { useStage } from '../document/views.ts'
import { useSession, useSessionState } from '../session/SessionContext.tsx'
import { forget, type Kept, keep, markAsked } from '../session/tray.ts'
import { announce } from '../ui/announcements.ts'
import { Icon } from '../ui/Icon.tsx'
import { momentWords } from '../ui/momentWords.ts'
import { refusable } from '../ui/refusal.ts'
import { showToast } from '../ui/toasts.ts'
import { copyWords } from './copyWords.ts'
import { type Naming, phaseOf, pieceWords, planLines, wholeWords } from './handedWords.ts'
import styles from './Tray.module.css'
import { usePutBack } from './usePutBack.ts'
import { useTrayOwner } from './useTray.ts'
import { named } from './words.ts'

interface TrayPieceProps {
  readonly kept: Kept
  readonly naming: Naming
  /** Why it cannot be put back now. */
  readonly reason: string | undefined
  /** What became of the request to add it. */
  readonly answer: Asked | undefined
}

/** One thing that was handed back, as a small paper of its phase, with what can be done about it. */
export function TrayPiece({ kept, naming, reason, answer }: TrayPieceProps) {
  const owner = useTrayOwner()
  const session = useSession()
  const wordsId = useId()
  const putBack = usePutBack()
  const { piece } = kept
  const { kind, text } = pieceWords(piece, naming)
  const plan = planLines(piece, naming)
  const phase = phaseOf(piece)

  const back = () => {
    if (putBack([piece]) === 1) announce(`Put back: ${named(text)}`)
    else showToast({ text: 'Somebody changed it since, so nothing was put back. It is still here.', icon: 'warning' })
  }
  const discard = () => {
    forget(owner, [piece.key])
    showToast({
      icon: 'remove',
      text: `Discarded ${named(text)}`,
      action: { label: 'Undo', run: () => void keep(owner, [kept]) },
    })
  }
  return (
    <article className={`${styles.piece} ${phase ? `ph-${phase}` : ''}`} aria-labelledby={wordsId}>
      {kind !== null && <p className={styles.kind}>{kind}</p>}
      {piece.touched && <p className={styles.kind}>Somebody else changed it too</p>}
      <p id={wordsId} dir="auto" className={styles.words}>
        {text}
      </p>
      {plan.length > 0 && (
        <ul className={styles.plan} aria-label="What you planned with it">
          {plan.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.pieceFoot}>
        <time dateTime={new Date(piece.at).toISOString()}>{momentWords(piece.at, session.now(), naming.locale)}</time>
        <div className={styles.ways}>
          {answer !== 'added' && (piece.is !== 'dots' || reason === undefined) && (
            <button type="button" className={styles.way} {...refusable(reason, back)}>
              Put back
            </button>
          )}
          <Ask kept={kept} answer={answer} />
          <button type="button" className={styles.way} onClick={() => void copyWords(wholeWords(piece, naming))}>
            Copy
          </button>
          <button type="button" className={styles.way} onClick={discard}>
            Discard
          </button>
        </div>
      </div>
    </article>
  )
}

const ANSWERS = {
  waiting: { icon: 'clock', word: 'Asked' },
  added: { icon: 'check', word: 'Added' },
  declined: { icon: 'close', word: 'Declined' },
} as const

/** Asks the facilitators to add a piece's words, and says what became of it. */
function Ask({ kept, answer }: Pick<TrayPieceProps, 'kept' | 'answer'>) {
  const { piece, asked } = kept
  const owner = useTrayOwner()
  const session = useSession()
  const live = useSessionState().is === 'live'
  const leads = useStage(({ people }) => people.get(owner.person)?.role === 'facilitator')
  const closed = useStage(({ state }) => state === 'closed')
  const [asking, setAsking] = useState(false)
  const body = bodyOf(kept)
  if (!body || leads) return null
  if (answer) {
    const { icon, word } = ANSWERS[answer]
    return (
      <span className={styles.answer}>
        <Icon name={icon} size={12} />
        {word}
      </span>
    )
  }
  const reason = closed
    ? 'The workshop is closed, so nothing is added to it.'
    : live
      ? undefined
      : 'You are offline. It stays safe here until you are back and can ask.'
  const ask = async () => {
    if (asking) return
    setAsking(true)
    // A request whose answer was lost is asked again under its name, and is then there once.
    const request = asked ?? (spell(crypto.getRandomValues(new Uint8Array(ID_BYTES))) as RequestId)
    markAsked(owner, piece.key, request)
    const reply = await session.command({ name: 'ask to add', request, ...body })
    setAsking(false)
    if (reply.ok) announce('Asked. The facilitators see it now.')
    else {
      markAsked(owner, piece.key, null)
      showToast({ text: reply.message, icon: 'warning' })
    }
  }
  return (
    <button type="button" className={styles.way} {...refusable(reason, () => void ask())}>
      {asking ? 'Asking' : 'Ask to add'}
    </button>
  )
}

/** What a request says; undefined for what has no words of its own to add. */
function bodyOf({ piece }: Kept) {
  if (piece.is === 'note') return { phase: piece.note.phase, text: piece.note.text, note: null }
  if (piece.is === 'words' && piece.target.of === 'note')
    return { phase: piece.phase, text: piece.mine, note: piece.target.id }
  return undefined
}
