import type * as Y from 'yjs'
import type { Agenda, AgendaPoint, AgendaStep } from './agenda.ts'
import { phasePosition, stepAt } from './agenda.ts'
import type { OutcomeId } from './board.ts'
import { isId, type PersonId, type RoundId, type StepId } from './ids.ts'
import type { PhaseId, StepKind } from './phases.ts'
import type { Tally } from './tally.ts'
import type { Timer } from './timer.ts'

/**
 * The `stage` document: what has authority. Only the server writes it, on command; everyone in the workshop reads it.
 *
 * ```
 * stage    title, createdAt, state, closedAt|null, reopenedAt|null, agenda, at, left|null, resume, timer, locks, countdown|null,
 *          reveal|null, progress
 * people   <person>: {name, role, joinedAt}
 * former   <person>: the same, of people who were removed: what they wrote keeps its name
 * rounds   <round>: one vote's round
 * marks    <note or group>: {kept?, parked?, true?}
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

/** The step that the group left last, and when: its edits still count for a moment, and the move can be taken back. */
export interface LeftStep {
  readonly at: AgendaPoint
  /** Ms since the epoch. */
  readonly movedAt: number
  /** The timer as it was, for a move that is taken back. */
  readonly timer: Timer
}

/** A reveal, or the close of a vote, that every screen counts down to. Any facilitator can stop it. */
export interface Countdown {
  readonly to: AgendaPoint
  readonly does: 'share' | 'close vote'
  /** Ms since the epoch. It also names this countdown. */
  readonly endsAt: number
  readonly by: PersonId
}

/** The latest reveal: screens show "landing" until the board holds `count` notes of `phase` with its time. */
export interface Reveal {
  readonly phase: PhaseId
  /** Ms since the epoch; the notes of a reveal carry it as theirs. */
  readonly at: number
  readonly count: number
  /**
   * Ready drafts for which the board had no room, which stay with their authors; absent where it had for all. Since notes
   * never leave the board, it is full from then on.
   */
  readonly noRoom?: number
}

/** Numbers of people in the step that the group is in; never who. */
export interface Progress {
  /** Have drafts here, done or not: one count tells nothing about another. */
  readonly writing: number
  /** Have words in a composer, which a reveal leaves with them. */
  readonly typing: number
  readonly done: number
  /** Have at least one dot placed in the open round, whether or not it still stands on something. */
  readonly voted: number
}

/** Who locked a phase, and when: it is read from then on, not changed. */
export interface Lock {
  readonly by: PersonId
  /** Ms since the epoch. */
  readonly at: number
}

/** What stands under the keys of the `stage` root. */
export interface StageFields {
  readonly title: string
  readonly createdAt: number
  readonly state: WorkshopState
  /** When the workshop was closed, ms since the epoch; null while it is not. */
  readonly closedAt: number | null
  /** When it was reopened last, ms since the epoch; null where it never was. */
  readonly reopenedAt: number | null
  readonly agenda: Agenda
  /** Where the workshop is. */
  readonly at: AgendaPoint
  /** The step at which each phase was left, so that going back to it goes there. */
  readonly resume: Readonly<Partial<Record<PhaseId, AgendaPoint['step']>>>
  readonly timer: Timer
  readonly locks: Readonly<Partial<Record<PhaseId, Lock>>>
  readonly left: LeftStep | null
  readonly countdown: Countdown | null
  readonly reveal: Reveal | null
  readonly progress: Progress
}

/** What facilitators say of a note or group. */
export const MARKS = ['kept', 'parked', 'true'] as const
/** `kept`: the team agreed to it. `parked`: put aside, listed apart. `true`: a statement that is true already and needs no gap. */
export type Mark = (typeof MARKS)[number]
export type Marks = Readonly<Partial<Record<Mark, true>>>

/** One round of a vote. */
export interface Round {
  readonly id: RoundId
  readonly phase: PhaseId
  readonly step: StepId
  readonly state: 'open' | 'closed'
  /** Dots that each person has. */
  readonly budget: number
  /** Ms since the epoch. */
  readonly openedAt: number
  readonly closedAt: number | null
  /** What the last close counted; null before the first. A round that is open again keeps it: totals were seen. */
  readonly tally: Tally | null
  /**
   * Somebody was removed since it was counted. It is not counted once more: the difference of the two totals would be
   * their ballot.
   */
  readonly sealed?: true
}

export interface StageView extends StageFields {
  readonly people: ReadonlyMap<PersonId, Person>
  /** People who were removed. */
  readonly former: ReadonlyMap<PersonId, Person>
  /** In the order in which they were opened. */
  readonly rounds: readonly Round[]
  readonly marks: ReadonlyMap<OutcomeId, Marks>
}

