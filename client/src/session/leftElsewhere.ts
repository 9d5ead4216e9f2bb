import type { WorkshopId } from '@quintet/shared/ids'

/** Set and taken away at once: the browser tells other tabs of it, and nothing of it stays. */
const LEFT = 'quintet-left'

/** Tells the other tabs of this browser that a workshop is left, and what the device keeps of it cleared. */
export function tellLeft(workshop: WorkshopId): void {
  localStorage.setItem(LEFT, workshop)
  localStorage.removeItem(LEFT)
}

/** Deletes what stands in a storage under a name with a workshop's id. */
export function forget(workshop: WorkshopId, storage: Storage): void {
  for (const key of Object.keys(storage)) if (key.includes(workshop)) storage.removeItem(key)
}

/** Calls back once another tab leaves a workshop and clears the device; this tab keeps nothing of it then. @returns ends it. */
export function onLeft(workshop: WorkshopId, left: () => void): () => void {
  const heard = ({ key, newValue }: StorageEvent) => {
    if (key !== LEFT || newValue !== workshop) return
    forget(workshop, sessionStorage)
    left()
  }
  addEventListener('storage', heard)
  return () => removeEventListener('storage', heard)
}
