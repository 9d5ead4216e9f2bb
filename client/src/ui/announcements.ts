import { create } from 'zustand'

/** What the announcer says now; the count tells two equal sentences apart. */
export const useAnnouncement = create<{ readonly text: string; readonly count: number }>(() => ({ text: '', count: 0 }))

/** Says something to screen readers, politely, and shows nothing. */
export function announce(text: string): void {
  useAnnouncement.setState((before) => ({ text, count: before.count + 1 }))
}
