import type { OutcomeId } from '@quintet/shared/board'
import type { PersonId } from '@quintet/shared/ids'
import { displayNames } from '@quintet/shared/people'
import { type Marks, type Person, readStage, type StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { Cells } from './cells.ts'

/** Who is in the workshop, and what each is called. */
export interface PeopleView {
  readonly people: ReadonlyMap<PersonId, Person>
  /** Also of those who were removed: what they wrote keeps its name. */
  readonly names: ReadonlyMap<PersonId, string>
}

/** The stage as immutable views. What a change leaves as it was stays the same object, down to each person. */
export class StageViews {
  /** Undefined until the stage was loaded for the first time. */
  readonly stage: StoreApi<StageView | undefined>
  readonly people: StoreApi<PeopleView>
  /** What facilitators said of each note and group. */
  readonly marks = new Cells<OutcomeId, Marks>(() => NO_MARKS)
  /** The same of all. */
  readonly allMarks: StoreApi<ReadonlyMap<OutcomeId, Marks>>

  constructor(doc: Y.Doc) {
    const stage = readStage(doc)
    this.stage = createStore<StageView | undefined>(() => stage)
    this.people = createStore<PeopleView>(() => peopleView(stage))
    this.allMarks = createStore<ReadonlyMap<OutcomeId, Marks>>(() => stage?.marks ?? new Map())
    for (const [id, marks] of stage?.marks ?? []) this.marks.set(id, marks)
    doc.on('update', () => {
      const next = readStage(doc)
      if (next) this.#replace(next)
    })
  }

  #replace(read: StageView): void {
    const before = this.stage.getState()
    const next = {
      ...read,
      people: sameEntries(before?.people, read.people, samePerson),
      former: sameEntries(before?.former, read.former, samePerson),
      marks: sameEntries(before?.marks, read.marks, Object.is),
      rounds: sameItems(before?.rounds, read.rounds),
    }
    this.stage.setState(next, true)
    if (next.people !== before?.people || next.former !== before.former) this.people.setState(peopleView(next), true)
    if (next.marks === before?.marks) return
    for (const id of new Set([...next.marks.keys(), ...(before?.marks.keys() ?? [])]))
      if (next.marks.get(id) !== before?.marks.get(id)) this.marks.set(id, next.marks.get(id))
    this.marks.publish()
    this.allMarks.setState(next.marks, true)
  }
}

const NO_MARKS: Marks = {}

function peopleView(stage: StageView | undefined): PeopleView {
  const [people, former] = [stage?.people ?? new Map<PersonId, Person>(), stage?.former ?? new Map<PersonId, Person>()]
  return { people, names: displayNames([...former.values(), ...people.values()]) }
}

/** The entries as they are now, with the old value of each that did not change, and the old map if none did. */
function sameEntries<Key, Value>(
  before: ReadonlyMap<Key, Value> | undefined,
  next: ReadonlyMap<Key, Value>,
  same: (a: Value, b: Value) => boolean,
): ReadonlyMap<Key, Value> {
  const kept = new Map(
    [...next].map(([key, value]) => {
      const old = before?.get(key)
      return [key, old !== undefined && same(old, value) ? old : value]
    }),
  )
  const isSame = before?.size === kept.size && [...kept].every(([key, value]) => before.get(key) === value)
  return isSame ? before : kept
}

function samePerson(a: Person, b: Person): boolean {
  return a.name === b.name && a.role === b.role && a.joinedAt === b.joinedAt
}

/** The items as they are now, as the old list if it holds the same ones. */
function sameItems<Item>(before: readonly Item[] | undefined, next: readonly Item[]): readonly Item[] {
  return before?.length === next.length && next.every((item, at) => item === before[at]) ? before : next
}
