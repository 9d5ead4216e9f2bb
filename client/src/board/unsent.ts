import type { OutcomeId } from '@quintet/shared/board'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'

/**
 * What somebody was writing and has not added yet, kept while this tab is open: the group may go on to the next phase in
 * the middle of a word, or the page may be loaded again.
 */
export interface UnsentKey {
  readonly workshop: WorkshopId
  /** Whose words they are: the next seat that this tab takes is somebody else's. */
  readonly person: PersonId
  readonly phase: PhaseId
  /** What the note would hang under; undefined where the composer asks. */
  readonly under: OutcomeId | null | undefined
}

const nameOf = ({ workshop, person, phase, under }: UnsentKey) =>
  `quintet-unsent ${workshop} ${person} ${phase} ${under ?? ''}`

/** Where the browser lets nothing be stored, words are kept as long as the page is. */
const memory = new Map<string, string>()

/** The words that were left here; empty for none. */
export function readUnsent(key: UnsentKey): string {
  try {
    return sessionStorage.getItem(nameOf(key)) ?? ''
  } catch {
    return memory.get(nameOf(key)) ?? ''
  }
}

/** Keeps words, or forgets them where none are left. */
export function keepUnsent(key: UnsentKey, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(nameOf(key))
    else sessionStorage.setItem(nameOf(key), text)
  } catch {
    memory.set(nameOf(key), text)
  }
}
