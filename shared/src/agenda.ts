import type { StepId } from './ids.ts'
import type { PhaseId, StepKind } from './phases.ts'

/** One step of a phase, with the minutes that are planned for it. */
export interface AgendaStep {
  readonly id: StepId
  readonly kind: StepKind
  /** Planned length, ms. */
  readonly duration: number
  /** Dots that each person has in a vote; {@link DEFAULT_BUDGET} unless set. */
  readonly budget?: number | undefined
}

export interface AgendaPhase {
  readonly phase: PhaseId
  readonly steps: readonly AgendaStep[]
  /** Whether nobody, the facilitator included, is told whose a note of this phase is. */
  readonly anonymous?: boolean | undefined
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

/** Dots that each person has in a vote for which the agenda says nothing else. */
export const DEFAULT_BUDGET = 5

const MINUTE = 60_000

const OWNERS: AgendaPhase = {
  phase: 'owners',
  steps: [{ id: 'owners-1' as StepId, kind: 'owners', duration: 20 * MINUTE }],
}

const RHYTHM = ['write', 'share', 'group', 'vote', 'decide'] as const

/** A phase in the rhythm of five steps. @param minutes of each, in order. */
function rhythmPhase(phase: PhaseId, minutes: readonly [number, number, number, number, number]): AgendaPhase {
  const steps = RHYTHM.map((kind, at) => ({
    id: `${phase}-${at + 1}` as StepId,
    kind,
    duration: (minutes[at] ?? 0) * MINUTE,
  }))
  return { phase, steps }
}

function openPhase(phase: PhaseId, minutes: number): AgendaPhase {
  return { phase, steps: [{ id: `${phase}-1` as StepId, kind: 'open', duration: minutes * MINUTE }] }
}

/** The agenda of a new workshop: four phases in the rhythm of write, share, group, vote and decide, then Owners; 2 h. */
export const RHYTHM_AGENDA: Agenda = {
  phases: [
    rhythmPhase('principles', [5, 2, 4, 3, 6]),
    rhythmPhase('ideal', [7, 3, 5, 4, 8]),
    rhythmPhase('gaps', [7, 3, 5, 4, 8]),
    rhythmPhase('actions', [7, 2, 4, 3, 10]),
    OWNERS,
  ],
}

/** The agenda without secrets: four phases, each as one open step, then Owners; 1 h 55 min. */
export const OPEN_AGENDA: Agenda = {
  phases: [
    openPhase('principles', 20),
    openPhase('ideal', 25),
    openPhase('gaps', 25),
    openPhase('actions', 25),
    OWNERS,
  ],
}

/** The same agenda with every phase's notes signed or anonymous. */
export function withNames(agenda: Agenda, names: 'signed' | 'anonymous'): Agenda {
  return { phases: agenda.phases.map((entry) => ({ ...entry, anonymous: names === 'anonymous' })) }
}

/** Whether nobody is told whose a note of a phase is. */
export function isAnonymous(agenda: Agenda, phase: PhaseId): boolean {
  return agenda.phases.find((entry) => entry.phase === phase)?.anonymous === true
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
  const here = points.findIndex((each) => samePoint(each, point))
  return here < 0 ? undefined : points[here + by]
}

/** Whether one point lies after another; false for points that the agenda lacks. */
export function isAfter(agenda: Agenda, point: AgendaPoint, than: AgendaPoint): boolean {
  const points = agendaPoints(agenda)
  const indexOf = (one: AgendaPoint) => points.findIndex((each) => samePoint(each, one))
  return indexOf(than) >= 0 && indexOf(point) > indexOf(than)
}

export function samePoint(a: AgendaPoint, b: AgendaPoint): boolean {
  return a.phase === b.phase && a.step === b.step
}

/** How a phase stands to the one the workshop is in. A phase that the agenda leaves out is `absent`. */
export function phasePosition(agenda: Agenda, phase: PhaseId, now: PhaseId): 'past' | 'now' | 'ahead' | 'absent' {
  const order = agenda.phases.map((entry) => entry.phase)
  const at = order.indexOf(phase)
  if (at < 0) return 'absent'
  const here = order.indexOf(now)
  return at === here ? 'now' : at < here ? 'past' : 'ahead'
}
