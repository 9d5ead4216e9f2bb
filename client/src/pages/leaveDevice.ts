import type { WorkshopId } from '@quintet/shared/ids'
import { clearDevice } from '../session/clearDevice.ts'
import { forgetVisit } from './recent.ts'

/** Deletes what this device keeps of a workshop, and goes to the home page. */
export async function leaveDevice(workshop: WorkshopId): Promise<void> {
  forgetVisit(workshop)
  // Where the browser keeps nothing there is nothing to delete.
  await clearDevice(workshop).catch(() => undefined)
  // A page of its own, so that nothing of the workshop stays in memory either.
  location.replace('/')
}
