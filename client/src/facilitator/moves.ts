import { type AgendaPoint, pointAfter, stepAt } from '@quintet/shared/agenda'
import { PHASES, type PhaseId, STEPS } from '@quintet/shared/phases'
import type { StageFields } from '@quintet/shared/stage'

/** What a move needs to know of the stage. */
type Place = Pick<StageFields, 'agenda' | 'at' | 'resume'>

/** A move that a button offers. */
export interface Move {
  readonly to: AgendaPoint
  /** Where it leads: the phase's name, or the step's within the same phase. */
  readonly name: string
}

/** The move to the step before or after this one; undefined past either end. */
export function neighbour({ agenda, at }: Pick<Place, 'agenda' | 'at'>, by: 1 | -1): Move | undefined {
  const to = pointAfter(agenda, at, by)
  if (!to) return undefined
  const step = stepAt(agenda, to)
  return { to, name: to.phase === at.phase && step ? STEPS[step.kind].name : PHASES[to.phase].name }
}

/** The move to a phase: to the step at which it was left, else to its first. Undefined if the agenda lacks the phase. */
export function moveTo({ agenda, resume }: Place, phase: PhaseId): Move | undefined {
  const entry = agenda.phases.find((each) => each.phase === phase)
  const left = resume[phase]
  const step = entry?.steps.find((each) => each.id === left) ?? entry?.steps[0]
  return step && { to: { phase, step: step.id }, name: PHASES[phase].name }
}
