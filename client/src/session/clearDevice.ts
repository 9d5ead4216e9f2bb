import type { WorkshopId } from '@quintet/shared/ids'
import { copyNames } from './deviceMemory.ts'
import { forget, tellLeft } from './leftElsewhere.ts'

/** How long other tabs may take to let go of a copy, ms: it is deleted as soon as they do. */
const PATIENCE = 3_000

/**
 * Tells the other tabs of this browser to leave a workshop, and deletes everything that this device keeps of it: all
 * copies, and what stands under a name with its id.
 */
export async function clearDevice(workshop: WorkshopId): Promise<void> {
  tellLeft(workshop)
  const names = await copiesOf(workshop)
  for (const storage of [localStorage, sessionStorage]) forget(workshop, storage)
  const deleted = Promise.all(names.map(deleteDatabase))
  await Promise.race([deleted, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
}

/** The names of all copies of a workshop. Some browsers do not list them: there, those that were remembered. */
export async function copiesOf(workshop: WorkshopId): Promise<readonly string[]> {
  // Typed as always there.
  const list = indexedDB.databases as IDBFactory['databases'] | undefined
  if (!list) return copyNames(workshop)
  const databases = await list.call(indexedDB)
  return databases.flatMap(({ name }) => (name?.startsWith(`quintet:${workshop}:`) ? name : []))
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}
