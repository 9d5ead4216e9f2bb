import type * as Y from 'yjs'
import { isId, type PersonId, type StepId } from './ids.ts'

/**
 * The `desk` document: what facilitators alone read.
 *
 * ```
 * done   <person>: id of the step that they said they are done with (written by the server alone, on command, and
 *        only in phases whose notes are signed)
 * ```
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
