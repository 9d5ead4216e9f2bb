import type { OutcomeId } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import { useOutcome } from '../document/views.ts'
import { DropLine } from './DropLine.tsx'
import { GroupCard } from './GroupCard.tsx'
import styles from './GroupFlow.module.css'
import { listKey, type NoteList } from './lists.ts'
import { useFlowItem } from './masonry.ts'
import type { WallProps } from './Wall.tsx'
import { WallItems } from './WallItems.tsx'

type Asides = Pick<WallProps, 'aside' | 'below'>

interface GroupFlowProps extends Asides {
  /** What stands in the flow, in order: groups, and where the wall is sorted by votes loose notes too. */
  readonly ids: readonly OutcomeId[]
  readonly groups: NoteList
  readonly loose: NoteList
}

/** The groups of a wall in columns, each under what stands above it. */
export function GroupFlow({ ids, ...rest }: GroupFlowProps) {
  return (
    <ol className={styles.flow}>
      {ids.map((id) => (
        <Block key={id} id={id} {...rest} />
      ))}
    </ol>
  )
}

function Block({ id, groups, loose, aside, below = false }: Omit<GroupFlowProps, 'ids'> & { readonly id: OutcomeId }) {
  const outcome = useOutcome(id)
  const item = useFlowItem()
  if (!outcome) return null
  if (!isGroup(outcome))
    return (
      <li ref={item} className={styles.item}>
        <ol>
          <WallItems
            ids={[outcome.id]}
            list={loose}
            look="paper"
            itemClass={styles.loose}
            aside={aside}
            below={below}
          />
        </ol>
      </li>
    )
  return (
    <li ref={item} className={styles.item}>
      <GroupCard id={outcome.id} list={groups} aside={aside?.(outcome.id)} />
      <DropLine list={listKey(groups)} id={outcome.id} />
    </li>
  )
}