export const NO_PROGRESS: Progress = { writing: 0, typing: 0, done: 0, voted: 0 }

/** What stages lack that were written before these fields were. */
const DEFAULTS = {
  reopenedAt: null,
  left: null,
  countdown: null,
  reveal: null,
  progress: NO_PROGRESS,
} as const satisfies Partial<StageFields>

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
] as const satisfies readonly Exclude<keyof StageFields, keyof typeof DEFAULTS>[]

/** A part of the stage to be replaced; the server's hand writes all of it in one transaction. */
export interface StageChange {
  readonly fields?: Partial<StageFields>
  readonly people?: readonly Person[]
  /** People who leave the workshop's list; their names are kept. */
  readonly removed?: readonly Person[]
  readonly rounds?: readonly Round[]
  readonly marks?: readonly (readonly [OutcomeId, Marks])[]
}

/**
 * Reads the stage. The document is the server's own, so its values are taken as they are.
 * @returns undefined while the document is empty, as it is in a browser before the first sync.
 */
export function readStage(doc: Y.Doc): StageView | undefined {
  const root = doc.getMap('stage')
  if (!FIELDS.every((field) => root.has(field))) return undefined
  const fields = Object.fromEntries(FIELDS.map((field) => [field, root.get(field)]))
  const later = Object.entries(DEFAULTS).map(([field, value]) => [field, root.get(field) ?? value])
  return {
    ...(fields as unknown as Omit<StageFields, keyof typeof DEFAULTS>),
    ...(Object.fromEntries(later) as unknown as Pick<StageFields, keyof typeof DEFAULTS>),
    people: readPeople(doc, 'people'),
    former: readPeople(doc, 'former'),
    rounds: [...doc.getMap<Round>('rounds').values()].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)),
    marks: new Map([...doc.getMap<Marks>('marks').entries()] as [OutcomeId, Marks][]),
  }
}

function readPeople(doc: Y.Doc, root: 'people' | 'former'): ReadonlyMap<PersonId, Person> {
  const people = new Map<PersonId, Person>()
  for (const [id, value] of doc.getMap<Omit<Person, 'id'>>(root).entries())
    if (isId(id)) people.set(id as PersonId, { ...value, id: id as PersonId })
  return people
}

/** Writes a change in the server's hand, as one transaction. Values that are the same stay untouched. */
export function writeStage(doc: Y.Doc, change: StageChange, origin: unknown): void {
  const entryOf = ({ id, ...person }: Person): [string, unknown] => [id, person]
  const removed = change.removed ?? []
  doc.transact(() => {
    replaceValues(doc.getMap('stage'), Object.entries(change.fields ?? {}))
    replaceValues(doc.getMap('people'), (change.people ?? []).map(entryOf))
    for (const { id } of removed) doc.getMap('people').delete(id)
    replaceValues(doc.getMap('former'), removed.map(entryOf))
    replaceValues(
      doc.getMap('rounds'),
      (change.rounds ?? []).map((round) => [round.id, round]),
    )
    replaceValues(doc.getMap('marks'), change.marks ?? [])
  }, origin)
}

function replaceValues(map: Y.Map<unknown>, entries: readonly (readonly [key: string, value: unknown])[]): void {
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

/** The kind of step that rules in a phase now: its own step, Decide for an earlier one; null where nothing may be done yet. */
export function stepKindIn(stage: StageView, phase: PhaseId): StepKind | null {
  switch (positionOf(stage, phase)) {
    case 'now':
      return currentStep(stage).kind
    case 'past':
      return phase === 'owners' ? 'owners' : 'decide'
    case 'ahead':
    case 'absent':
      return null
  }
}

/** The round that counts in a step: the latest that was opened for it. */
export function roundOf(stage: StageView, point: AgendaPoint): Round | undefined {
  return stage.rounds.findLast((round) => round.phase === point.phase && round.step === point.step)
}

/**
 * What a phase's notes and groups are sorted by: the totals of its latest closed round in which somebody voted. A round
 * that was opened by a slip and left at once has none, and does not hide what was counted before.
 */
export function lastTally(stage: StageView, phase: PhaseId): Tally | null {
  const tallies = stage.rounds.flatMap((round) =>
    round.phase === phase && round.state === 'closed' ? (round.tally ?? []) : [],
  )
  return lastVoted(tallies)
}

/** The last of several tallies in which somebody voted; where nobody ever did, the last one. */
export function lastVoted(tallies: readonly Tally[]): Tally | null {
  return tallies.findLast(({ dots }) => dots > 0) ?? tallies.at(-1) ?? null
}
