import * as z from 'zod/mini'
import { idSchema } from './idSchema.ts'
import type { StepId } from './ids.ts'
import { PHASE_IDS, type PhaseId, STEP_KINDS, type StepKind } from './phases.ts'

/** One step of a phase, with the minutes that are planned for it. */
export interface AgendaStep {
  readonly id: StepId
  readonly kind: StepKind
  /** Planned length, ms. */
  readonly duration: number
}

export interface AgendaPhase {
  readonly phase: PhaseId
  readonly steps: readonly AgendaStep[]
}

/** What the workshop goes through, in order: one to five phases, each with at least one step. */
export interface Agenda {
  readonly phases: readonly AgendaPhase[]
}

/** A place in the agenda. */
export interface AgendaPoint {
  readonly phase: PhaseId
  readonly step: StepId
}

export const stepIdSchema = idSchema<StepId>()

export const agendaPointSchema = z.object({ phase: z.enum(PHASE_IDS), step: stepIdSchema })

export const stepKindSchema = z.enum(STEP_KINDS)

const MINUTE = 60_000

function openPhase(phase: PhaseId, minutes: number): AgendaPhase {
  const kind = phase === 'owners' ? 'owners' : 'open'
  return { phase, steps: [{ id: `${phase}-1` as StepId, kind, duration: minutes * MINUTE }] }
}

/** The agenda of a new workshop: five phases, each as one open step, in 1 h 55 min. */
export const DEFAULT_AGENDA: Agenda = {
  phases: [
    openPhase('principles', 20),
    openPhase('ideal', 25),
    openPhase('gaps', 25),
    openPhase('actions', 25),
    openPhase('owners', 20),
  ],
}

/** The step at a point, or undefined if the agenda has no such point. */
export function stepAt(agenda: Agenda, point: AgendaPoint): AgendaStep | undefined {
  return agenda.phases.find((entry) => entry.phase === point.phase)?.steps.find((step) => step.id === point.step)
}

/** All points in the order in which the workshop goes through them. */
export function agendaPoints(agenda: Agenda): readonly AgendaPoint[] {
  return agenda.phases.flatMap(({ phase, steps }) => steps.map((step) => ({ phase, step: step.id })))
}

/** The point `by` steps after (or, negative, before) another; undefined past either end. */
export function pointAfter(agenda: Agenda, point: AgendaPoint, by: 1 | -1): AgendaPoint | undefined {
  const points = agendaPoints(agenda)
  const here = points.findIndex((each) => each.phase === point.phase && each.step === point.step)
  return here < 0 ? undefined : points[here + by]
}

/** How a phase stands to the one the workshop is in. A phase that the agenda leaves out is `absent`. */
export function phasePosition(agenda: Agenda, phase: PhaseId, now: PhaseId): 'past' | 'now' | 'ahead' | 'absent' {
  const order = agenda.phases.map((entry) => entry.phase)
  const at = order.indexOf(phase)
  if (at < 0) return 'absent'
  const here = order.indexOf(now)
  return at === here ? 'now' : at < here ? 'past' : 'ahead'
}
