import { ApiError, leave } from '../api.ts'
import { clearDevice } from '../session/clearDevice.ts'
import type { Session } from '../session/session.ts'
import { forgetVisit } from './recent.ts'

/**
 * Gives up the seats of this browser, deletes what this device keeps of a workshop, and goes to the home page.
 * @param seatToo false leaves the seats, where the server cannot be asked for them.
 * @throws {ApiError} where the server does not take the seats; the session goes on then, and nothing is deleted.
 */
export async function leaveDevice(session: Pick<Session, 'workshop' | 'close'>, seatToo: boolean): Promise<void> {
  const { workshop } = session
  if (seatToo) await leave(workshop).catch(unlessGone)
  session.close()
  forgetVisit(workshop)
  // Where the browser keeps nothing there is nothing to delete.
  await clearDevice(workshop).catch(() => undefined)
  // A page of its own, so that nothing of the workshop stays in memory either.
  location.replace('/')
}

/** In a workshop that is no more, nobody has a seat. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 'no-workshop')) throw error
}
