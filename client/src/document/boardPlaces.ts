import type { GroupView, NoteView, OutcomeId } from '@quintet/shared/board'
import { groupOf, isGroup, type Outcome, standsAs } from '@quintet/shared/groups'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { parentOf, type ThreadSource } from '@quintet/shared/thread'
import { Links } from './links.ts'
import { SortedLists } from './sortedLists.ts'

/** Lists of notes, by name. */
export const wallName = (phase: PhaseId) => `wall ${phase}`
export const inName = (group: GroupId) => `in ${group}`
/** Lists of outcomes, by name. */
export const blocksName = (phase: PhaseId) => `blocks ${phase}`
export const unhungName = (phase: PhaseId) => `unhung ${phase}`
export const hangingName = (under: OutcomeId, phase: PhaseId) => `under ${under} ${phase}`

/** The views that change places, as they were. */
export interface Leaving {
  readonly notes: readonly NoteView[]
  readonly groups: readonly GroupView[]
}

/** The ids of what changes places. */
export interface Changing {
  readonly notes: readonly NoteId[]
  readonly groups: readonly GroupId[]
}

/**
 * Where each note and group stands, and what hangs under what, as sorted lists. A change costs by what it moves: a note
 * that was grouped, what is in a group that was merged, and what hangs under either. What points at what is kept beside
 * the lists, so that nobody has to be searched for.
 */
export class BoardPlaces {
  /** By {@link wallName} and {@link inName}. */
  readonly notes: SortedLists<NoteId>
  /** By {@link blocksName}, {@link hangingName} and {@link unhungName}. */
  readonly outcomes: SortedLists<OutcomeId>
  readonly #source: ThreadSource
  /** What each note that stands stood as when it was placed last. */
  readonly #stoodAs = new Map<NoteId, Outcome>()
  readonly #namesOf = new Map<OutcomeId, readonly string[]>()
  readonly #filled = new Set<GroupId>()
  readonly #members = new Links<GroupId, NoteId>()
  readonly #merged = new Links<GroupId, GroupId>()
  readonly #hangers = new Links<OutcomeId, NoteId>()

  /** @param source the views as they are now; of what stands in a group it asks this. */
  constructor(source: ThreadSource) {
    this.#source = source
    this.notes = new SortedLists((id) => source.note(id)?.order ?? '')
    this.outcomes = new SortedLists((id) => (source.note(id as NoteId) ?? source.group(id as GroupId))?.order ?? '')
  }

  /** Takes what is about to change out of its lists, as long as it has the order by which it stands in them. */
  leave({ notes, groups }: Leaving): void {
    for (const note of notes) {
      this.#members.remove(note.group, note.id)
      this.#hangers.remove(note.under, note.id)
      this.#leaveWall(note)
      this.#standIn(note, [])
    }
    for (const group of groups) {
      this.#merged.remove(group.into, group.id)
      this.#standIn(group, [])
    }
  }

  /** Puts what changed where it stands now, and whatever stands elsewhere because of it. */
  arrive({ notes, groups }: Changing): void {
    this.#link({ notes, groups })
    const moved = this.#mergedInto(groups)
    const members = [...moved].flatMap((group) => [...this.#members.to(group)])
    const [touched, elsewhere] = [new Set<OutcomeId>(moved), new Set<OutcomeId>(moved)]
    for (const id of new Set([...notes, ...members])) {
      const before = this.#stoodAs.get(id)
      const now = this.#placeNote(id)
      for (const each of [id, before?.id, now?.id]) if (each) touched.add(each)
      if (before?.id !== now?.id || before?.phase !== now?.phase) elsewhere.add(id)
    }
    for (const group of this.#mergedInto(
      [...touched].filter((id) => this.#filledOrEmptied(id as GroupId)) as GroupId[],
    ))
      elsewhere.add(group)
    for (const id of elsewhere)
      for (const hanger of this.#hangers.to(id)) touched.add(this.#stoodAs.get(hanger)?.id ?? hanger)
    for (const id of touched) this.#placeOutcome(id)
  }

  #link({ notes, groups }: Changing): void {
    for (const id of notes) {
      const note = this.#source.note(id)
      if (!note) continue
      this.#members.add(note.group, id)
      this.#hangers.add(note.under, id)
    }
    for (const id of groups) this.#merged.add(this.#source.group(id)?.into ?? null, id)
  }

  /** @returns whether any list changed. */
  publish(): boolean {
    const [notes, outcomes] = [this.notes.publish(), this.outcomes.publish()]
    return notes || outcomes
  }

  /** Groups, and all that were merged into them on whatever way. */
  #mergedInto(groups: Iterable<GroupId>): Set<GroupId> {
    const found = new Set(groups)
    // A set goes on to what is added to it while it is gone through.
    for (const group of found) for (const from of this.#merged.to(group)) found.add(from)
    return found
  }

  #leaveWall(note: NoteView): void {
    const stoodAs = this.#stoodAs.get(note.id)
    if (!stoodAs) return
    this.notes.remove(wallName(note.phase), note)
    if (isGroup(stoodAs)) this.notes.remove(inName(stoodAs.id), note)
  }

  /** @returns what the note stands as. */
  #placeNote(id: NoteId): Outcome | undefined {
    const note = this.#source.note(id)
    if (note) this.#leaveWall(note)
    const group = note && !note.removed ? groupOf(note, this.#source) : undefined
    const now = note && !note.removed ? (group ?? note) : undefined
    if (note && now) {
      this.#stoodAs.set(id, now)
      this.notes.insert(wallName(note.phase), note)
      if (group) this.notes.insert(inName(group.id), note)
    } else this.#stoodAs.delete(id)
    return now
  }

  #filledOrEmptied(id: GroupId): boolean {
    const filled = this.notes.get(inName(id)).length > 0
    if (filled === this.#filled.has(id)) return false
    if (filled) this.#filled.add(id)
    else this.#filled.delete(id)
    return true
  }

  #placeOutcome(id: OutcomeId): void {
    const outcome = standsAs(id, this.#source)
    const stands = outcome?.id === id && (!isGroup(outcome) || this.#filled.has(outcome.id))
    if (!stands) {
      const gone = this.#source.note(id as NoteId) ?? this.#source.group(id as GroupId)
      if (gone) this.#standIn(gone, [])
      return
    }
    const parent = parentOf(outcome, this.#source)
    const { phase } = outcome
    this.#standIn(outcome, [blocksName(phase), parent ? hangingName(parent.id, phase) : unhungName(phase)])
  }

  /** Puts an outcome into the lists of these names and takes it out of all others. */
  #standIn(outcome: Outcome, names: readonly string[]): void {
    const before = this.#namesOf.get(outcome.id) ?? []
    for (const name of before) if (!names.includes(name)) this.outcomes.remove(name, outcome)
    for (const name of names) if (!before.includes(name)) this.outcomes.insert(name, outcome)
    if (names.length > 0) this.#namesOf.set(outcome.id, names)
    else this.#namesOf.delete(outcome.id)
  }
}
