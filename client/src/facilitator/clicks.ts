import type { KeyboardEvent, MouseEvent } from 'react'

/** A handler of clicks for the second of which the button may do another thing already. */
type Click = (event: MouseEvent<HTMLButtonElement>) => void

/**
 * What makes a button count once where people press it twice: the second half of a double click, and a key that is held
 * down. A move that came back before the second click would otherwise be followed by the next one.
 */
export function once(run: () => void): {
  readonly onClick: Click
  readonly onKeyDown: (event: KeyboardEvent) => void
} {
  return {
    onClick: (event) => {
      if (event.detail < 2) run()
    },
    onKeyDown: (event) => {
      if (event.repeat) event.preventDefault()
    },
  }
}
