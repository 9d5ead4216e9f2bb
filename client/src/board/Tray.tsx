import type { OutcomeId } from '@quintet/shared/board'
import type { Asked } from '@quintet/shared/notebook'
import { useEffect, useId, useLayoutEffect, useRef } from 'react'
import { useAsked } from '../document/asked.ts'
import { useBoard, useDisplayNames, useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { forget, type Kept, putAway } from '../session/tray.ts'
import { announce } from '../ui/announcements.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { showToast } from '../ui/toasts.ts'
import { useKeptFocus } from '../ui/useKeptFocus.ts'
import { copyWords } from './copyWords.ts'
import {
  allOf,
  type Naming,
  planLines,
  planTitle,
  type Reasoned,
  trayReason,
  trayTitle,
  wholeWords,
} from './handedWords.ts'
import styles from './Tray.module.css'
import { TrayButton } from './TrayButton.tsx'
import { TrayPiece } from './TrayPiece.tsx'
import { followFocus, takesFocus } from './trayFocus.ts'
import { usePutBack } from './usePutBack.ts'
import { useTray, useTrayOwner } from './useTray.ts'
import { useVerdicts } from './useVerdicts.ts'

/**
 * What was handed back to somebody: for them alone, until they put it back or discard it. It stands over the board, or,
 * put away, behind a button in the header.
 */
export function Tray({ as }: { readonly as: 'tray' | 'button' }) {
  const { kept, away } = useTray(useTrayOwner())
  if (kept.length === 0 || away !== (as === 'button')) return null
  return away ? <TrayButton count={kept.length} /> : <OpenTray kept={kept} />
}

function OpenTray({ kept }: { readonly kept: readonly Kept[] }) {
  const titleId = useId()
  const tray = useRef<HTMLElement>(null)
  const owner = useTrayOwner()
  const session = useSession()
  const naming = useNaming()
  const putBack = usePutBack()
  const locks = useStage((stage) => stage.locks)
  const verdicts = useVerdicts(kept)
  const answers = useAsked(kept.map(({ asked }) => asked))
  const all = kept.map((each, at) => ({ ...each, verdict: verdicts[at], answer: answers[at] }))
  useStanding(kept, verdicts)
  // What was planned for an action is not part of the request to add its words.
  const waiting = all.filter(({ piece, answer }) => answer !== 'added' || planLines(piece, naming).length > 0)
  const ways = waiting
    .filter(({ verdict, ...each }) => verdict?.is === 'possible' && isFree(each))
    .map(({ piece }) => piece)
  const title =
    waiting.length > 0 && waiting.every(({ answer }) => answer === 'added')
      ? planTitle(waiting.length)
      : trayTitle(
          (waiting.length > 0 ? waiting : all).map(({ piece }) => piece),
          waiting.length === 0,
        )
  const reason = trayReason(waiting, { locks }, session.now(), naming)
  useSaid(kept, `${title}. ${reason}`, tray)
  const focus = useKeptFocus(() => tray.current?.querySelector<HTMLElement>('article button') ?? tray.current)

  const away = () => {
    followFocus()
    putAway(owner, true)
  }
  useLayoutEffect(() => {
    const section = tray.current
    if (takesFocus()) section?.focus()
    return () => {
      // It went with its last piece: who was in it goes on with the board.
      if (section?.contains(document.activeElement)) document.querySelector('main')?.focus({ preventScroll: true })
    }
  }, [])
  const clear = () =>
    forget(
      owner,
      kept.map(({ piece }) => piece.key),
    )
  return (
    <section ref={tray} tabIndex={-1} className={styles.tray} aria-labelledby={titleId} {...focus}>
      <div className={styles.head}>
        <div className={styles.why}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          <p className={styles.reason}>{reason}</p>
        </div>
        <IconButton icon="close" size="sm" label="Close, they stay under “Handed back”" onClick={away} />
      </div>
      <ul className={styles.pieces}>
        {all.map(({ verdict, answer, ...each }) => (
          <li key={each.piece.key}>
            <TrayPiece kept={each} naming={naming} answer={answer} reason={whyNot({ ...each, verdict, answer })} />
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        {ways.length > 1 && (
          <Button
            size="sm"
            onClick={() => {
              putBack(ways)
              announce('Put back.')
            }}
          >
            Put back {allOf(ways.length, kept.length)}
          </Button>
        )}
        {kept.length > 1 && (
          <Button
            size="sm"
            onClick={() => void copyWords(kept.map(({ piece }) => wholeWords(piece, naming)).join('\n\n'))}
          >
            Copy {allOf(kept.length, kept.length)}
          </Button>
        )}
        {waiting.length === 0 ? (
          <Button size="sm" kind="ghost" onClick={clear}>
            Clear
          </Button>
        ) : (
          <Button size="sm" kind="ghost" onClick={away}>
            Put away
          </Button>
        )}
      </div>
    </section>
  )
}

/** Whether nobody may add it for its author: a request that waits may still be accepted. */
const isFree = ({ asked, answer }: Pick<Kept, 'asked'> & { readonly answer: Asked | undefined }) =>
  asked === null || answer === 'declined'

/** Why a piece cannot be put back now; undefined where it can. */
function whyNot({ verdict, ...each }: Kept & Reasoned & { readonly answer: Asked | undefined }): string | undefined {
  if (verdict?.is === 'impossible') return verdict.reason
  return isFree(each) ? undefined : ASKED
}

const ASKED = 'You asked to add it. If a facilitator declines, you can put it back.'

function useNaming(): Naming {
  const names = useDisplayNames()
  const board = useBoard()
  return {
    nameOf: (person) => names.get(person) ?? 'Somebody',
    wordsOf: (id) => board.words(id as OutcomeId),
  }
}

/** What came to stand on the board by itself is in nobody's way any more, unless one waits for an answer about it. */
function useStanding(kept: readonly Kept[], verdicts: ReturnType<typeof useVerdicts>) {
  const owner = useTrayOwner()
  useEffect(() => {
    const standing = kept.filter(({ asked }, at) => verdicts[at]?.is === 'stands' && asked === null)
    if (standing.length > 0)
      forget(
        owner,
        standing.map(({ piece }) => piece.key),
      )
  }, [owner, kept, verdicts])
}

/** Which pieces were spoken of since the page was opened: one that stays in the tray is news once. */
const said = new Set<string>()

/** Says that something came into the tray, without taking focus; where it is out of sight, also to the eye. */
function useSaid(kept: readonly Kept[], words: string, tray: { readonly current: HTMLElement | null }) {
  useEffect(() => {
    const fresh = kept.filter(({ piece }) => !said.has(piece.key))
    if (fresh.length === 0) return
    for (const { piece } of fresh) said.add(piece.key)
    const { bottom } = tray.current?.getBoundingClientRect() ?? { bottom: 0 }
    if (bottom >= 0) announce(words)
    else
      showToast({
        icon: 'undo',
        text: words,
        action: { label: 'Show', run: () => tray.current?.scrollIntoView({ block: 'center' }) },
      })
  }, [kept, words, tray])
}
