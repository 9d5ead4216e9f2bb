import type { Role } from '@quintet/shared/stage'
import type { DeviceState } from '../session/deviceCopies.ts'

/** What else decides how being offline is put. */
interface OfflinePage {
  /** Whether the workshop has come, so that there is something to see and to write in. */
  readonly loaded: boolean
  /** Whether what one writes is kept on this device. */
  readonly device: DeviceState
  /** What the server said when it sent this person away for a while. */
  readonly reason?: string | undefined
}

/**
 * What is said while offline.
 * @param waiting edits that are not on the server yet.
 */
export function offlineWords(
  role: Role,
  waiting: number,
  { loaded, device, reason }: OfflinePage,
): { readonly title: string; readonly text: string } {
  if (!loaded)
    return {
      title: reason ?? 'The workshop cannot be reached.',
      text: 'What you wrote is safe. It opens by itself when the network or the server is back.',
    }
  if (role === 'observer')
    return {
      title: reason ?? 'You are offline.',
      text: 'What you see may be old. It goes on by itself when the network is back.',
    }
  const where = device === 'kept' ? 'on this device' : 'in this tab'
  const when = reason === undefined ? 'when the network is back' : 'with the next try'
  const title = reason ?? 'You are offline. Keep going.'
  if (waiting === 0) return { title, text: `What you write now is kept ${where} and goes out ${when}.` }
  const [edits, go] = waiting === 1 ? ['Your edit is', 'goes'] : [`Your ${waiting} edits are`, 'go']
  return { title, text: `${edits} kept ${where} and ${go} out ${when}.` }
}
