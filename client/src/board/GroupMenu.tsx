import type { GroupView } from '@quintet/shared/board'
import { useMay, useWords } from '../document/views.ts'
import { Menu, type MenuEntry } from '../ui/Menu.tsx'
import { MergePicker } from './MergePicker.tsx'
import { useGroupActions } from './useGroupActions.ts'
import { useParking } from './useParking.ts'
import { firstWords } from './words.ts'

interface GroupMenuProps {
  readonly group: GroupView
  readonly showing: 'menu' | 'merge'
  readonly anchor: HTMLElement
  readonly onName: () => void
  readonly onMerge: () => void
  readonly onClose: () => void
}

/** Everything that can be done to a group without dragging, with the keys that do the same. */
export function GroupMenu({ group, showing, anchor, onName, onMerge, onClose }: GroupMenuProps) {
  const { id, phase } = group
  const actions = useGroupActions()
  const parking = useParking(phase)
  const mayPlace = useMay('place', { phase, author: null })
  const words = useWords(id)
  if (showing === 'merge') return <MergePicker group={id} phase={phase} anchor={anchor} onClose={onClose} />

  const reason = mayPlace.allowed ? undefined : mayPlace.reason
  const entries: MenuEntry[] = [
    { label: group.name.trim() === '' ? 'Name' : 'Rename', icon: 'edit', keys: 'Enter', reason, run: onName },
    { label: 'Merge into…', icon: 'group', keys: 'G', reason, run: onMerge },
    { label: 'Move earlier', icon: 'left', keys: 'Alt ←', reason, run: () => actions.move(id, -1) },
    { label: 'Move later', icon: 'right', keys: 'Alt →', reason, run: () => actions.move(id, 1) },
    'separator',
    { label: 'Split into single notes', icon: 'split', reason, run: () => actions.split(id) },
    ...parking.entries([id], words),
  ]
  return (
    <Menu
      label={`For the group: ${firstWords(words)}`}
      anchor={anchor}
      align="end"
      entries={entries}
      onClose={onClose}
    />
  )
}
