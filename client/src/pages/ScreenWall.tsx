import type { OutcomeId } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import type { GroupId } from '@quintet/shared/ids'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { ranked } from '@quintet/shared/totals'
import { useMemo } from 'react'
import { useOutcomes, useThread } from '../document/thread.ts'
import { useTotal, useTotals } from '../document/totals.ts'
import { useBlocks, useDisplayNames, useInGroup, useMarks, useOutcome, usePlan, useWords } from '../document/views.ts'
import { useRound, useTally } from '../document/votes.ts'
import { Dots } from '../phases/Dots.tsx'
import { ownerName } from '../phases/ownership.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { classes } from '../ui/classes.ts'
import { Icon } from '../ui/Icon.tsx'
import { shortDay } from './dates.ts'
import styles from './ScreenWall.module.css'
import { screenLayout } from './screenLayout.ts'

/**
 * The wall of a phase, to be read from afar: groups and loose notes, by their dots once a vote has closed. For Owners, the
 * actions with who owns them.
 */
export function ScreenWall({ phase }: { readonly phase: PhaseId }) {
  const owners = phase === 'owners'
  const shown = owners ? 'actions' : phase
  const ids = useOrdered(shown, owners)
  const counted = useShowsTotals(shown) && !owners
  const { columns, rows, most, density } = screenLayout(ids.length)
  if (ids.length === 0)
    return <p className={styles.none}>One thought per note. They appear here as they are written.</p>
  const rest = ids.length - most
  return (
    <>
      <ul
        className={`${styles.wall} ${styles[density]}`}
        style={{
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${Math.min(rows, Math.ceil(ids.length / columns))}, minmax(0, var(--row)))`,
        }}
      >
        {ids.slice(0, most).map((id) => (
          <Row key={id} id={id} owners={owners} counted={counted} dots={columns === 1} />
        ))}
      </ul>
      {rest > 0 && (
        <p className={styles.rest}>
          {rest} more {PHASES[shown].many} on the board
        </p>
      )}
    </>
  )
}

/** What stands on the screen, in its order. */
function useOrdered(phase: PhaseId, owners: boolean): readonly OutcomeId[] {
  const blocks = useBlocks(phase)
  const outcomes = useOutcomes(phase)
  const totals = useTotals(phase)
  const counted = useShowsTotals(phase)
  const ids = owners ? outcomes : blocks
  return useMemo(
    () =>
      ranked(
        ids.map((id) => ({ id })),
        counted ? totals : null,
      ).map(({ id }) => id),
    [ids, totals, counted],
  )
}

/** Whether totals are to be seen: not while people place their dots, who would follow them. */
function useShowsTotals(phase: PhaseId): boolean {
  const voting = useRound()?.state === 'open'
  return useTally(phase) !== null && !voting
}

interface RowProps {
  readonly id: OutcomeId
  readonly owners: boolean
  readonly counted: boolean
  /** Whether there is room to draw the dots. */
  readonly dots: boolean
}

function Row({ id, owners, counted, dots }: RowProps) {
  const outcome = useOutcome(id)
  const words = useWords(id)
  const { kept } = useMarks(id)
  const { dots: total } = useTotal(id)
  if (!outcome) return null
  return (
    <li className={classes(styles.row, `ph-${outcome.phase}`, counted && !kept && styles.left)}>
      {counted && <span className={styles.total}>{total}</span>}
      <span className={styles.words}>
        <span className={styles.text}>{words}</span>
        <Below id={id} phase={outcome.phase} isGroup={isGroup(outcome)} />
      </span>
      {counted && dots && <Dots placed={Math.min(total, MOST_DOTS)} size="huge" />}
      {counted && (
        <span className={styles.kept}>
          {kept && (
            <>
              <Icon name="check" className={styles.glyph} />
              <span className="sr">Kept</span>
            </>
          )}
        </span>
      )}
      {owners && <OwnerOf id={id} />}
    </li>
  )
}

/** More dots than this are a number alone. */
const MOST_DOTS = 12

interface BelowProps {
  readonly id: OutcomeId
  readonly phase: PhaseId
  readonly isGroup: boolean
}

/** What an outcome hangs under, and how many notes a group holds. */
function Below({ id, phase, isGroup }: BelowProps) {
  const parent = useThread(id).at(-2)
  const notes = useInGroup(id as GroupId).length
  const hangs = parent && phase !== 'ideal'
  if (!hangs && !isGroup) return null
  return (
    <span className={styles.below}>
      {isGroup && (
        <span className={styles.notes}>
          {notes} {notes === 1 ? 'note' : 'notes'}
        </span>
      )}
      {hangs && <Parent id={parent.outcome.id} phase={parent.phase} />}
    </span>
  )
}

function Parent({ id, phase }: { readonly id: OutcomeId; readonly phase: PhaseId }) {
  const words = useWords(id)
  return (
    <span className={`${styles.under} ph-${phase}`}>
      <Icon name={phase} className={styles.glyph} />
      <span className={styles.parent}>{words}</span>
    </span>
  )
}

function OwnerOf({ id }: { readonly id: OutcomeId }) {
  const plan = usePlan(id)
  const names = useDisplayNames()
  const name = plan.owner && ownerName(plan.owner, names)
  if (!name) return <span className={styles.unowned}>No owner yet</span>
  return (
    <span className={styles.owner}>
      <Avatar name={name} size="lg" />
      <span className={styles.name}>{name}</span>
      {plan.due !== null && <span className={styles.due}>{shortDay(plan.due, Date.now())}</span>}
    </span>
  )
}
