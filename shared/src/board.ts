import * as Y from 'yjs'
import { type GroupId, isId, type NoteId, type PersonId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { compareOrder } from './order.ts'
import { isPhaseId, type PhaseId } from './phases.ts'

/**
 * The `board` document: everything that the team writes together.
 *
 * ```
 * notes/<id>   phase, author|null, at, text: Y.Text, place: [group|null, order], under: id|null, removed
 * groups/<id>  phase, name: Y.Text, order, into: id|null, removed
 * plan/<id>    owner: {person}|{name}|null, due, status, firstStep: Y.Text, measure: Y.Text   (id of an action: note or group)
 * kudos/<id>   from, to, text: Y.Text, at, removed
 * ```
 *
 * Readers take whatever stands in the document and return a view, or undefined for an entry that is not of the shape:
 * a document that merges many writers is never believed, and one bad entry never hides the others.
 */
export const BOARD_ROOTS = ['notes', 'groups', 'plan', 'kudos'] as const
export type BoardRoot = (typeof BOARD_ROOTS)[number]

/** What an outcome is, and what the plan speaks of: a note, or a group that stands for several. */
export type OutcomeId = NoteId | GroupId

export type Entry = Y.Map<unknown>

export interface NoteView {
  readonly id: NoteId
  readonly phase: PhaseId
  /** Null for anonymous notes, and for those of people unknown here. */
  readonly author: PersonId | null
  /** When it was added, ms since the epoch. */
  readonly at: number
  readonly text: string
  readonly group: GroupId | null
  readonly order: string
  readonly under: OutcomeId | null
  readonly removed: boolean
}

export interface GroupView {
  readonly id: GroupId
  readonly phase: PhaseId
  readonly name: string
  readonly order: string
  /** The group that this one was merged into. */
  readonly into: GroupId | null
  readonly removed: boolean
}

/** An owner is one of the workshop's people, or the name of somebody who is not here. */
export type Owner = { readonly person: PersonId } | { readonly name: string }

export const ACTION_STATUSES = ['open', 'doing', 'done', 'dropped'] as const
export type ActionStatus = (typeof ACTION_STATUSES)[number]

export interface PlanView {
  readonly id: OutcomeId
  readonly owner: Owner | null
  /** A day, `YYYY-MM-DD`, without a time zone. */
  readonly due: string | null
  readonly status: ActionStatus
  readonly firstStep: string
  readonly measure: string
}

/** Plan fields that hold text which people write together. */
export type PlanText = 'firstStep' | 'measure'

export function boardRoot(doc: Y.Doc, root: BoardRoot): Y.Map<Entry> {
  return doc.getMap<Entry>(root)
}

/** The entry under an id, if there is one and it is a map. */
export function boardEntry(doc: Y.Doc, root: BoardRoot, id: string): Entry | undefined {
  const entry: unknown = boardRoot(doc, root).get(id)
  return entry instanceof Y.Map ? entry : undefined
}

/** The shared text under a key of an entry, if there is one. */
export function entryText(entry: Entry | undefined, key: string): Y.Text | undefined {
  const text = entry?.get(key)
  return text instanceof Y.Text ? text : undefined
}

const textOf = (entry: Entry, key: string) => entryText(entry, key)?.toString()
const idOrNull = <T extends string>(value: unknown): T | null => (isId(value) ? (value as T) : null)

/** An order key from a document: a string within the limit, or the last place for anything else. */
const orderOf = (value: unknown) => (typeof value === 'string' && value.length <= LIMITS.orderKey ? value : '~')

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether a string names a day of the calendar as `YYYY-MM-DD` (ISO 8601); 31 November is none. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

export function readNote(id: string, entry: unknown): NoteView | undefined {
  if (!isId(id) || !(entry instanceof Y.Map)) return undefined
  const phase = entry.get('phase')
  const text = textOf(entry, 'text')
  if (!isPhaseId(phase) || text === undefined) return undefined
  const at = entry.get('at')
  const place = entry.get('place')
  const [group, order] = Array.isArray(place) ? place : []
  return {
    id: id as NoteId,
    phase,
    author: idOrNull(entry.get('author')),
    at: typeof at === 'number' && Number.isFinite(at) ? at : 0,
    text,
    group: idOrNull(group),
    order: orderOf(order),
    under: idOrNull(entry.get('under')),
    removed: entry.get('removed') === true,
  }
}

export function readGroup(id: string, entry: unknown): GroupView | undefined {
  if (!isId(id) || !(entry instanceof Y.Map)) return undefined
  const phase = entry.get('phase')
  const name = textOf(entry, 'name')
  if (!isPhaseId(phase) || name === undefined) return undefined
  return {
    id: id as GroupId,
    phase,
    name,
    order: orderOf(entry.get('order')),
    into: idOrNull(entry.get('into')),
    removed: entry.get('removed') === true,
  }
}

/** What the plan says of an action of which nothing was planned yet. */
export function emptyPlan(id: OutcomeId): PlanView {
  return { id, owner: null, due: null, status: 'open', firstStep: '', measure: '' }
}

export function readPlan(id: string, entry: unknown): PlanView | undefined {
  if (!isId(id) || !(entry instanceof Y.Map)) return undefined
  const due = entry.get('due')
  const status = entry.get('status')
  return {
    id: id as OutcomeId,
    owner: readOwner(entry.get('owner')),
    due: isDay(due) ? due : null,
    status: ACTION_STATUSES.find((each) => each === status) ?? 'open',
    firstStep: textOf(entry, 'firstStep') ?? '',
    measure: textOf(entry, 'measure') ?? '',
  }
}

function readOwner(value: unknown): Owner | null {
  if (typeof value !== 'object' || value === null) return null
  if ('person' in value && isId(value.person)) return { person: value.person as PersonId }
  if ('name' in value && typeof value.name === 'string' && value.name.length <= LIMITS.name && value.name.trim() !== '')
    return { name: value.name }
  return null
}

/**
 * Where a group's notes stand now: follows `into` from group to group. In a cycle (two people merged both ways at the
 * same time) the group with the smallest id survives, so that everyone sees the same one.
 * @returns the surviving group, or undefined if the chain ends at a group that does not exist or was removed.
 */
export function resolveGroup(id: GroupId, group: (id: GroupId) => GroupView | undefined): GroupView | undefined {
  const path = new Map<GroupId, GroupView>()
  let at = group(id)
  while (at && !path.has(at.id)) {
    if (at.into === null) return at.removed ? undefined : at
    path.set(at.id, at)
    at = group(at.into)
  }
  if (!at) return undefined
  // The chain came back to where it had been: what lies before that is no part of the cycle.
  const cycle = [...path.values()].slice([...path.keys()].indexOf(at.id))
  const survivor = cycle.reduce((least, each) => (each.id < least.id ? each : least))
  return survivor.removed ? undefined : survivor
}

/** A whole board, read once: for exports, the server's own duties and tests. Screens read incrementally instead. */
export interface BoardView {
  readonly notes: ReadonlyMap<NoteId, NoteView>
  readonly groups: ReadonlyMap<GroupId, GroupView>
  readonly plan: ReadonlyMap<OutcomeId, PlanView>
}

export function readBoard(doc: Y.Doc): BoardView {
  return {
    notes: readAll(doc, 'notes', readNote),
    groups: readAll(doc, 'groups', readGroup),
    plan: readAll(doc, 'plan', readPlan),
  }
}

function readAll<View extends { id: string }>(
  doc: Y.Doc,
  root: BoardRoot,
  read: (id: string, entry: unknown) => View | undefined,
): Map<View['id'], View> {
  const views = new Map<View['id'], View>()
  for (const [id, entry] of boardRoot(doc, root).entries()) {
    const view = read(id, entry)
    if (view) views.set(view.id, view)
  }
  return views
}

/** The notes of a phase that stand on the wall, in their order. */
export function wallOf(board: BoardView, phase: PhaseId): readonly NoteView[] {
  return [...board.notes.values()].filter((note) => note.phase === phase && !note.removed).sort(compareOrder)
}
