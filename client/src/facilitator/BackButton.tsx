import { useStage } from '../document/views.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { once } from './clicks.ts'
import styles from './MoveButtons.module.css'
import { neighbour } from './moves.ts'
import { useCommand, useWhyNot } from './useCommand.ts'

/** Moves everyone to the step before. */
export function BackButton() {
  const agenda = useStage((stage) => stage.agenda)
  const at = useStage((stage) => stage.at)
  const command = useCommand()
  const reason = useWhyNot()
  const move = neighbour({ agenda, at }, -1)
  return (
    <IconButton
      icon="left"
      label={move ? `Back to ${move.name}` : 'Back'}
      className={styles.back}
      reason={move ? reason : 'This is the first step.'}
      {...once(() => {
        if (move) void command({ name: 'move', from: at, to: move.to })
      })}
    />
  )
}
