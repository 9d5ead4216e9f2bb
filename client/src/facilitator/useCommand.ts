import { useCallback } from 'react'
import { useSession, useSessionState } from '../session/SessionContext.tsx'
import { showToast } from '../ui/toasts.ts'

type Command = Parameters<ReturnType<typeof useSession>['command']>[0]

/**
 * Why nothing can be commanded now, for buttons to say; undefined when it can.
 * @param waits what waits while one is offline, as a sentence.
 */
export function useWhyNot(waits = 'This moves everyone, so it waits until you are back.'): string | undefined {
  const state = useSessionState()
  switch (state.is) {
    case 'live':
      return undefined
    case 'offline':
      return `You are offline. ${waits}`
    case 'joining':
    case 'loading':
      return 'The workshop is still being opened. A moment.'
    case 'refused':
    case 'removed':
      return state.reason
  }
}

/**
 * Sends a command; what the server refuses is told as a toast.
 * @returns whether it was done.
 */
export function useCommand(): (command: Command) => Promise<boolean> {
  const session = useSession()
  return useCallback(
    async (command) => {
      const reply = await session.command(command)
      if (!reply.ok) showToast({ text: reply.message, icon: 'warning' })
      return reply.ok
    },
    [session],
  )
}
