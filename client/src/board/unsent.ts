import type { OutcomeId } from '@quintet/shared/board'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'

/**
 * What somebody was writing and has not added yet, kept by this tab: the group may go on to the next phase in the middle
 * of a word, or the page may be loaded again. A tab that is closed leaves it to the next one.
 */
export interface UnsentKey {
  readonly workshop: WorkshopId
  /** Whose words they are: the next seat that this tab takes is somebody else's. */
  readonly person: PersonId
  readonly phase: PhaseId
  /** What the note would hang under; undefined where the composer asks. */
  readonly under: OutcomeId | null | undefined
}

const NAME = 'quintet-unsent '

const nameOf = ({ workshop, person, phase, under }: UnsentKey) => `${NAME}${workshop} ${person} ${phase} ${under ?? ''}`

/** Where the browser lets nothing be stored, words are kept as long as the page is. */
const memory = new Map<string, string>()

/** The words that were left here, or in a tab that was closed since; empty for none. */
export function readUnsent(key: UnsentKey): string {
  const name = nameOf(key)
  try {
    const here = sessionStorage.getItem(name)
    if (here !== null) return here
    const left = localStorage.getItem(name) ?? ''
    // Here alone from now on: two tabs would both add it.
    if (left !== '') sessionStorage.setItem(name, left)
    localStorage.removeItem(name)
    return left
  } catch {
    return memory.get(name) ?? ''
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

/** @param does something with the name and the words of all that this tab keeps. */
function eachUnsent(does: (name: string, words: string) => void): void {
  try {
    for (const [name, words] of Object.entries(sessionStorage)) if (name.startsWith(NAME)) does(name, words)
  } catch {
    // The browser stores nothing: the words go with the page.
  }
}

addEventListener('pagehide', () => eachUnsent((name, words) => localStorage.setItem(name, words)))
// The page was loaded again, and has them still.
eachUnsent((name) => localStorage.removeItem(name))
