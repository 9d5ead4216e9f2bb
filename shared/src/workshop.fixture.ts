import type { Agenda, AgendaPoint } from './agenda.ts'
import type { NoteView, PlanView } from './board.ts'
import type { NoteId, PersonId, StepId } from './ids.ts'
import { PHASE_IDS, type PhaseId, STEP_KINDS, type StepKind } from './phases.ts'
import { NO_PROGRESS, type Person, type StageView } from './stage.ts'
import { resetTimer } from './timer.ts'

/** A facilitator and two members, for tests. */
export const MAREN: Person = { id: 'maren' as PersonId, name: 'Maren', role: 'facilitator', joinedAt: 1 }
export const TOMASZ: Person = { id: 'tomasz' as PersonId, name: 'Tomasz', role: 'member', joinedAt: 2 }
export const INES: Person = { id: 'ines' as PersonId, name: 'Ines', role: 'member', joinedAt: 3 }

/** An agenda in which every phase runs every kind of step, each under its own name. */
export const EVERY_STEP: Agenda = {
  phases: PHASE_IDS.map((phase) => ({
    phase,
    steps: STEP_KINDS.map((kind) => ({ id: stepId(phase, kind), kind, duration: 60_000 })),
  })),
}

function stepId(phase: PhaseId, kind: StepKind): StepId {
  return `${phase}-${kind}` as StepId
}

/** The point of {@link EVERY_STEP} at which a phase runs a kind of step. */
export function pointOf(phase: PhaseId, kind: StepKind): AgendaPoint {
  return { phase, step: stepId(phase, kind) }
}

/** A running workshop at Decide of Gaps of {@link EVERY_STEP}, with what a test sets otherwise. */
export function stageOf(fields: Partial<StageView> = {}): StageView {
  return {
    title: 'How we serve product teams',
    createdAt: 0,
    state: 'running',
    closedAt: null,
    agenda: EVERY_STEP,
    at: pointOf('gaps', 'decide'),
    resume: {},
    timer: resetTimer(60_000),
    locks: {},
    left: null,
    countdown: null,
    reveal: null,
    progress: NO_PROGRESS,
    former: new Map(),
    rounds: [],
    marks: new Map(),
    people: new Map([MAREN, TOMASZ, INES].map((person) => [person.id, person])),
    ...fields,
  }
}

/** A note that stands on the wall, anonymous and loose but for what a test sets otherwise. */
export function noteOf(id: string, phase: PhaseId, fields: Partial<Omit<NoteView, 'id' | 'phase'>> = {}): NoteView {
  const loose = { author: null, at: 0, text: id, group: null, order: id, under: null, removed: false }
  return { id: id as NoteId, phase, ...loose, ...fields }
}

/** The plan of an action of which nothing was planned but what a test sets. */
export function planOf(id: string, fields: Partial<Omit<PlanView, 'id'>> = {}): PlanView {
  return { id: id as NoteId, owner: null, due: null, status: 'open', firstStep: '', measure: '', ...fields }
}
