import type { Owner } from '@quintet/shared/board'
import type { PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { counted } from '../board/words.ts'
import { useBoard, useDisplayNames, usePeople } from '../document/views.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { PickList, type PickOption } from '../ui/PickList.tsx'
import { candidates } from './ownership.ts'

interface AssignPickerProps {
  readonly now: Owner | null
  readonly anchor: HTMLElement
  readonly onPick: (owner: Owner) => void
  readonly onClose: () => void
}

/** Picks an owner: one of the workshop's people, or somebody who is not here by name. */
export function AssignPicker({ now, anchor, onPick, onClose }: AssignPickerProps) {
  const board = useBoard()
  const people = usePeople()
  const names = useDisplayNames()
  const plans = board.wall('actions').map(({ id }) => board.plan(id))
  const options: PickOption<PersonId>[] = candidates(people.values(), names, plans).map(({ id, name, actions }) => ({
    id,
    label: name,
    before: <Avatar name={name} />,
    detail: actions === 0 ? 'no action yet' : counted(actions, 'action', 'actions'),
    checked: now !== null && 'person' in now && now.person === id,
  }))
  return (
    <PickList
      label="Assign to"
      anchor={anchor}
      options={options}
      placeholder="Assign to…"
      none="Nobody here has this name."
      most={LIMITS.name}
      extra={{
        icon: 'plus',
        label: (typed) => (typed === '' ? 'Someone not here' : `Someone not here: ${typed}`),
        ask: 'Their name',
        run: (typed) => typed !== '' && onPick({ name: typed }),
      }}
      onPick={(person) => onPick({ person })}
      onClose={onClose}
    />
  )
}
