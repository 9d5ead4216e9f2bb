import type { PersonId, WorkshopId } from '@quintet/shared/ids'

/**
 * Where the browser keeps what was handed back: one entry of the local storage for each piece, so that two tabs which add
 * and take away at once never overwrite each other. A tab that keeps nothing asks no more of this than whether it does.
 */
export interface TrayOwner {
  readonly workshop: WorkshopId
  readonly person: PersonId
}

const nameOf = ({ workshop, person }: TrayOwner, key: string) => `quintet-tray ${workshop} ${person} ${key}`

/** Where the browser lets nothing be stored, or no more, it is kept as long as the page is. */
const memory = new Map<string, string>()
const CHANGED = 'quintet-tray'

/** The keys of what is kept for somebody, as an answer to whether anything is. */
export function keptKeys(owner: TrayOwner): readonly string[] {
  const start = nameOf(owner, '')
  return [...new Set([...storedNames(), ...memory.keys()])]
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length))
}

function storedNames(): readonly string[] {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

/** What is kept under a key; null where nothing is. */
export function readKept(owner: TrayOwner, key: string): string | null {
  const name = nameOf(owner, key)
  try {
    return memory.get(name) ?? localStorage.getItem(name)
  } catch {
    return memory.get(name) ?? null
  }
}

/** Keeps something, or forgets it with null. @returns whether that outlives the page. */
export function writeKept(owner: TrayOwner, key: string, value: string | null): boolean {
  const name = nameOf(owner, key)
  memory.delete(name)
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
    return true
  } catch {
    if (value !== null) memory.set(name, value)
    return value === null
  } finally {
    dispatchEvent(new Event(CHANGED))
  }
}

/** Tells of every change of what is kept, in this tab or another. @returns ends it. */
export function watchKept(changed: () => void): () => void {
  addEventListener(CHANGED, changed)
  addEventListener('storage', changed)
  return () => {
    removeEventListener(CHANGED, changed)
    removeEventListener('storage', changed)
  }
}
