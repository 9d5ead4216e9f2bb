import type { OutcomeId } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { ranked, type Total, totalOf, totalsAsCounted } from '@quintet/shared/totals'
import { useLayoutEffect, useRef } from 'react'
import { counted, firstWords } from '../board/words.ts'
import { useBlocks, useGroup, useInGroup, useNote, useOutcome, useStage, useWords } from '../document/views.ts'
import { Revotes } from '../facilitator/Revotes.tsx'
import { useSession } from '../session/SessionContext.tsx'
import { Popover } from '../ui/Popover.tsx'
import { type CountedRound, countedRounds } from './countedRounds.ts'
import styles from './RoundsList.module.css'

interface RoundsListProps {
  readonly phase: PhaseId
  readonly anchor: HTMLElement
  readonly onClose: () => void
}

/** Every round of a phase's votes with its totals, the latest first; facilitators can go back to the vote from here. */
export function RoundsList({ phase, anchor, onClose }: RoundsListProps) {
  const leads = useSession().me.role === 'facilitator'
  const rounds = useStage((stage) => countedRounds(stage, phase))
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => list.current?.focus(), [])
  const { length } = rounds
  return (
    <Popover anchor={anchor} align="end" onClose={onClose} role="dialog" aria-label="Votes of this phase">
      <div ref={list} tabIndex={-1} className={`${styles.rounds} ph-${phase}`}>
        {rounds.toReversed().map((round, index) => (
          <OneRound key={round.id} round={round} number={length - index} />
        ))}
        {leads && <Revotes phase={phase} />}
      </div>
    </Popover>
  )
}

function OneRound({ round, number }: { readonly round: CountedRound; readonly number: number }) {
  const { dots, voted, people } = round.tally
  const totals = totalsAsCounted(round.tally)
  const ids = useBlocks(round.phase)
  const place = new Map(ids.map((id, at) => [id, at]))
  const placeOf = (id: OutcomeId) => place.get(id) ?? ids.length
  const things = [...totals.on.keys()].sort((one, other) => placeOf(one) - placeOf(other)).map((id) => ({ id }))
  return (
    <section>
      <h2 className={styles.name}>
        Round {number}
        {round.state === 'open' && ', open again'}
      </h2>
      <p className={styles.count}>
        {counted(dots, 'dot', 'dots')} from {voted} of {counted(people, 'person', 'people')}
      </p>
      {things.length > 0 && (
        <ol className={styles.totals}>
          {ranked(things, totals).map(({ id }) => (
            <Line key={id} id={id} total={totalOf(totals, id)} />
          ))}
        </ol>
      )}
    </section>
  )
}

interface LineProps {
  readonly id: OutcomeId
  readonly total: Total
}

function Line({ id, total: { dots, tied } }: LineProps) {
  const since = useSince(id)
  const group = useGroup(id as GroupId)
  const standing = useWords(id)
  // A group that was merged or taken apart is called what it was called when it was voted on, as long as the board has it.
  const before = group?.name.trim() || 'A group'
  const words = firstWords(group && since ? before : standing)
  return (
    <li>
      <span className={styles.total}>
        {dots}
        <span className="sr">{dots === 1 ? ' dot' : ' dots'}</span>
      </span>
      <span className={styles.words}>{words}</span>
      <span className={styles.remark}>{[tied ? 'tied' : [], since ?? []].flat().join(', ')}</span>
    </li>
  )
}

/** Why what was voted on does not stand on the wall by itself any more; nothing where it does. */
function useSince(id: OutcomeId): string | undefined {
  const note = useNote(id as NoteId)
  const outcome = useOutcome(id)
  const filled = useInGroup(id as GroupId).length > 0
  if (note) {
    if (!outcome) return 'removed since'
    return isGroup(outcome) ? 'grouped since' : undefined
  }
  if (outcome && outcome.id !== id) return 'merged since'
  return filled ? undefined : 'taken apart since'
}
