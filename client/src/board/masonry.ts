import { type RefCallback, useCallback, useRef } from 'react'

/** The height of one row of the flow, px: what stands in it spans as many as it needs. */
const ROW = 4

/** The space that the flow leaves under everything, px: as much as between its columns. */
const GAP = 16

function fit(element: HTMLElement): void {
  const span = Math.ceil((element.getBoundingClientRect().height + GAP) / ROW)
  element.style.gridRowEnd = `span ${span}`
}

const heights =
  typeof ResizeObserver === 'undefined'
    ? null
    : new ResizeObserver((entries) => {
        for (const { target } of entries) if (target instanceof HTMLElement) fit(target)
      })

/**
 * Lets something stand in a flow of columns under what is above it. The next thing always begins at the same height or
 * lower: reading order stays row after row, and is keyboard order.
 */
export function useFlowItem(): RefCallback<HTMLElement> {
  const observed = useRef<HTMLElement | null>(null)
  return useCallback((element) => {
    if (observed.current) heights?.unobserve(observed.current)
    observed.current = element
    if (!element || !heights) return
    fit(element)
    heights.observe(element)
  }, [])
}
