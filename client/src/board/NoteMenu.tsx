import type { NoteView } from '@quintet/shared/board'
import { isGroup } from '@quintet/shared/groups'
import { PHASES } from '@quintet/shared/phases'
import { useMay, useOutcome, useWall } from '../document/views.ts'
import { Menu, type MenuEntry } from '../ui/Menu.tsx'
import { GroupPicker } from './GroupPicker.tsx'
import { HangPicker } from './HangPicker.tsx'
import type { NoteList } from './lists.ts'
import { selectedWith, useSelection } from './selection.ts'
import { useGroupActions } from './useGroupActions.ts'
import { useHiding } from './useHiding.ts'
import { useNoteActions } from './useNoteActions.ts'
import { useParking } from './useParking.ts'
import { firstWords } from './words.ts'

interface NoteMenuProps {
  readonly note: NoteView
  readonly list: NoteList
  readonly showing: 'menu' | 'hang' | 'group'
  readonly anchor: HTMLElement
  readonly onEdit: () => void
  readonly selected: boolean
  readonly onHang: () => void
  readonly onGroup: () => void
  readonly onSelect: () => void
  readonly onClose: () => void
}

/** Everything that can be done to a note without dragging it, with the keys that do the same. */
export function NoteMenu(props: NoteMenuProps) {
  const { note, list, showing, anchor, selected, onEdit, onHang, onGroup, onSelect, onClose } = props
  const actions = useNoteActions()
  const subject = { phase: note.phase, author: note.author }
  const mayWrite = useMay('write', subject)
  const mayHang = useMay('hang', subject)
  const mayPlace = useMay('place', subject)
  const mayRemove = useMay('remove', { ...subject, note: note.id })
  const groups = useGroupActions()
  const parking = useParking(note.phase)
  const hiding = useHiding()
  const standsAs = useOutcome(note.id)
  const selection = useSelection(({ ids }) => ids)
  const { under } = PHASES[note.phase]
  const together = selectedWith(note.id, useWall(note.phase), selection)

  if (showing === 'group') return <GroupPicker notes={together} phase={note.phase} anchor={anchor} onClose={onClose} />
  if (showing === 'hang' && under)
    return (
      <HangPicker
        phase={under}
        now={note.under}
        anchor={anchor}
        onPick={(parent) => actions.hang(note.id, parent)}
        onClose={onClose}
      />
    )

  const why = (verdict: typeof mayWrite) => (verdict.allowed ? undefined : verdict.reason)
  const many = together.length > 1
  const entries: MenuEntry[] = [
    { label: 'Edit', icon: 'edit', keys: 'Enter', reason: why(mayWrite), run: onEdit },
    {
      label: many ? `Group these ${together.length} with…` : 'Group with…',
      icon: 'group',
      keys: 'G',
      reason: why(mayPlace),
      run: onGroup,
    },
    ...(under ? [{ label: 'Hang under…', icon: 'thread' as const, keys: 'H', reason: why(mayHang), run: onHang }] : []),
    ...(under && note.under !== null
      ? [
          {
            label: 'Take off the thread',
            icon: 'split' as const,
            reason: why(mayHang),
            run: () => actions.hang(note.id, null),
          },
        ]
      : []),
    ...(standsAs && isGroup(standsAs)
      ? [
          {
            label: 'Take out of group',
            icon: 'split' as const,
            reason: why(mayPlace),
            run: () => groups.takeOut(many ? together : [note.id]),
          },
        ]
      : []),
    {
      label: 'Move earlier',
      icon: 'left',
      keys: 'Alt ←',
      reason: why(mayPlace),
      run: () => actions.move(note.id, list, -1),
    },
    {
      label: 'Move later',
      icon: 'right',
      keys: 'Alt →',
      reason: why(mayPlace),
      run: () => actions.move(note.id, list, 1),
    },
    'separator',
    { label: selected ? 'Deselect' : 'Select', icon: 'check', keys: 'Space', reason: why(mayPlace), run: onSelect },
    ...parking.entries([note.id], note.text),
    ...hiding(note),
    { label: 'Remove', icon: 'remove', danger: true, reason: why(mayRemove), run: () => void actions.remove(note) },
  ]
  return (
    <Menu label={`For: ${firstWords(note.text)}`} anchor={anchor} align="end" entries={entries} onClose={onClose} />
  )
}
