import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { lazy, type ReactNode, useMemo, useState } from 'react'
import { useBlocks, useBoard, useMay } from '../document/views.ts'
import { useTally } from '../document/votes.ts'
import { useSession } from '../session/SessionContext.tsx'
import { classes } from '../ui/classes.ts'
import { Part } from '../ui/Part.tsx'
import { useDropList } from './dragRegistry.ts'
import { useDrag, useDropInto } from './dropSlot.ts'
import { listKey, type NoteList } from './lists.ts'
import { useFlowItem } from './masonry.ts'
import styles from './Wall.module.css'
import { WallFoot } from './WallFoot.tsx'
import { WallItems } from './WallItems.tsx'

const GroupFlow = lazy(() => import('./GroupFlow.tsx').then((module) => ({ default: module.GroupFlow })))

/** Over so many notes a wall is dense, and what is far from the window is not laid out. */
const DENSE_OVER = 60

/** So many loose notes stand in one column of the flow; more of them take its whole width. */
const IN_A_COLUMN = 6

export interface WallProps {
  readonly phase: PhaseId
  /** What stands beside each group's name and at each loose note, such as its votes. The same function each time, or all notes render again. */
  readonly aside?: ((id: OutcomeId) => ReactNode) | undefined
  /** Whether that stands under a loose note, instead of in its foot. */
  readonly below?: boolean | undefined
  /** Groups and loose notes in another order than the wall's, such as by their votes. */
  readonly order?: readonly OutcomeId[]
}

/** All that stands in a phase, row after row, so that reading order is keyboard order: groups, then what is in none. */
export function Wall({ phase, aside, below = false, order }: WallProps) {
  const blocks = useBlocks(phase)
  const board = useBoard()
  // Where nothing was voted, the order is the wall's own, and is changed by hand.
  const voted = useTally(phase) !== null
  const ids = voted ? (order ?? blocks) : blocks
  const sorted = voted && order !== undefined
  const [groups, loose] = useMemo(() => {
    const groups = ids.filter((id) => board.group(id) !== undefined)
    return [groups, ids.filter((id) => board.group(id) === undefined) as NoteId[]]
  }, [ids, board])
  const grouped = groups.length > 0
  const mixed = sorted && grouped
  const lists = useLists(phase, sorted)
  const drop = useDropList<HTMLDivElement>(lists.groups, 'grid', 'among the groups')
  const [reached, setReached] = useState(false)
  const reach = reached ? undefined : () => setReached(true)
  const { many } = PHASES[phase]

  return (
    <section
      aria-label={`All ${many}`}
      className={classes(styles.wall, `ph-${phase}`)}
      onPointerOver={reach}
      onFocus={reach}
    >
      <div ref={drop} className={classes(grouped && styles.flow)}>
        {/* Whoever reaches for a note may group it: what shows groups has come by then. */}
        {(grouped || reached) && (
          <Part>
            <GroupFlow ids={mixed ? ids : groups} {...lists} aside={aside} below={below} />
          </Part>
        )}
        <Loose
          phase={phase}
          ids={mixed ? NONE : loose}
          list={lists.loose}
          grouped={grouped}
          aside={aside}
          below={below}
        />
      </div>
      <WallFoot phase={phase} />
    </section>
  )
}

function useLists(phase: PhaseId, sorted: boolean): { readonly groups: NoteList; readonly loose: NoteList } {
  return useMemo(
    () => ({ groups: { kind: 'groups', phase }, loose: { kind: sorted ? 'sorted' : 'wall', phase } }),
    [phase, sorted],
  )
}

const NONE: readonly NoteId[] = []

interface LooseProps extends Pick<WallProps, 'phase' | 'aside' | 'below'> {
  readonly ids: readonly NoteId[]
  readonly list: NoteList
  readonly grouped: boolean
}

/** The notes that stand in no group: all of the wall, or what is left beside its groups. */
function Loose({ phase, ids, list, grouped, aside, below = false }: LooseProps) {
  const drop = useDropList<HTMLDivElement>(list, 'grid', grouped ? 'in no group' : 'on the wall')
  const item = useFlowItem()
  const board = useBoard()
  const dragging = useDrag(({ dragged: [held] }) => held !== undefined && board.note(held) !== undefined)
  const target = useDropInto(listKey(list))
  const dense = ids.length > DENSE_OVER
  // Where all stand in groups, there is still a place to take one out to.
  const shown = ids.length > 0 || !grouped || dragging
  return (
    <div
      ref={item}
      className={classes(grouped && styles.rest, ids.length > IN_A_COLUMN && styles.wide, !shown && styles.gone)}
    >
      {grouped && shown && (
        <h2 className={styles.name}>
          Not in a group <span className={styles.count}>{ids.length}</span>
        </h2>
      )}
      <div ref={drop}>
        <ol className={classes(styles.notes, dense && styles.dense, grouped && styles.beside)}>
          <WallItems
            ids={ids}
            list={list}
            look={dense || grouped ? 'dense' : 'paper'}
            itemClass={styles.item}
            aside={aside}
            below={below}
          />
        </ol>
        {ids.length === 0 && grouped && dragging && (
          <p className={classes(styles.takeOut, target && styles.target)}>Take out of its group</p>
        )}
      </div>
      {ids.length === 0 && !grouped && <Nothing phase={phase} />}
    </div>
  )
}

function Nothing({ phase }: Pick<WallProps, 'phase'>) {
  const { me } = useSession()
  const mayAdd = useMay('add', { phase, author: me.id })
  const { one } = PHASES[phase]
  return (
    <div className={styles.nothing}>
      <p className="voice">No {one} yet</p>
      <p>{mayAdd.allowed ? 'Write the first one above. Everyone sees it at once.' : mayAdd.reason}</p>
    </div>
  )
}
