import * as Y from 'yjs'
import type { Agenda, AgendaPoint } from './agenda.ts'
import type { GroupView, NoteView, PlanView } from './board.ts'
import type { Decision, World } from './commands.ts'
import type { Binned } from './desk.ts'
import type { GroupId, NoteId, PersonId, RoundId, StepId } from './ids.ts'
import type { DraftView } from './notebook.ts'
import { PHASE_IDS, type PhaseId, STEP_KINDS, type StepKind } from './phases.ts'
import {
  NO_PROGRESS,
  type Person,
  type Round,
  readStage,
  type StageChange,
  type StageView,
  writeStage,
} from './stage.ts'
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
    reopenedAt: null,
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

/** Phases that a facilitator locked long ago. */
export function lockedSince(at: number, ...phases: readonly PhaseId[]): StageView['locks'] {
  return Object.fromEntries(phases.map((phase) => [phase, { by: MAREN.id, at }]))
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

/** A group that stands on the wall, without a name but for what a test sets otherwise. */
export function groupWith(
  id: string,
  phase: PhaseId,
  fields: Partial<Omit<GroupView, 'id' | 'phase'>> = {},
): GroupView {
  return { id: id as GroupId, phase, name: '', order: id, into: null, removed: false, ...fields }
}

/** A ready draft with words that nobody else has seen, but for what a test sets otherwise. */
export function draftOf(id: string, phase: PhaseId, fields: Partial<Omit<DraftView, 'id' | 'phase'>> = {}): DraftView {
  return { ...noteOf(id, phase), ready: true, became: null, ...fields }
}

/** A note in the bin that nobody hid, but for what a test sets otherwise. */
export function binnedOf(id: string, fields: Partial<Omit<Binned, 'id'>> = {}): Binned {
  const plain = { phase: 'gaps', author: null, text: id, firstStep: '', measure: '', at: 0, hidden: false } as const
  return { id: id as NoteId, ...plain, ...fields }
}

/** An open round of a phase's vote with three dots each, but for what a test sets otherwise. */
export function roundWith(id: string, fields: Partial<Omit<Round, 'id'>> = {}): Round {
  const begun = { state: 'open', budget: 3, openedAt: 10, closedAt: null, tally: null } as const
  return { id: id as RoundId, ...pointOf('gaps', 'vote'), ...begun, ...fields }
}

/** What a decision finds beside the stage: nothing on the board, no drafts, and ids that count up; with what a test sets otherwise. */
export function worldOf(fields: Partial<World> = {}): World {
  let made = 0
  return {
    now: 1_800_000_000_000,
    newId: () => `id-${++made}`,
    phaseOf: () => undefined,
    draft: () => undefined,
    ownDraftOf: () => undefined,
    note: () => undefined,
    binned: () => undefined,
    request: () => undefined,
    count: () => 0,
    asked: () => new Map(),
    ...fields,
  }
}

/** A stage as it is read once it was written, and once a change was written over it. */
export function stageAfter(stage: StageView, change: StageChange = {}): StageView {
  const doc = new Y.Doc()
  const { people, former, rounds, marks, ...fields } = stage
  writeStage(
    doc,
    { fields, people: [...people.values()], removed: [...former.values()], rounds, marks: [...marks] },
    null,
  )
  writeStage(doc, change, null)
  const read = readStage(doc)
  if (!read) throw new Error('The stage is not whole')
  return read
}

/** The stage once a command was decided and its change written. @throws if the command was refused. */
export function stageOnce(stage: StageView, decision: Decision): StageView {
  if (!decision.ok) throw new Error(`Refused: ${decision.message}`)
  return stageAfter(stage, decision.change)
}
