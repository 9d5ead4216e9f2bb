import type { OutcomeId } from '@quintet/shared/board'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import type { Round } from '@quintet/shared/stage'
import { type KeyboardEvent, type ReactNode, useCallback } from 'react'
import { Wall } from '../board/Wall.tsx'
import { useBlocks, useBoard } from '../document/views.ts'
import { useDotsLeft, useRound } from '../document/votes.ts'
import { PHONE, useMedia } from '../ui/useMedia.ts'
import { Ask } from './Ask.tsx'
import { Total } from './Total.tsx'
import { useVoting } from './useVoting.ts'
import { VoteBudget } from './VoteBudget.tsx'
import { VoteCard } from './VoteCard.tsx'
import { VoteClosed } from './VoteClosed.tsx'
import { VotePill } from './VotePill.tsx'
import styles from './VoteView.module.css'

/** A vote, in any phase: the wall with one's own dots while it is open, with the totals once it is closed. */
export function VoteView({ phase }: { readonly phase: PhaseId }) {
  const round = useRound()
  if (round?.state === 'open') return <OpenVote key={round.id} phase={phase} round={round} />
  return (
    <>
      <Ask phase={phase}>
        <VoteClosed phase={phase} round={round} />
      </Ask>
      <Blocks phase={phase} aside={total} />
    </>
  )
}

const total = (id: OutcomeId) => <Total outcome={id} />

interface OpenVoteProps {
  readonly phase: PhaseId
  readonly round: Round
}

function OpenVote({ phase, round }: OpenVoteProps) {
  const phone = useMedia(PHONE)
  const votes = useDotsLeft() !== null
  const board = useBoard()
  const voting = useVoting(round)

  const shape = phone ? 'row' : 'pill'
  const pill = useCallback((id: OutcomeId) => <VotePill outcome={id} round={round} shape={shape} />, [round, shape])

  /** Plus and minus on a note or group do what its buttons do. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (!votes || event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return
    const places = event.key === '+' || event.key === '='
    if (!places && event.key !== '-' && event.key !== '−') return
    if (event.target.closest('input, textarea')) return
    const here = event.target.closest('[data-vote], [data-note]')
    const id = here?.getAttribute('data-vote') ?? here?.getAttribute('data-note')
    const target = id && board.outcome(id as OutcomeId)?.id
    if (!target) return
    event.preventDefault()
    if (places) voting.place(target)
    else voting.takeBack(target)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the notes and groups inside.
    <div onKeyDown={onKeyDown}>
      {phone && <VoteBudget round={round} shape="strip" />}
      <Ask phase={phase}>{!phone && <VoteBudget round={round} shape="beside" />}</Ask>
      <Blocks phase={phase} aside={votes ? pill : undefined} below />
    </div>
  )
}

interface BlocksProps {
  readonly phase: PhaseId
  readonly aside: ((id: OutcomeId) => ReactNode) | undefined
  /** Whether that stands under a loose note, instead of in its foot. */
  readonly below?: boolean
}

/** What is voted on: the wall, or on a phone one card under another, in the wall's order: groups, then what is in none. */
function Blocks({ phase, aside, below = false }: BlocksProps) {
  const phone = useMedia(PHONE)
  const ids = useBlocks(phase)
  const board = useBoard()
  const { many } = PHASES[phase]
  if (!phone) return <Wall phase={phase} below={below} {...(aside && { aside })} />
  const groups = ids.filter((id) => board.group(id) !== undefined)
  const loose = ids.filter((id) => board.group(id) === undefined)
  if (groups.length === 0) return <Cards ids={loose} label={`All ${many}`} aside={aside} />
  return (
    <>
      <Cards ids={groups} label={`Groups of ${many}`} aside={aside} />
      {loose.length > 0 && (
        <>
          <h2 className={styles.title}>
            Not in a group <span className={styles.count}>{loose.length}</span>
          </h2>
          <Cards ids={loose} label="Not in a group" aside={aside} />
        </>
      )}
    </>
  )
}

interface CardsProps extends Pick<BlocksProps, 'aside'> {
  readonly ids: readonly OutcomeId[]
  readonly label: string
}

function Cards({ ids, label, aside }: CardsProps) {
  return (
    <ul className={styles.cards} aria-label={label}>
      {ids.map((id) => (
        <li key={id}>
          <VoteCard id={id}>{aside?.(id)}</VoteCard>
        </li>
      ))}
    </ul>
  )
}
