import type * as Y from 'yjs'
import { isId, type NoteId, type PersonId, type RequestId, type StepId } from './ids.ts'
import type { PhaseId } from './phases.ts'

/**
 * The `desk` document: what facilitators alone read.
 *
 * ```
 * done            <person>: id of the step that they said they are done with (only in phases whose notes are signed)
 * bin/<note>      {phase, author|null, text, firstStep, measure, owner?, at, hidden}: words that left the board
 * groups/<group>  the same of a group that was taken apart, merged or emptied: its name is the text, it has no author
 * requests/<id>   {person|null, phase, text, note|null, at}: what somebody asks to add
 * scripts/<step>  text: Y.Text; what facilitators note for themselves to a step
 * ```
 * All but the scripts is written by the server alone, on command: each key holds one plain value that is replaced as a
 * whole.
 */
export function doneRoot(desk: Y.Doc): Y.Map<StepId> {
  return desk.getMap<StepId>('done')
}

/** Who said that they are done with a step. */
export function doneWith(desk: Y.Doc, step: StepId): ReadonlySet<PersonId> {
  const people = new Set<PersonId>()
  for (const [person, at] of doneRoot(desk).entries()) if (at === step && isId(person)) people.add(person as PersonId)
  return people
}

/** The words of a note that was removed or hidden, away from the board. */
export interface Binned {
  readonly id: NoteId
  readonly phase: PhaseId
  /** Null for anonymous notes. */
  readonly author: PersonId | null
  readonly text: string
  /** First step and measure of an action; empty for other notes. */
  readonly firstStep: string
  readonly measure: string
  /** Who owns an action, where that is the name of somebody who is not here. */
  readonly owner?: string
  /** When the words left the board, ms since the epoch. */
  readonly at: number
  /** Whether a facilitator hid it: only facilitators bring it back. */
  readonly hidden: boolean
}

export function binRoot(desk: Y.Doc): Y.Map<Omit<Binned, 'id'>> {
  return desk.getMap<Omit<Binned, 'id'>>('bin')
}

/** The words of groups that are gone. No page shows them: they come back with the group. */
export function groupBinRoot(desk: Y.Doc): Y.Map<Omit<Binned, 'id'>> {
  return desk.getMap<Omit<Binned, 'id'>>('groups')
}

/** Every note whose words are in the bin, the latest first. */
export function readBin(desk: Y.Doc): readonly Binned[] {
  return [...binRoot(desk).entries()]
    .map(([id, binned]) => ({ ...binned, id: id as NoteId }))
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
}

/** Words that somebody could not write themselves, and asks a facilitator to add. */
export interface AddRequest {
  readonly id: RequestId
  /** Who asks; null in an anonymous phase, where facilitators are not told either. */
  readonly person: PersonId | null
  readonly phase: PhaseId
  readonly text: string
  /** The note whose words it would replace; null for a new one. */
  readonly note: NoteId | null
  /** When it was asked; in an anonymous phase, when its notes were revealed. Ms since the epoch. */
  readonly at: number
}

export function requestRoot(desk: Y.Doc): Y.Map<Omit<AddRequest, 'id'>> {
  return desk.getMap<Omit<AddRequest, 'id'>>('requests')
}

/** The requests that wait for an answer, in the order in which they came; of one time, in an order that tells nothing. */
export function readRequests(desk: Y.Doc): readonly AddRequest[] {
  return [...requestRoot(desk).entries()]
    .map(([id, request]) => ({ ...request, id: id as RequestId }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}
