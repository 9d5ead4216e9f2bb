import { PHASES } from '@quintet/shared/phases'
import { useStage } from '../document/views.ts'
import type { MenuEntry } from '../ui/Menu.tsx'
import { MenuButton } from '../ui/MenuButton.tsx'
import styles from './BarMenu.module.css'
import { setMuted, useMuted } from './chime.ts'
import { moveTo, neighbour } from './moves.ts'
import { useCommand, useWhyNot } from './useCommand.ts'
import { useMoveGroup } from './useMoveGroup.ts'

const MINUTE = 60_000

interface BarMenuProps {
  readonly leads: boolean
  /** A phone's bar has no room for the step back and the timer's rarer controls: the menu has them. */
  readonly phone: boolean
}

/** What the bar has no room for: any phase, the timer's sound, closing and reopening. */
export function BarMenu({ leads, phone }: BarMenuProps) {
  const agenda = useStage((stage) => stage.agenda)
  const at = useStage((stage) => stage.at)
  const resume = useStage((stage) => stage.resume)
  const closed = useStage((stage) => stage.state === 'closed')
  const muted = useMuted((sound) => sound.muted)
  const command = useCommand()
  const moveGroup = useMoveGroup()
  const reason = useWhyNot()

  const jumps = (): readonly MenuEntry[] => [
    { heading: 'Take everyone to' },
    ...agenda.phases.map(({ phase }): MenuEntry => {
      const move = moveTo({ agenda, at, resume }, phase)
      return {
        label: PHASES[phase].name,
        icon: phase,
        checked: phase === at.phase,
        reason,
        run: () => {
          if (move && phase !== at.phase) void moveGroup(at, move)
        },
      }
    }),
    'separator',
  ]

  const timer = (): readonly MenuEntry[] => [
    { label: 'Add one minute', icon: 'plus', reason, run: () => void command({ name: 'extend timer', by: MINUTE }) },
    { label: 'Reset the timer', icon: 'reset', reason, run: () => void command({ name: 'reset timer' }) },
  ]

  const back = (): readonly MenuEntry[] => {
    const move = neighbour({ agenda, at }, -1)
    return move ? [{ label: `Back to ${move.name}`, icon: 'left', reason, run: () => void moveGroup(at, move) }] : []
  }

  const entries = (): readonly MenuEntry[] => [
    ...(leads && closed
      ? [
          {
            label: 'Reopen the workshop',
            icon: 'unlock' as const,
            reason,
            run: () => void command({ name: 'reopen workshop' }),
          },
        ]
      : []),
    ...(leads && !closed ? [...jumps(), ...(phone ? [...back(), ...timer()] : [])] : []),
    {
      label: muted ? 'Let the timer sound at its end' : 'Keep the timer silent',
      icon: 'clock',
      run: () => setMuted(!muted),
    },
  ]

  return (
    <MenuButton
      label={leads ? 'More for this step' : 'The timer’s sound'}
      entries={entries}
      className={styles.button}
    />
  )
}
