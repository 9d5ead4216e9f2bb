import type { PersonId, WorkshopId } from '@quintet/shared/ids'

/**
 * Where the browser keeps what was handed back: one entry of the local storage for each piece, so that two tabs which add
 * and take away at once never overwrite each other. Of this alone everybody has to load something: whether there is any.
 */
export interface TrayOwner {
  readonly workshop: WorkshopId
  readonly person: PersonId
}

/** The name of an entry; without a key, what the names of all begin with. */
export const entryName = ({ workshop, person }: TrayOwner, key = '') => `quintet-tray ${workshop} ${person} ${key}`

/** Where the browser lets nothing be stored, or no more, it is kept as long as the page is. */
export const inThisPage = new Map<string, string>()

/** Tells of a change in this tab, as `storage` does of one in another. */
export const CHANGED = 'quintet-tray'

/** The keys of what is kept for somebody. */
export function keptKeys(owner: TrayOwner): readonly string[] {
  const start = entryName(owner)
  const names = [...inThisPage.keys()]
  try {
    names.push(...Object.keys(localStorage))
  } catch {
    // There is none.
  }
  return names.flatMap((name) => (name.startsWith(start) ? name.slice(start.length) : []))
}

/** Tells of every change of what is kept, in this tab or another. @returns ends it. */
export function watchKept(changed: () => void): () => void {
  const end = new AbortController()
  for (const name of [CHANGED, 'storage']) addEventListener(name, changed, { signal: end.signal })
  return () => end.abort()
}
