import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useMemo } from 'react'
import { useMay, useWall } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import { useDropList } from './dragRegistry.ts'
import type { NoteList } from './lists.ts'
import { NoteItems } from './NoteItems.tsx'
import styles from './Wall.module.css'

/** Over so many notes a wall is dense, and what is far from the window is not laid out. */
const DENSE_OVER = 60

/** All notes of a phase in their order: row after row, so that reading order is keyboard order. */
export function Wall({ phase }: { readonly phase: PhaseId }) {
  const ids = useWall(phase)
  const list = useMemo((): NoteList => ({ kind: 'wall', phase }), [phase])
  const drop = useDropList(list, 'grid', 'on the wall')
  const mayAdd = useMay('add', { phase, author: null })
  const { one, many } = PHASES[phase]
  const dense = ids.length > DENSE_OVER
  return (
    <section ref={drop} aria-label={`All ${many}`} className={classes(styles.wall, `ph-${phase}`)}>
      <ol className={classes(styles.notes, dense && styles.dense)}>
        <NoteItems
          ids={ids}
          list={list}
          look={dense ? 'dense' : 'paper'}
          itemClass={styles.item}
          slotClass={styles.slot}
        />
      </ol>
      {ids.length === 0 && (
        <div className={styles.nothing}>
          <p className="voice">No {one} yet</p>
          <p>{mayAdd.allowed ? 'Write the first one above. Everyone sees it at once.' : mayAdd.reason}</p>
        </div>
      )}
    </section>
  )
}
