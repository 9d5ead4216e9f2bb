import { isGroup } from '@quintet/shared/groups'
import type { GroupId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { useBlocks, useBoard } from '../document/views.ts'
import { PickList, type PickOption } from '../ui/PickList.tsx'
import { useGroupActions } from './useGroupActions.ts'
import { counted } from './words.ts'

interface MergePickerProps {
  readonly group: GroupId
  readonly phase: PhaseId
  readonly anchor: HTMLElement
  readonly onClose: () => void
}

/** Picks the group that another is merged into. */
export function MergePicker({ group, phase, anchor, onClose }: MergePickerProps) {
  const board = useBoard()
  const blocks = useBlocks(phase)
  const actions = useGroupActions()
  const options = blocks.flatMap((id): PickOption<GroupId>[] => {
    const outcome = board.outcome(id)
    if (!outcome || !isGroup(outcome) || outcome.id === group) return []
    const detail = counted(board.inGroup(outcome.id).length, 'note', 'notes')
    return [{ id: outcome.id, label: board.words(id) || 'Group without a name', voice: true, detail }]
  })
  return (
    <PickList
      label="Merge into"
      anchor={anchor}
      options={options}
      placeholder="Merge into which group?"
      none={options.length === 0 ? 'There is no other group.' : 'No group has these words.'}
      onPick={(into) => actions.merge(group, into)}
      onClose={onClose}
    />
  )
}
