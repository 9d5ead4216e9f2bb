import type { AgendaPoint } from '@quintet/shared/agenda'
import { useCallback } from 'react'
import { showToast } from '../ui/toasts.ts'
import type { Move } from './moves.ts'
import { useCommand } from './useCommand.ts'

/**
 * Moves the group from where this screen saw it. The toast takes the move back with one button, for as long as it stands.
 */
export function useMoveGroup(): (from: AgendaPoint, move: Move) => Promise<void> {
  const command = useCommand()
  return useCallback(
    async (from, { to, name }) => {
      if (!(await command({ name: 'move', from, to }))) return
      showToast({
        text: `Everyone is in ${name} now`,
        icon: 'check',
        action: { label: 'Take back', run: () => void command({ name: 'move', from: to, to: from }) },
      })
    },
    [command],
  )
}
