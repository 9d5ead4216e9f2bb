import type { NoteView } from '@quintet/shared/board'
import { PHASES } from '@quintet/shared/phases'
import { useMay } from '../document/views.ts'
import { Menu, type MenuEntry } from '../ui/Menu.tsx'
import { HangPicker } from './HangPicker.tsx'
import type { NoteList } from './lists.ts'
import { useNoteActions } from './useNoteActions.ts'
import { firstWords } from './words.ts'

interface NoteMenuProps {
  readonly note: NoteView
  readonly list: NoteList
  readonly showing: 'menu' | 'hang'
  readonly anchor: HTMLElement
  readonly onEdit: () => void
  readonly onHang: () => void
  readonly onClose: () => void
}

/** Everything that can be done to a note without dragging it, with the keys that do the same. */
export function NoteMenu({ note, list, showing, anchor, onEdit, onHang, onClose }: NoteMenuProps) {
  const actions = useNoteActions()
  const subject = { phase: note.phase, author: note.author }
  const mayWrite = useMay('write', subject)
  const mayHang = useMay('hang', subject)
  const mayPlace = useMay('place', subject)
  const mayRemove = useMay('remove', subject)
  const { under } = PHASES[note.phase]

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
  const entries: MenuEntry[] = [
    { label: 'Edit', icon: 'edit', keys: 'Enter', reason: why(mayWrite), run: onEdit },
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
    { label: 'Remove', icon: 'remove', danger: true, reason: why(mayRemove), run: () => actions.remove(note) },
  ]
  return (
    <Menu label={`For: ${firstWords(note.text)}`} anchor={anchor} align="end" entries={entries} onClose={onClose} />
  )
}
