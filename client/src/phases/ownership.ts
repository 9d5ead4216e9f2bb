import type { Owner, PlanView } from '@quintet/shared/board'
import type { PersonId } from '@quintet/shared/ids'
import type { Person } from '@quintet/shared/stage'

/** Somebody who could own an action, with how many they own already. */
export interface Candidate {
  readonly id: PersonId
  readonly name: string
  readonly actions: number
}

/**
 * Everyone who could own an action: who has the fewest first, and among these as they came.
 * @param names what each person is called on the screen.
 */
export function candidates(
  people: Iterable<Person>,
  names: ReadonlyMap<PersonId, string>,
  plans: Iterable<PlanView>,
): readonly Candidate[] {
  const owned = new Map<PersonId, number>()
  for (const { owner } of plans)
    if (owner && 'person' in owner) owned.set(owner.person, (owned.get(owner.person) ?? 0) + 1)
  return [...people]
    .sort((a, b) => a.joinedAt - b.joinedAt)
    .map(({ id, name }) => ({ id, name: names.get(id) ?? name, actions: owned.get(id) ?? 0 }))
    .sort((a, b) => a.actions - b.actions)
}

/** What an owner is called; undefined for a person whom the workshop does not know any more. */
export function ownerName(owner: Owner, names: ReadonlyMap<PersonId, string>): string | undefined {
  return 'person' in owner ? names.get(owner.person) : owner.name
}
