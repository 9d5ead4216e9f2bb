import { create } from 'zustand'
import type { GlyphName } from './glyphs.tsx'

/** A short message over the bar, with at most one thing to do about it. */
export interface Toast {
  readonly text: string
  readonly icon?: GlyphName
  readonly action?: { readonly label: string; readonly run: () => void }
}

interface Toasts {
  /** The one that shows; a newer one takes its place. */
  readonly shown: (Toast & { readonly key: number }) | null
}

/** What toasts show now. */
export const useToasts = create<Toasts>(() => ({ shown: null }))

let count = 0

/** Shows a toast; the one before it goes. */
export function showToast(toast: Toast): void {
  count++
  useToasts.setState({ shown: { ...toast, key: count } })
}

export function hideToast(): void {
  useToasts.setState({ shown: null })
}
