import type { Role } from '@quintet/shared/stage'

/**
 * What is said while offline.
 * @param waiting edits that are not on the server yet.
 * @param loaded whether the workshop has come, so that there is something to see and to write in.
 */
export function offlineWords(
  role: Role,
  waiting: number,
  loaded: boolean,
): { readonly title: string; readonly text: string } {
  if (!loaded)
    return {
      title: 'The workshop cannot be reached.',
      text: 'What you wrote is safe. It opens by itself when the network or the server is back.',
    }
  if (role === 'observer')
    return {
      title: 'You are offline.',
      text: 'What you see may be old. It goes on by itself when the network is back.',
    }
  if (waiting === 0)
    return {
      title: 'You are offline. Keep going.',
      text: 'What you write now is kept in this tab and goes out when the network is back.',
    }
  return {
    title: 'You are offline. Keep going.',
    text: `Your ${waiting === 1 ? 'edit is' : `${waiting} edits are`} kept in this tab and ${waiting === 1 ? 'goes' : 'go'} out when the network is back.`,
  }
}
