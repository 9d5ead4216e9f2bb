import type { WorkshopId } from '@quintet/shared/ids'

/** A link as it reads at another address of the same server. @param link `<origin>/w/<workshop>#<key>`. */
export function linkAt(origin: string, link: string): string {
  const { pathname, hash } = new URL(link)
  return `${origin}${pathname}${hash}`
}

/** The key of a link: what stands behind the #. */
export function keyOf(link: string): string {
  return new URL(link).hash.slice(1)
}

/** The command that writes the plan as Markdown, for a script. The key stands in a header, which no log keeps. */
export function curlLine(origin: string, workshop: WorkshopId, observerLink: string): string {
  return `curl -H 'Authorization: Bearer ${keyOf(observerLink)}' ${origin}/api/workshops/${workshop}/export/plan.md`
}

/** An origin as people read it: without the scheme. */
export function originName(origin: string): string {
  return origin.replace(/^https?:\/\//, '')
}
