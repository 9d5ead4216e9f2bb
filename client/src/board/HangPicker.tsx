import type { OutcomeId } from '@quintet/shared/board'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useBoard, useWall } from '../document/views.ts'
import { PickList, type PickOption } from '../ui/PickList.tsx'
import { quoted } from './words.ts'

interface HangPickerProps {
  /** The phase whose notes can be picked. */
  readonly phase: PhaseId
  /** What is picked now. */
  readonly now: OutcomeId | null
  readonly anchor: HTMLElement
  readonly onPick: (under: OutcomeId | null) => void
  readonly onClose: () => void
}

/** Picks what a note hangs under: a list that can be typed into. */
export function HangPicker({ phase, now, anchor, onPick, onClose }: HangPickerProps) {
  const board = useBoard()
  const ids = useWall(phase)
  const { one, many } = PHASES[phase]
  const options: PickOption<OutcomeId>[] = ids.flatMap((id) => {
    const note = board.note(id)
    if (!note) return []
    const label = phase === 'ideal' ? quoted(note.text) : note.text
    return [{ id, label, voice: true, checked: id === now }]
  })
  return (
    <PickList
      label="Hang under"
      anchor={anchor}
      options={options}
      placeholder={`Hang under which ${one}?`}
      none={ids.length === 0 ? `There are no ${many} yet.` : `No ${one} has these words.`}
      {...(now === null ? {} : { extra: { icon: 'split', label: () => `Under no ${one}`, run: () => onPick(null) } })}
      onPick={onPick}
      onClose={onClose}
    />
  )
}
