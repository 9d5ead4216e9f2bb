import { PHASES } from '@quintet/shared/phases'
import { positionOf } from '@quintet/shared/stage'
import { useStage } from '../document/views.ts'
import type { MenuEntry } from '../ui/Menu.tsx'
import { useLocking } from './locking.ts'
import { useWhyNot } from './useCommand.ts'

/** What a facilitator's menu has about locks: one entry for each phase that the group has reached. */
export function useLockEntries(): () => readonly MenuEntry[] {
  const locks = useStage((stage) => stage.locks)
  const reached = useStage((stage) =>
    stage.agenda.phases.map(({ phase }) => phase).filter((phase) => ['past', 'now'].includes(positionOf(stage, phase))),
  )
  const lock = useLocking()
  const reason = useWhyNot('A lock holds for everyone, so it waits until you are back.')
  return () => [
    { heading: 'Lock a phase' },
    ...reached.map((phase): MenuEntry => {
      const locked = locks[phase] !== undefined
      return {
        label: `${locked ? 'Unlock' : 'Lock'} ${PHASES[phase].name}`,
        icon: locked ? 'unlock' : 'lock',
        reason,
        run: () => void lock(phase, !locked),
      }
    }),
    'separator',
  ]
}
