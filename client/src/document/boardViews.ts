import {
  boardEntry,
  boardRoot,
  emptyPlan,
  type GroupView,
  type NoteView,
  type OutcomeId,
  type PlanView,
  readGroup,
  readNote,
  readPlan,
} from '@quintet/shared/board'
import { type Outcome, standsAs } from '@quintet/shared/groups'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import type { ThreadSource } from '@quintet/shared/thread'
import type * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { BoardPlaces, blocksName, hangingName, inName, unhungName, wallName } from './boardPlaces.ts'
import { Cells } from './cells.ts'

/** Names what came with one reveal: the notes of a phase that carry its time. */
export const arrivalOf = ({ phase, at }: { readonly phase: PhaseId; readonly at: number }) => `${phase} ${at}`

/**
 * The board as immutable views, kept up from Yjs events: a change reads the entries that it touched, replaces their
 * views, and moves in the lists what stands elsewhere because of it. Nothing ever goes over the whole board.
 */
export class BoardViews implements ThreadSource {
  readonly notes = new Cells<NoteId, NoteView | undefined>(() => undefined)
  readonly groups = new Cells<GroupId, GroupView | undefined>(() => undefined)
  readonly plans = new Cells<OutcomeId, PlanView>(emptyPlan)
  /** How many notes came together, removed ones too, by {@link arrivalOf}. */
  readonly arrived = new Cells<string, number>(() => 0)
  /** Counts the changes of what stands where, hangs under what and is owned by whom. */
  readonly shape: StoreApi<number> = createStore<number>(() => 0)
  /** Counts all changes. */
  readonly revision: StoreApi<number> = createStore<number>(() => 0)
  readonly #places = new BoardPlaces(this)

