import { useLayoutEffect, useRef } from 'react'

/** What the element that keeps focus inside has to pass on. */
interface KeptFocus {
  readonly onFocus: () => void
  readonly onBlur: () => void
}

/**
 * Keeps focus in an element whose parts come and go: where the part that had it goes, such as a button that is no use
 * once it was pressed, focus goes to another part instead of being lost.
 * @param next finds that other part, after each render in which focus was lost.
 */
export function useKeptFocus(next: () => HTMLElement | null | undefined): KeptFocus {
  const within = useRef(false)
  useLayoutEffect(() => {
    if (within.current && document.activeElement === document.body) next()?.focus({ preventScroll: true })
  })
  return {
    onFocus: () => {
      within.current = true
    },
    // React tells nobody of a blur that its own removal of an element brings: that is what is noticed above.
    onBlur: () => {
      within.current = false
    },
  }
}
