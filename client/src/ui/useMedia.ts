import { useCallback, useSyncExternalStore } from 'react'

/** Whether a media query holds now, such as `(min-width: 640px)`. Where there are no media (a test), it does not. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia?.(query)
      media?.addEventListener('change', changed)
      return () => media?.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia?.(query).matches ?? false)
}

/** A phone held upright: menus instead of dragging, one column, a thumb. */
export const PHONE = '(max-width: 639px)'

/** Fingers can press here, on a tablet or a computer whose screen can be touched. */
export const FINGERS = '(any-pointer: coarse)'
