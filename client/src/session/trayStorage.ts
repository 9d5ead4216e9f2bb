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

/** What is to be kept under a key; null to forget it. */
export type Entry = readonly [key: string, value: string | null]

/** Keeps and forgets several things, and tells of it once. @returns whether all of it outlives the page. */
export function writeKept(owner: TrayOwner, entries: readonly Entry[]): boolean {
  const lasting = entries.map(([key, value]) => write(entryName(owner, key), value))
  if (entries.length > 0) dispatchEvent(new Event(CHANGED))
  return lasting.every(Boolean)
}

function write(name: string, value: string | null): boolean {
  inThisPage.delete(name)
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
    return true
  } catch {
    if (value !== null) inThisPage.set(name, value)
    return value === null
  }
}
