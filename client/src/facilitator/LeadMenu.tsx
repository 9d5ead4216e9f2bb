import { samePoint } from '@quintet/shared/agenda'
import { PHASES, STEPS } from '@quintet/shared/phases'
import { lazy, useState } from 'react'
import { createPortal } from 'react-dom'
import { useStage } from '../document/views.ts'
import type { MenuEntry } from '../ui/Menu.tsx'
import { MenuButton } from '../ui/MenuButton.tsx'
import { Part } from '../ui/Part.tsx'
import styles from './BarMenu.module.css'
import { type Move, moveTo, neighbour } from './moves.ts'
import { useSoundEntry } from './sound.ts'
import { useCommand, useWhyNot } from './useCommand.ts'
import { useLockEntries } from './useLockEntries.ts'
import { useRevote } from './useRevote.ts'

const RemovedDialog = lazy(() => import('./RemovedDialog.tsx').then((module) => ({ default: module.RemovedDialog })))

const MINUTE = 60_000

/**
 * What a facilitator's bar has no room for: any step and any phase, their locks, a vote that was closed, the timer's sound,
 * what was removed, reopening.
 * @param tight whether the bar has no room for the step back and the timer's rarer controls either.
 */
export function LeadMenu({ tight }: { readonly tight: boolean }) {
  const agenda = useStage((stage) => stage.agenda)
  const at = useStage((stage) => stage.at)
  const resume = useStage((stage) => stage.resume)
  const closed = useStage((stage) => stage.state === 'closed')
  const revote = useRevote(at.phase)
  const sound = useSoundEntry()
  const locks = useLockEntries()
  const [removed, setRemoved] = useState(false)
  const command = useCommand()
  const reason = useWhyNot()
  const go = ({ to }: Move) => {
    if (!samePoint(at, to)) void command({ name: 'move', from: at, to })
  }

  const steps = (): readonly MenuEntry[] => {
    const { steps } = agenda.phases.find(({ phase }) => phase === at.phase) ?? { steps: [] }
    if (steps.length < 2) return []
    return [
      { heading: `Steps of ${PHASES[at.phase].name}` },
      ...steps.map(
        ({ id, kind }, index): MenuEntry => ({
          // A step that is repeated has its number: entries are told apart by their words.
          label: steps.some((each, other) => each.kind === kind && other < index)
            ? `${STEPS[kind].name} (step ${index + 1})`
            : STEPS[kind].name,
          checked: id === at.step,
          reason,
          run: () => go({ to: { phase: at.phase, step: id }, name: STEPS[kind].name }),
        }),
      ),
      'separator',
    ]
  }

  const phases = (): readonly MenuEntry[] => [
    { heading: 'Take everyone to' },
    ...agenda.phases.map(({ phase }): MenuEntry => {
      const move = moveTo({ agenda, at, resume }, phase)
      return {
        label: PHASES[phase].name,
        icon: phase,
        checked: phase === at.phase,
        reason,
        run: () => {
          if (move && phase !== at.phase) go(move)
        },
      }
    }),
    'separator',
  ]

  const votes = (): readonly MenuEntry[] =>
    revote
      ? [
          {
            label: 'Reopen the vote, with its dots',
            icon: 'unlock',
            reason: reason ?? revote.sealed,
            run: revote.reopen,
          },
          { label: 'Vote again, from the start', icon: 'reset', reason, run: revote.again },
          'separator',
        ]
      : []

  const timer = (): readonly MenuEntry[] => [
    { label: 'Add one minute', icon: 'plus', reason, run: () => void command({ name: 'extend timer', by: MINUTE }) },
    { label: 'Reset the timer', icon: 'reset', reason, run: () => void command({ name: 'reset timer' }) },
  ]

  const back = (): readonly MenuEntry[] => {
    const move = neighbour({ agenda, at }, -1)
    return move ? [{ label: `Back to ${move.name}`, icon: 'left', reason, run: () => go(move) }] : []
  }

  const reopen = (): MenuEntry => ({
    label: 'Reopen the workshop',
    icon: 'unlock',
    reason,
    run: () => void command({ name: 'reopen workshop' }),
  })

  const entries = (): readonly MenuEntry[] => [
    ...(closed
      ? [reopen()]
      : [...steps(), ...phases(), ...votes(), ...locks(), ...(tight ? [...back(), ...timer()] : [])]),
    { label: 'Removed notes', icon: 'remove', run: () => setRemoved(true) },
    sound,
  ]

  return (
    <>
      <MenuButton label="More for this step" entries={entries} className={styles.button} />
      {removed &&
        // Outside of the bar, which is dark in both themes.
        createPortal(
          <Part onFailed={() => setRemoved(false)}>
            <RemovedDialog onClose={() => setRemoved(false)} />
          </Part>,
          document.body,
        )}
    </>
  )
}
