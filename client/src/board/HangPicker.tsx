import type { OutcomeId } from '@quintet/shared/board'
import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useBlocks, useBoard } from '../document/views.ts'
import { PickList, type PickOption } from '../ui/PickList.tsx'
import { quoted } from './words.ts'

interface HangPickerProps {
  /** The phase whose notes and groups can be picked. */
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
  const ids = useBlocks(phase)
  const { one, many } = PHASES[phase]
  // A link to a note that was grouped since leads to its group.
  const hangsUnder = now === null ? undefined : board.outcome(now)?.id
  const options = ids.map((id): PickOption<OutcomeId> => {
    const label = phase === 'ideal' ? quoted(board.words(id)) : board.words(id)
    return { id, label, voice: true, checked: id === hangsUnder }
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
