import type { PersonId } from './ids.ts'
import type { Person } from './stage.ts'

/**
 * The names to show: people with the same name are told apart by the order in which they came,
 * as in "Kofi", "Kofi (2)". Case, surrounding space and the spelling of accents do not make a difference between names.
 * No two people are shown alike, and nobody is shown otherwise because somebody came later.
 */
export function displayNames(people: Iterable<Person>): ReadonlyMap<PersonId, string> {
  const shown = new Map<PersonId, string>()
  const taken = new Set<string>()
  const counts = new Map<string, number>()
  const inOrder = [...people].sort((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1))
  for (const { id, name } of inOrder) {
    let count = counts.get(alike(name)) ?? 1
    // Somebody may have called themselves "Kofi (2)" before a second Kofi came.
    while (taken.has(alike(numbered(name, count)))) count++
    counts.set(alike(name), count)
    taken.add(alike(numbered(name, count)))
    shown.set(id, numbered(name, count))
  }
  return shown
}

const numbered = (name: string, count: number) => (count === 1 ? name : `${name.trim()} (${count})`)

/** What names have in common that people read as the same. */
const alike = (name: string) => name.trim().normalize('NFC').toLocaleLowerCase('en')

/** The first letter of a name as people read it (a whole grapheme, never half an emoji), in upper case. */
export function initial(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim())
  return first?.segment.toLocaleUpperCase() ?? '?'
}
