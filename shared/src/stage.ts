import type * as Y from 'yjs'
import type { Agenda, AgendaPoint, AgendaStep } from './agenda.ts'
import { phasePosition, stepAt } from './agenda.ts'
import { isId, type PersonId } from './ids.ts'
import type { PhaseId } from './phases.ts'
import type { Timer } from './timer.ts'

/**
 * The `stage` document: what has authority. Only the server writes it, on command; everyone in the workshop reads it.
 *
 * ```
 * stage    title, createdAt, state, closedAt|null, agenda, at, resume, timer, locks
 * people   <person>: {name, role, joinedAt}
 * ```
 * Each key holds one plain value that is replaced as a whole.
 */
/** What a person of the workshop is. Observers are not among the people: they are a count. */
export type PersonRole = 'facilitator' | 'member'
/** What somebody who opens documents is. */
export type Role = PersonRole | 'observer'

export interface Person {
  readonly id: PersonId
  readonly name: string
  readonly role: PersonRole
  /** Ms since the epoch. */
  readonly joinedAt: number
}

export type WorkshopState = 'preparing' | 'running' | 'closed'

/** What stands under the keys of the `stage` root. */
export interface StageFields {
  readonly title: string
  readonly createdAt: number
  readonly state: WorkshopState
  /** When the workshop was closed, ms since the epoch; null while it is not. */
  readonly closedAt: number | null
  readonly agenda: Agenda
  /** Where the workshop is. */
  readonly at: AgendaPoint
  /** The step at which each phase was left, so that going back to it goes there. */
  readonly resume: Readonly<Partial<Record<PhaseId, AgendaPoint['step']>>>
  readonly timer: Timer
  readonly locks: Readonly<Partial<Record<PhaseId, true>>>
}

export interface StageView extends StageFields {
  readonly people: ReadonlyMap<PersonId, Person>
}

const FIELDS = [
  'title',
  'createdAt',
  'state',
  'closedAt',
  'agenda',
  'at',
  'resume',
  'timer',
  'locks',
] as const satisfies readonly (keyof StageFields)[]

/** A part of the stage to be replaced; the server's hand writes it and the people beside it in one transaction. */
export interface StageChange {
  readonly fields?: Partial<StageFields>
  readonly people?: readonly Person[]
}

/**
 * Reads the stage. The document is the server's own, so its values are taken as they are.
 * @returns undefined while the document is empty, as it is in a browser before the first sync.
 */
export function readStage(doc: Y.Doc): StageView | undefined {
  const root = doc.getMap('stage')
  if (!FIELDS.every((field) => root.has(field))) return undefined
  const fields = Object.fromEntries(FIELDS.map((field) => [field, root.get(field)])) as unknown as StageFields
  const people = new Map<PersonId, Person>()
  for (const [id, value] of doc.getMap<Omit<Person, 'id'>>('people').entries())
    if (isId(id)) people.set(id as PersonId, { ...value, id: id as PersonId })
  return { ...fields, people }
}

/** Writes a change in the server's hand, as one transaction. Values that are the same stay untouched. */
export function writeStage(doc: Y.Doc, change: StageChange, origin: unknown): void {
  const people = (change.people ?? []).map(({ id, ...person }): [string, unknown] => [id, person])
  doc.transact(() => {
    replaceValues(doc.getMap('stage'), Object.entries(change.fields ?? {}))
    replaceValues(doc.getMap('people'), people)
  }, origin)
}

function replaceValues(map: Y.Map<unknown>, entries: readonly [key: string, value: unknown][]): void {
  for (const [key, value] of entries) if (JSON.stringify(map.get(key)) !== JSON.stringify(value)) map.set(key, value)
}

/** The step that the workshop is in. The server never puts the stage at a point that its agenda lacks. */
export function currentStep(stage: StageView): AgendaStep {
  const step = stepAt(stage.agenda, stage.at)
  if (!step) throw new Error(`The stage stands at ${stage.at.phase}/${stage.at.step}, which its agenda lacks.`)
  return step
}

/** Whether a phase lies behind the workshop, is the one it is in, or comes later. */
export function positionOf(stage: StageView, phase: PhaseId): ReturnType<typeof phasePosition> {
  return phasePosition(stage.agenda, phase, stage.at.phase)
}
