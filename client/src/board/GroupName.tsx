import type { GroupView } from '@quintet/shared/board'
import { LIMITS } from '@quintet/shared/limits'
import { TextField } from '../document/TextField.tsx'
import { useMay } from '../document/views.ts'
import { sayFull } from './fullField.ts'
import styles from './GroupCard.module.css'
import { quoted } from './words.ts'

interface GroupNameProps {
  readonly group: GroupView
  readonly naming: boolean
  /** @param byKey whether focus is to go back to the group. */
  readonly onDone: (byKey: boolean) => void
}

/** A group's name: to read, or to write in place. */
export function GroupName({ group, naming, onDone }: GroupNameProps) {
  const mayName = useMay('place', { phase: group.phase, author: null })
  if (naming)
    return (
      <TextField
        target={{ of: 'group', id: group.id }}
        most={LIMITS.groupName}
        label="Name of this group"
        placeholder="Name this group"
        onLimit={() => sayFull(LIMITS.groupName)}
        autoFocus
        className={styles.field}
        onDone={onDone}
      />
    )
  if (group.name.trim() === '')
    return <span className={styles.unnamed}>{mayName.allowed ? 'Name this group' : 'No name yet'}</span>
  return <span dir="auto">{group.phase === 'ideal' ? quoted(group.name) : group.name}</span>
}
