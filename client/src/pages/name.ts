import { LIMITS } from '@quintet/shared/limits'

const KEY = 'quintet-name'

/** The name that was last given in this browser, to save typing it again; empty where there is none. */
export function readName(): string {
  try {
    return (localStorage.getItem(KEY) ?? '').slice(0, LIMITS.name)
  } catch {
    return ''
  }
}

/** Keeps a name for the next time it is asked, where the browser lets us. */
export function rememberName(name: string): void {
  try {
    localStorage.setItem(KEY, name)
  } catch {
    // Storage is closed: the name is typed again next time.
  }
}
