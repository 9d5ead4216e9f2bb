import type { OutcomeId, PlanText } from '@quintet/shared/board'
import { useDisplayNames, useEditors } from '../document/views.ts'
import { classes } from '../ui/classes.ts'
import styles from './EditingFlag.module.css'
import { namesTogether } from './words.ts'

interface EditingFlagProps {
  readonly id: OutcomeId
  readonly field?: PlanText
  readonly className?: string | undefined
}

/** Who else writes here now: a flag at the corner, and a ring around what it stands in. */
export function EditingFlag({ id, field, className }: EditingFlagProps) {
  const editors = useEditors(id, field)
  return editors.length === 0 ? null : <Flag editors={editors} className={className} />
}

function Flag({
  editors,
  className,
}: {
  readonly editors: ReturnType<typeof useEditors>
  readonly className: string | undefined
}) {
  const names = useDisplayNames()
  const who = editors.map((id) => names.get(id) ?? 'Somebody')
  return (
    <span className={classes(styles.ring, className)}>
      <span className={styles.flag}>
        {namesTogether(who)} {who.length === 1 ? 'is' : 'are'} editing
      </span>
    </span>
  )
}
