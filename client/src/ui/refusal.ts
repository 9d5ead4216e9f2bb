import type { MouseEvent } from 'react'
import { showToast } from './toasts.ts'

/** What a button gets that cannot do its work now: it stays reachable, and a click says why. */
export interface Refusable {
  /** Why it is not possible now. Present: the button is `aria-disabled`, and a click tells this instead. */
  readonly reason?: string | undefined
}

type Click = (event: MouseEvent<HTMLButtonElement>) => void

/** The attributes and the click of a button that may be refused. */
export function refusable(reason: string | undefined, onClick: Click | undefined) {
  if (reason === undefined) return { onClick }
  return {
    'aria-disabled': true,
    title: reason,
    onClick: (event: MouseEvent<HTMLButtonElement>) => {
      event.preventDefault()
      showToast({ text: reason })
    },
  }
}
