import type { PersonId } from '@quintet/shared/ids'
import type { Person } from '@quintet/shared/stage'

/** People as a list shows them: those who are here first, facilitators first among them, then in the order in which they came. */
export function peopleInOrder(people: Iterable<Person>, here: ReadonlySet<PersonId>): readonly Person[] {
  const rank = (person: Person) => (here.has(person.id) ? 0 : 2) + (person.role === 'facilitator' ? 0 : 1)
  return [...people].sort((a, b) => rank(a) - rank(b) || a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1))
}
