import type { WorkshopId } from '@quintet/shared/ids'
import { create } from 'zustand'

/** The facilitator's own link right after it was made. It lives in this page's memory alone: a reload forgets it. */
interface FreshLink {
  readonly workshop: WorkshopId
  readonly link: string
  /** Whether it still waits to be shown by itself. */
  readonly unseen: boolean
}

/** The link, as long as this page remembers it. */
export const useFreshLink = create<{ readonly fresh: FreshLink | null }>(() => ({ fresh: null }))

/** Hands a link over to the invite dialog. @param unseen whether the dialog opens by itself to show it. */
export function keepFreshLink(workshop: WorkshopId, link: string, unseen: boolean): void {
  useFreshLink.setState({ fresh: { workshop, link, unseen } })
}

/** The link was shown: the dialog does not open by itself again. */
export function freshLinkSeen(): void {
  useFreshLink.setState(({ fresh }) => ({ fresh: fresh && { ...fresh, unseen: false } }))
}
