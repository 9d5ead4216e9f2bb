import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type { DraftView } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import { useCallback, useId, useRef, useSyncExternalStore } from 'react'
import { copyWords } from '../board/copyWords.ts'
import { Draft, OnlyYou } from '../board/Draft.tsx'
import { focusNote, leaving } from '../board/noteFocus.ts'
import { useSharing } from '../board/sharing.ts'
import { useDraftActions } from '../board/useDraftActions.ts'
import { firstWords } from '../board/words.ts'
import { useDocument } from '../document/DocumentProvider.tsx'
import { useDraft, useDrafts, useUnfinished } from '../document/ownDrafts.ts'
import { useAnonymous, useMay, useStage, useStepKind } from '../document/views.ts'
import { useWhyNot } from '../facilitator/useCommand.ts'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import styles from './ShareLeftovers.module.css'

/** How a draft that a reveal left can still be shared. */
type Way =
  /** At once, by a command. */
  | { readonly is: 'now' }
  /** Together with others, when the group moves on: alone it would name its author. */
  | { readonly is: 'with the move' }
  /** `said` where the composer, right below, tells the same reason. */
  | { readonly is: 'later'; readonly reason: string; readonly said: boolean }
  /** Not in this workshop: its board takes no more notes. */
  | { readonly is: 'full' }
  /** Not any more: they are there to be read and copied. */
  | { readonly is: 'closed' }

/** One's own drafts of a phase that a reveal left: one was still typing them, or they came later. They are still secret. */
export function ShareLeftovers({ phase }: { readonly phase: PhaseId }) {
  const headingId = useId()
  const way = useWay(phase)
  const ready = useDrafts(phase)
  const unfinished = useUnfinished(phase)
  const sharing = useSharing()
  const worded = useWorded(unfinished)
  const ids = [...ready, ...worded].filter((id) => !sharing.has(id))
  if (ids.length === 0) return null
  return (
    <section className={styles.strip} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.title}>
        <Icon name="hidden" size={14} />
        Still yours alone
      </h2>
      <p className={styles.text}>{wayWords(way)}</p>
      <ul className={styles.drafts}>
        {ids.map((id) => (
          <Leftover key={id} id={id} way={way} />
        ))}
      </ul>
    </section>
  )
}

/**
 * The drafts of a list that have words: the composer leaves an empty one behind. One that loses its last letter here is
 * still being written, and stays until it is left.
 */
function useWorded(ids: readonly NoteId[]): readonly NoteId[] {
  const { drafts } = useDocument().notebook
  const known = useRef(new Set<NoteId>())
  const subscribe = useCallback(
    (changed: () => void) => {
      const ends = ids.map((id) => drafts.at(id).subscribe(changed))
      return () => {
        for (const end of ends) end()
      }
    },
    [ids, drafts],
  )
  const read = () => {
    for (const id of ids) if (drafts.get(id)?.text.trim()) known.current.add(id)
    return ids.filter((id) => known.current.has(id)).length
  }
  useSyncExternalStore(subscribe, read)
  return ids.filter((id) => known.current.has(id))
}

function useWay(phase: PhaseId): Way {
  const { me } = useSession()
  const may = useMay('share', { phase, author: me.id })
  const anonymous = useAnonymous(phase)
  const add = useMay(anonymous ? 'share' : 'add', { phase, author: me.id })
  const kind = useStepKind(phase)
  const closed = useStage(({ state }) => state === 'closed')
  const full = useStage(({ reveal }) => reveal?.noRoom !== undefined)
  if (closed) return { is: 'closed' }
  if (full) return { is: 'full' }
  if (!may.allowed)
    return { is: 'later', reason: may.reason, said: kind === 'group' && !add.allowed && add.reason === may.reason }
  return { is: anonymous && kind === 'share' ? 'with the move' : 'now' }
}

function wayWords(way: Way): string {
  switch (way.is) {
    case 'now':
      return 'Nobody else sees these until you share them.'
    case 'with the move':
      return 'What you share too lands with the next move, together with others’, so that nobody can tell whose it is.'
    case 'later':
      return way.said ? 'Nobody else sees these.' : `${way.reason} Until then nobody else sees these.`
    case 'full':
      return 'The board is full and takes no more notes, so these stay yours alone. Where words may be changed, copy yours into a note that is there.'
    case 'closed':
      return 'The workshop is closed, and nobody else sees these. Copy what you want to keep elsewhere.'
  }
}

function Leftover({ id, way }: { readonly id: NoteId; readonly way: Way }) {
  const draft = useDraft(id)
  if (!draft) return null
  return (
    <li>
      <Draft id={id} readOnly={way.is === 'closed'}>
        <LeftoverFoot draft={draft} way={way} />
      </Draft>
    </li>
  )
}

/** What becomes of a draft, and the way to change that. */
function LeftoverFoot({ draft: { id, text, ready }, way }: { readonly draft: DraftView; readonly way: Way }) {
  const actions = useDraftActions()
  const offline = useWhyNot('It stays safe here, and can be shared once you are back.')
  if (way.is === 'closed' || way.is === 'full')
    return (
      <>
        <OnlyYou />
        <Button
          size="sm"
          className={styles.share}
          aria-label={`Copy: ${firstWords(text)}`}
          onClick={() => void copyWords(text)}
        >
          Copy
        </Button>
      </>
    )
  if (text.length > LIMITS.noteMerged) return <span>Too long for one note: make two of it</span>
  if (way.is === 'with the move' && ready)
    return (
      <>
        <span>Lands with the next move</span>
        <Button
          size="sm"
          kind="ghost"
          className={styles.share}
          onClick={() => {
            actions.keep(id)
            focusNote(id)
          }}
        >
          Keep it to myself
        </Button>
      </>
    )
  const share = () => {
    // The button goes with what it was for: at once, or because the draft then waits.
    const leave = way.is === 'now' ? leaving(id) : () => focusNote(id)
    if (way.is === 'now') void actions.share(id)
    else actions.finish(id)
    leave()
  }
  return (
    <>
      <OnlyYou />
      <Button size="sm" className={styles.share} reason={way.is === 'later' ? way.reason : offline} onClick={share}>
        Share it too
      </Button>
    </>
  )
}
