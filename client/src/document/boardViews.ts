import {
  boardEntry,
  boardRoot,
  emptyPlan,
  type NoteView,
  type OutcomeId,
  type PlanView,
  readNote,
  readPlan,
} from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { PHASE_IDS, PHASES, type PhaseId } from '@quintet/shared/phases'
import { parentOf, type ThreadSource } from '@quintet/shared/thread'
import type * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { Cells } from './cells.ts'
import { SortedLists } from './sortedLists.ts'

/** The phases whose notes hang under those of a phase. */
const phasesBelow = (above: PhaseId) => PHASE_IDS.filter((phase) => PHASES[phase].under === above)

const wallName = (phase: PhaseId) => `wall ${phase}`
const unhungName = (phase: PhaseId) => `unhung ${phase}`
const hangingName = (under: OutcomeId, phase: PhaseId) => `under ${under} ${phase}`

/**
 * The board as immutable views, kept up from Yjs events: a change reads the entries that it touched, replaces their
 * views, and moves their ids in the lists in which they stand. Nothing ever goes over the whole board.
 */
export class BoardViews {
  readonly notes = new Cells<NoteId, NoteView | undefined>(() => undefined)
  readonly plans = new Cells<OutcomeId, PlanView>(emptyPlan)
  readonly #lists = new SortedLists<NoteId>((id) => this.notes.get(id)?.order ?? '')
  readonly #source: ThreadSource = { note: (id) => this.note(id) }
  /** Counts the changes of what stands where, hangs under what and is owned by whom. */
  readonly shape: StoreApi<number> = createStore<number>(() => 0)
  /** Counts all changes. */
  readonly revision: StoreApi<number> = createStore<number>(() => 0)

  constructor(doc: Y.Doc) {
    const notes = boardRoot(doc, 'notes')
    const plan = boardRoot(doc, 'plan')
    const readNotes = (ids: Iterable<string>) => {
      for (const id of ids) this.#replaceNote(id as NoteId, readNote(id, boardEntry(doc, 'notes', id)))
      this.#publish(false)
    }
    const readPlans = (ids: Iterable<string>) => {
      let ownersChanged = false
      for (const id of ids)
        ownersChanged = this.#replacePlan(id as OutcomeId, readPlan(id, boardEntry(doc, 'plan', id))) || ownersChanged
      this.#publish(ownersChanged)
    }
    readNotes(notes.keys())
    readPlans(plan.keys())
    notes.observeDeep((events) => readNotes(touched(events)))
    plan.observeDeep((events) => readPlans(touched(events)))
  }

  note(id: OutcomeId): NoteView | undefined {
    return this.notes.get(id as NoteId)
  }

  plan(id: OutcomeId): PlanView {
    return this.plans.get(id)
  }

  /** The notes that stand under the ids of a list, as they are now. */
  views(ids: readonly NoteId[]): readonly NoteView[] {
    return ids.flatMap((id) => this.notes.get(id) ?? [])
  }

  wall(phase: PhaseId): StoreApi<readonly NoteId[]> {
    return this.#lists.at(wallName(phase))
  }

  hanging(under: OutcomeId, phase: PhaseId): StoreApi<readonly NoteId[]> {
    return this.#lists.at(hangingName(under, phase))
  }

  unhung(phase: PhaseId): StoreApi<readonly NoteId[]> {
    return this.#lists.at(unhungName(phase))
  }

  #replaceNote(id: NoteId, next: NoteView | undefined): void {
    const now = this.notes.get(id)
    if (sameView(now, next)) return
    const moved = !now || !next || !samePlace(now, next)
    if (now && moved) this.#takeOut(now)
    this.notes.set(id, next)
    if (next && moved) this.#putIn(next)
    if (standing(now) !== standing(next)) this.#rehang(id, now, next)
  }

  #listsOf(note: NoteView): readonly string[] {
    if (note.removed) return []
    const names = [wallName(note.phase)]
    if (note.under !== null) names.push(hangingName(note.under, note.phase))
    if (!parentOf(note, this.#source)) names.push(unhungName(note.phase))
    return names
  }

  #takeOut(note: NoteView): void {
    for (const name of this.#listsOf(note)) this.#lists.remove(name, note)
  }

  #putIn(note: NoteView): void {
    for (const name of this.#listsOf(note)) this.#lists.insert(name, note)
  }

  /** What hangs under a note loses its parent with it, and finds it again. */
  #rehang(id: NoteId, now: NoteView | undefined, next: NoteView | undefined): void {
    const below = new Set([now, next].flatMap((note) => (note ? phasesBelow(note.phase) : [])))
    for (const phase of below)
      for (const child of this.#lists.get(hangingName(id, phase))) {
        const note = this.note(child)
        if (!note) continue
        if (parentOf(note, this.#source)) this.#lists.remove(unhungName(phase), note)
        else this.#lists.insert(unhungName(phase), note)
      }
  }

  /** @returns whether its owner changed. */
  #replacePlan(id: OutcomeId, next: PlanView | undefined): boolean {
    const now = this.plans.get(id)
    if (this.plans.has(id) && next && sameView(now, next)) return false
    this.plans.set(id, next)
    return ownerKey(now) !== ownerKey(next)
  }

  #publish(ownersChanged: boolean): void {
    const listsChanged = this.#lists.publish()
    this.notes.publish()
    this.plans.publish()
    if (listsChanged || ownersChanged) this.shape.setState((count) => count + 1, true)
    this.revision.setState((count) => count + 1, true)
  }
}

/** The entries that a transaction touched: those named at the root, and those in which something deeper changed. */
function touched(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): Set<string> {
  const ids = new Set<string>()
  for (const { path, keys } of events)
    if (path.length === 0) for (const id of keys.keys()) ids.add(id)
    else ids.add(String(path[0]))
  return ids
}

/** What of a note makes other notes' thread hold: that it stands, and in which phase. */
function standing(note: NoteView | undefined): PhaseId | null {
  return note && !note.removed ? note.phase : null
}

function samePlace(a: NoteView, b: NoteView): boolean {
  return a.phase === b.phase && a.order === b.order && a.under === b.under && a.removed === b.removed
}

function ownerKey(plan: PlanView | undefined): string {
  return JSON.stringify(plan?.owner ?? null)
}

/** Whether two views say the same; an owner is compared by what it names. */
function sameView<View extends NoteView | PlanView>(a: View | undefined, b: View | undefined): boolean {
  if (!a || !b) return a === b
  const keys = Object.keys(a) as (keyof View)[]
  return keys.every(
    (key) => a[key] === b[key] || (key === 'owner' && JSON.stringify(a[key]) === JSON.stringify(b[key])),
  )
}
