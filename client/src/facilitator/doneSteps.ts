import type { AgendaPoint } from '@quintet/shared/agenda'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { create } from 'zustand'

/** Whose step it is. */
export interface OwnStep {
  readonly workshop: WorkshopId
  readonly person: PersonId
  readonly step: AgendaPoint
}

const nameOf = ({ workshop, person, step }: OwnStep) => `quintet-done ${workshop} ${person} ${step.phase} ${step.step}`

/**
 * The steps that one said to be done with, as this browser remembers them. The server tells only facilitators who is
 * done, so that one's own button has to know by itself, also after the page was loaded again.
 */
const useSaid = create<Readonly<Record<string, boolean>>>(() => ({}))

/** Whether one said that one is done with a step. */
export function useDone(own: OwnStep): boolean {
  const name = nameOf(own)
  return useSaid((said) => said[name]) ?? remembered(name)
}

/** Remembers that one is done with a step, or not any more. */
export function rememberDone(own: OwnStep, done: boolean): void {
  const name = nameOf(own)
  useSaid.setState({ [name]: done })
  try {
    if (done) localStorage.setItem(name, '1')
    else localStorage.removeItem(name)
  } catch {
    // Where the browser lets nothing be stored, it is known as long as the page is.
  }
}

function remembered(name: string): boolean {
  try {
    return localStorage.getItem(name) !== null
  } catch {
    return false
  }
}
