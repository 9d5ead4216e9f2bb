import type { PersonId } from './ids.ts'
import type { Person } from './stage.ts'

/**
 * The names to show: people with the same name are told apart by the order in which they came,
 * as in "Kofi", "Kofi (2)". Case and surrounding space do not make a difference between names.
 */
export function displayNames(people: Iterable<Person>): ReadonlyMap<PersonId, string> {
  const counts = new Map<string, number>()
  const names = new Map<PersonId, string>()
  const inOrder = [...people].sort((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1))
  for (const person of inOrder) {
    const key = person.name.trim().toLocaleLowerCase('en')
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    names.set(person.id, count === 1 ? person.name : `${person.name} (${count})`)
  }
  return names
}

/** The first letter of a name as people read it (a whole grapheme, never half an emoji), in upper case. */
export function initial(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim())
  return first?.segment.toLocaleUpperCase() ?? '?'
}
