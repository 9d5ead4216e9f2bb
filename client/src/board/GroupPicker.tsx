import type { OutcomeId } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type { PhaseId } from '@quintet/shared/phases'
import { useBlocks, useBoard } from '../document/views.ts'
import { PickList, type PickOption } from '../ui/PickList.tsx'
import { useGroupActions } from './useGroupActions.ts'
import { counted } from './words.ts'

interface GroupPickerProps {
  /** The notes that are to be grouped. */
  readonly notes: readonly NoteId[]
  readonly phase: PhaseId
  readonly anchor: HTMLElement
  readonly onClose: () => void
}

/** Picks what notes are grouped with, groups first: a list that can be typed into. New words name a new group. */
export function GroupPicker({ notes, phase, anchor, onClose }: GroupPickerProps) {
  const board = useBoard()
  const blocks = useBlocks(phase)
  const actions = useGroupActions()
  const chosen = new Set<OutcomeId>(notes)
  const standsIn = notes.length === 1 && notes[0] ? board.outcome(notes[0])?.id : undefined
  const groups: PickOption<OutcomeId>[] = []
  const loose: PickOption<OutcomeId>[] = []
  for (const id of blocks) {
    const group = board.group(id)
    if (group) {
      if (id === standsIn) continue
      const detail = counted(board.inGroup(group.id).length, 'note', 'notes')
      groups.push({ id, label: board.words(id) || 'Group without a name', voice: true, detail })
    } else if (!chosen.has(id)) loose.push({ id, label: board.words(id) })
  }
  return (
    <PickList
      label="Group with"
      anchor={anchor}
      options={[...groups, ...loose]}
      placeholder="A group, a note, or a new name"
      none="No group or note has these words."
      most={LIMITS.groupName}
      extra={{
        icon: 'plus',
        label: (typed) => (typed === '' ? 'New group' : `New group: ${typed}`),
        run: (typed) => actions.make(notes, typed),
      }}
      onPick={(onto) => actions.group(notes, onto)}
      onClose={onClose}
    />
  )
}
