import { CHANGED, entryName, inThisPage, type TrayOwner } from './trayKeys.ts'

/** What is kept under a key; null where nothing is. */
export function readKept(owner: TrayOwner, key: string): string | null {
  const name = entryName(owner, key)
  try {
    return inThisPage.get(name) ?? localStorage.getItem(name)
  } catch {
    return inThisPage.get(name) ?? null
  }
}

/** Keeps something, or forgets it with null. @returns whether that outlives the page. */
export function writeKept(owner: TrayOwner, key: string, value: string | null): boolean {
  const name = entryName(owner, key)
  inThisPage.delete(name)
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
    return true
  } catch {
    if (value !== null) inThisPage.set(name, value)
    return value === null
  } finally {
    dispatchEvent(new Event(CHANGED))
  }
}
