import { PHASES, type PhaseId } from '@quintet/shared/phases'
import { useCallback } from 'react'
import { showToast } from '../ui/toasts.ts'
import { useCommand } from './useCommand.ts'

let asked: { readonly phase: PhaseId; readonly locked: boolean; readonly at: number } | null = null

/** So long after it was asked for, a lock that comes or goes may be this page's own, ms. */
const SOON = 5_000

/** Whether this page asked for it last, so that it has said so itself. The answer is given once. */
export function takeLocking(phase: PhaseId, locked: boolean): boolean {
  const isOwn = asked?.phase === phase && asked.locked === locked && performance.now() - asked.at < SOON
  if (isOwn) asked = null
  return isOwn
}

/** Locks a phase for everyone, or opens it again; a toast takes it back. */
export function useLocking(): (phase: PhaseId, locked: boolean) => Promise<void> {
  const command = useCommand()
  return useCallback(
    async (phase, locked) => {
      const send = async (locked: boolean) => {
        asked = { phase, locked, at: performance.now() }
        return command({ name: 'lock phase', phase, locked })
      }
      if (!(await send(locked))) return
      const { name } = PHASES[phase]
      showToast({
        icon: locked ? 'lock' : 'unlock',
        text: locked ? `${name} is locked: it can be read, not changed` : `${name} is open again`,
        action: { label: locked ? 'Unlock' : 'Lock again', run: () => void send(!locked) },
      })
    },
    [command],
  )
}
