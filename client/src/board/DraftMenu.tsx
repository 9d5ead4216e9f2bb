import type { DraftView } from '@quintet/shared/notebook'
import { PHASES } from '@quintet/shared/phases'
import { Menu, type MenuEntry } from '../ui/Menu.tsx'
import { copyWords } from './copyWords.ts'
import { HangPicker } from './HangPicker.tsx'
import { leaving } from './noteFocus.ts'
import { useDraftActions } from './useDraftActions.ts'
import { firstWords } from './words.ts'

interface DraftMenuProps {
  readonly draft: DraftView
  readonly showing: 'menu' | 'hang'
  readonly anchor: HTMLElement
  readonly onEdit: () => void
  readonly onHang: () => void
  readonly onClose: () => void
}

/** Everything that can be done to a draft. */
export function DraftMenu({ draft, showing, anchor, onEdit, onHang, onClose }: DraftMenuProps) {
  const actions = useDraftActions()
  const { under } = PHASES[draft.phase]
  if (showing === 'hang' && under)
    return (
      <HangPicker
        phase={under}
        now={draft.under}
        anchor={anchor}
        onPick={(parent) => actions.hang(draft.id, parent)}
        onClose={onClose}
      />
    )
  const remove = () => {
    const leave = leaving(draft.id)
    actions.remove(draft)
    leave()
  }
  const entries: MenuEntry[] = [
    { label: 'Edit', icon: 'edit', keys: 'Enter', run: onEdit },
    ...(under ? [{ label: 'Hang under…', icon: 'thread' as const, keys: 'H', run: onHang }] : []),
    ...(under && draft.under !== null
      ? [{ label: 'Take off the thread', icon: 'split' as const, run: () => actions.hang(draft.id, null) }]
      : []),
    { label: 'Copy', icon: 'copy', run: () => void copyWords(draft.text) },
    'separator',
    { label: 'Remove', icon: 'remove', danger: true, run: remove },
  ]
  return (
    <Menu label={`For: ${firstWords(draft.text)}`} anchor={anchor} align="end" entries={entries} onClose={onClose} />
  )
}
