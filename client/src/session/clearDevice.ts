import type { WorkshopId } from '@quintet/shared/ids'

/** How long other tabs may take to let go of a copy, ms: it is deleted as soon as they do. */
const PATIENCE = 3_000

/** Deletes everything that this device keeps of a workshop: all copies, and what stands under a name with its id. */
export async function clearDevice(workshop: WorkshopId): Promise<void> {
  for (const storage of [localStorage, sessionStorage])
    for (const key of Object.keys(storage)) if (key.includes(workshop)) storage.removeItem(key)
  const databases = await indexedDB.databases()
  const names = databases.flatMap(({ name }) => (name?.startsWith(`quintet:${workshop}:`) ? name : []))
  const deleted = Promise.all(names.map(deleteDatabase))
  await Promise.race([deleted, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}
