import { isId, type WorkshopId } from '@quintet/shared/ids'

/** Keys that were taken out of the address bar and have not opened anything yet. Only this page's memory holds them. */
const held = new Map<WorkshopId, string>()

/**
 * Takes the key out of the address: it must not stay where a shoulder, a screenshot or the history could keep it.
 * Until {@link forgetKey} it is returned again, since React may ask twice.
 */
export function takeKey(workshop: WorkshopId): string | null {
  const key = location.hash.slice(1)
  if (location.hash !== '' || location.href.endsWith('#'))
    history.replaceState(history.state, '', location.pathname + location.search)
  if (key !== '') held.set(workshop, key)
  return held.get(workshop) ?? null
}

/** Lets go of a key once it has been answered. */
export function forgetKey(workshop: WorkshopId): void {
  held.delete(workshop)
}

/**
 * Reads what somebody pasted as a link: an address of a workshop, wherever it is hosted, with or without a key.
 * @returns the path within this server, or null if it is none.
 */
export function workshopPath(
  pasted: string,
  here: string,
): { readonly path: string } | { readonly other: string } | null {
  const text = pasted.trim()
  let url: URL
  try {
    url = new URL(text, here)
  } catch {
    return null
  }
  const [, w, workshop, view, rest] = url.pathname.split('/')
  if (w !== 'w' || !isId(workshop) || rest !== undefined) return null
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  if (view !== undefined && view !== '' && view !== 'plan' && view !== 'screen') return null
  return url.origin === new URL(here).origin ? { path: `${url.pathname}${url.hash}` } : { other: url.href }
}
