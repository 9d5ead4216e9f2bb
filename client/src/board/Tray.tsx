import type { OutcomeId } from '@quintet/shared/board'
import { useEffect, useId, useRef } from 'react'
import { useBoard, useDisplayNames, useStage } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { type Kept, putAway } from '../session/tray.ts'
import { announce } from '../ui/announcements.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { showToast } from '../ui/toasts.ts'
import { useKeptFocus } from '../ui/useKeptFocus.ts'
import { copyWords } from './copyWords.ts'
import { type Naming, pieceWords, trayReason, trayTitle } from './handedWords.ts'
import styles from './Tray.module.css'
import { TrayPiece } from './TrayPiece.tsx'
import { useTray, useTrayOwner } from './useTray.ts'
import { useVerdicts } from './useVerdicts.ts'

/** What was handed back to somebody, over the board: for them alone, until they put it back or discard it. */
export function Tray() {
  const owner = useTrayOwner()
  const { kept, away } = useTray(owner)
  return away || kept.length === 0 ? null : <OpenTray kept={kept} onPutAway={() => putAway(owner, true)} />
}

interface OpenTrayProps {
  readonly kept: readonly Kept[]
  readonly onPutAway: () => void
}

function OpenTray({ kept, onPutAway }: OpenTrayProps) {
  const titleId = useId()
  const tray = useRef<HTMLElement>(null)
  const session = useSession()
  const naming = useNaming()
  const verdicts = useVerdicts(kept)
  const locks = useStage((stage) => stage.locks)
  const pieces = kept.map(({ piece }) => piece)
  const title = trayTitle(pieces)
  const reason = trayReason(kept, { locks }, verdicts, session.now(), naming)
  useSaid(kept, `${title}. ${reason}`, tray)
  const focus = useKeptFocus(() => tray.current?.querySelector<HTMLElement>('article button') ?? tray.current)
  const copyAll = () => void copyWords(pieces.map((piece) => pieceWords(piece, naming).text).join('\n\n'))
  return (
    <section ref={tray} tabIndex={-1} className={styles.tray} aria-labelledby={titleId} {...focus}>
      <div className={styles.head}>
        <div className={styles.why}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          <p className={styles.reason}>{reason}</p>
        </div>
        <IconButton icon="close" size="sm" label="Put away: a button above keeps them" onClick={onPutAway} />
      </div>
      <ul className={styles.pieces}>
        {kept.map((each, at) => (
          <li key={each.piece.key}>
            <TrayPiece kept={each} naming={naming} reason={verdicts[at] ?? undefined} />
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <Button size="sm" onClick={copyAll}>
          {kept.length === 1 ? 'Copy' : kept.length === 2 ? 'Copy both' : 'Copy all'}
        </Button>
        <Button size="sm" kind="ghost" onClick={onPutAway}>
          Put away
        </Button>
      </div>
    </section>
  )
}

function useNaming(): Naming {
  const names = useDisplayNames()
  const board = useBoard()
  return {
    nameOf: (person) => names.get(person) ?? 'Somebody',
    wordsOf: (id) => board.words(id as OutcomeId),
  }
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
