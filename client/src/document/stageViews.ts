import type { PersonId } from '@quintet/shared/ids'
import { displayNames } from '@quintet/shared/people'
import { type Person, readStage, type StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** Who is in the workshop, and what each is called. */
export interface PeopleView {
  readonly people: ReadonlyMap<PersonId, Person>
  readonly names: ReadonlyMap<PersonId, string>
}

/** The stage as immutable views. What a change leaves as it was stays the same object, down to each person. */
export class StageViews {
  /** Undefined until the stage was loaded for the first time. */
  readonly stage: StoreApi<StageView | undefined>
  readonly people: StoreApi<PeopleView>

  constructor(doc: Y.Doc) {
    const stage = readStage(doc)
    this.stage = createStore<StageView | undefined>(() => stage)
    this.people = createStore<PeopleView>(() => peopleView(stage?.people ?? new Map()))
    doc.on('update', () => {
      const next = readStage(doc)
      if (!next) return
      const before = this.stage.getState()?.people
      const people = keepSame(before, next.people)
      if (people !== before) this.people.setState(peopleView(people), true)
      this.stage.setState({ ...next, people }, true)
    })
  }
}

function peopleView(people: ReadonlyMap<PersonId, Person>): PeopleView {
  return { people, names: displayNames(people.values()) }
}

/** The people as they are now, with the old object of everyone who did not change, and the old map if nobody did. */
function keepSame(
  before: ReadonlyMap<PersonId, Person> | undefined,
  next: ReadonlyMap<PersonId, Person>,
): ReadonlyMap<PersonId, Person> {
  const people = new Map([...next].map(([id, person]) => [id, unchanged(before?.get(id), person) ?? person]))
  const isSame = before?.size === people.size && [...people].every(([id, person]) => before.get(id) === person)
  return isSame ? before : people
}

function unchanged(before: Person | undefined, next: Person): Person | undefined {
  const isSame = before && before.name === next.name && before.role === next.role && before.joinedAt === next.joinedAt
  return isSame ? before : undefined
}