  constructor(doc: Y.Doc) {
    const [notes, groups, plan] = [boardRoot(doc, 'notes'), boardRoot(doc, 'groups'), boardRoot(doc, 'plan')]
    const found = { notes: new Set(notes.keys()), groups: new Set(groups.keys()), plan: new Set(plan.keys()) }
    const take = () => {
      this.#replaceOutcomes(
        [...found.notes].map((id) => [id as NoteId, readNote(id, boardEntry(doc, 'notes', id))]),
        [...found.groups].map((id) => [id as GroupId, readGroup(id, boardEntry(doc, 'groups', id))]),
      )
      let ownersChanged = false
      for (const id of found.plan)
        ownersChanged = this.#replacePlan(id as OutcomeId, readPlan(id, boardEntry(doc, 'plan', id))) || ownersChanged
      for (const ids of Object.values(found)) ids.clear()
      this.#publish(ownersChanged)
    }
    take()
    notes.observeDeep((events) => addTouched(found.notes, events))
    groups.observeDeep((events) => addTouched(found.groups, events))
    plan.observeDeep((events) => addTouched(found.plan, events))
    // At the end: what one edit does to notes and groups is seen together.
    doc.on('afterTransaction', () => {
      if (Object.values(found).some((ids) => ids.size > 0)) take()
    })
  }

  readonly note = (id: OutcomeId): NoteView | undefined => this.notes.get(id as NoteId)

  readonly group = (id: OutcomeId): GroupView | undefined => this.groups.get(id as GroupId)

  readonly plan = (id: OutcomeId): PlanView => this.plans.get(id)

  readonly inGroup = (id: GroupId): readonly NoteView[] =>
    this.#places.notes.get(inName(id)).flatMap((note) => this.notes.get(note) ?? [])

  /** What an id stands as now: a note in a group as that group. */
  readonly outcome = (id: OutcomeId): Outcome | undefined => standsAs(id, this)

  /** What stands on a phase's wall by itself, in order; parked things too. */
  readonly wall = (phase: PhaseId): readonly Outcome[] => this.views(this.#places.outcomes.get(blocksName(phase)))

  /** The notes and groups under the ids of a list, as they are now. */
  views(ids: readonly OutcomeId[]): readonly Outcome[] {
    return ids.flatMap((id) => this.note(id) ?? this.group(id) ?? [])
  }

  /** The notes that stand in a phase, loose and in groups, in order. */
  standing(phase: PhaseId): StoreApi<readonly NoteId[]> {
    return this.#places.notes.at(wallName(phase))
  }

  /** The notes that stand in a group, in order. */
  members(id: GroupId): StoreApi<readonly NoteId[]> {
    return this.#places.notes.at(inName(id))
  }

  /** Groups with notes in them and loose notes, in order; parked ones too. */
  blocks(phase: PhaseId): StoreApi<readonly OutcomeId[]> {
    return this.#places.outcomes.at(blocksName(phase))
  }

  /** The groups and loose notes of a phase that hang under an outcome, in order; parked ones too. */
  hanging(under: OutcomeId, phase: PhaseId): StoreApi<readonly OutcomeId[]> {
    return this.#places.outcomes.at(hangingName(under, phase))
  }

  /** The groups and loose notes of a phase that hang under nothing that stands, in order; parked ones too. */
  unhung(phase: PhaseId): StoreApi<readonly OutcomeId[]> {
    return this.#places.outcomes.at(unhungName(phase))
  }

  #replaceOutcomes(
    notes: readonly (readonly [NoteId, NoteView | undefined])[],
    groups: readonly (readonly [GroupId, GroupView | undefined])[],
  ): void {
    const [changedNotes, changedGroups] = [changesIn(this.notes, notes), changesIn(this.groups, groups)]
    const [movedNotes, movedGroups] = [
      changedNotes.filter(([, now, next]) => !sameBut('text', now, next)),
      changedGroups.filter(([, now, next]) => !sameBut('name', now, next)),
    ]
    this.#places.leave({
      notes: movedNotes.flatMap(([, now]) => now ?? []),
      groups: movedGroups.flatMap(([, now]) => now ?? []),
    })
    for (const [id, now, next] of changedNotes) {
      this.notes.set(id, next)
      if (now) this.#countArrival(now, -1)
      if (next) this.#countArrival(next, 1)
    }
    for (const [id, , next] of changedGroups) this.groups.set(id, next)
    this.#places.arrive({ notes: movedNotes.map(([id]) => id), groups: movedGroups.map(([id]) => id) })
  }

  #countArrival(note: NoteView, by: 1 | -1): void {
    const name = arrivalOf(note)
    this.arrived.set(name, this.arrived.get(name) + by || undefined)
  }

  /** @returns whether its owner changed. */
  #replacePlan(id: OutcomeId, next: PlanView | undefined): boolean {
    const now = this.plans.get(id)
    if (this.plans.has(id) && next && sameView(now, next)) return false
    this.plans.set(id, next)
    return ownerKey(now) !== ownerKey(next)
  }

  #publish(ownersChanged: boolean): void {
    const listsChanged = this.#places.publish()
    this.notes.publish()
    this.groups.publish()
    this.plans.publish()
    this.arrived.publish()
    if (listsChanged || ownersChanged) this.shape.setState((count) => count + 1, true)
    this.revision.setState((count) => count + 1, true)
  }
}

/** Adds the entries that a transaction touched: those named at the root, and those in which something deeper changed. */
function addTouched(ids: Set<string>, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
  for (const { path, keys } of events)
    if (path.length === 0) for (const id of keys.keys()) ids.add(id)
    else ids.add(String(path[0]))
}

/** What is not as it was: its id, its view until now and its view from now on. */
function changesIn<Id extends string, View extends NoteView | GroupView>(
  cells: Cells<Id, View | undefined>,
  read: readonly (readonly [Id, View | undefined])[],
): readonly (readonly [Id, View | undefined, View | undefined])[] {
  return read.map(([id, next]) => [id, cells.get(id), next] as const).filter(([, now, next]) => !sameView(now, next))
}

/** Whether only the words differ, so that nothing stands elsewhere. */
function sameBut<View extends NoteView | GroupView>(
  words: keyof View,
  now: View | undefined,
  next: View | undefined,
): boolean {
  return now !== undefined && next !== undefined && sameView({ ...now, [words]: next[words] }, next)
}

function ownerKey(plan: PlanView | undefined): string {
  return JSON.stringify(plan?.owner ?? null)
}

/** Whether two views say the same; an owner is compared by what it names. */
function sameView<View extends object>(a: View | undefined, b: View | undefined): boolean {
  if (!a || !b) return a === b
  const keys = Object.keys(a) as (keyof View)[]
  return keys.every(
    (key) => a[key] === b[key] || (key === 'owner' && JSON.stringify(a[key]) === JSON.stringify(b[key])),
  )
}
