import { ACTION_STATUSES, type BoardRoot, isDay } from './board.ts'
import type { CommandName } from './commands.ts'
import { isId, type PersonId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { GRACE } from './moves.ts'
import { isPhaseId, PHASES, type PhaseId, STEPS, type StepAbilities } from './phases.ts'
import { positionOf, type Role, type StageView, stepKindIn } from './stage.ts'

/**
 * Who may do what: the one table, read by the server to refuse and by the client to offer and to explain.
 *
 * - [P1] Observers change nothing.
 * - [P2] Before the workshop runs, the board is not written; after its close only the plan's fields are.
 * - [P3] A locked phase is read, not changed; neither is a phase that the workshop has not reached or does not have.
 * - [P4] The phase that the workshop is in allows what its step allows; an earlier one what Decide allows.
 * - [P5] A new note goes to the wall where the step says so, never in another person's name.
 * - [P6] Own words follow `ownWords`, others' words `othersWords`; anonymous words are nobody's own.
 * - [P7] Removing and bringing back a note follow own words; facilitators may with any note.
 * - [P8] Where a note stands follows `place`, what it hangs under follows `thread`.
 * - [P9] The plan's fields are open in Decide and Open of Actions, in Owners (whose lock then counts), and after the close.
 * - [P10] Commands are the facilitator's, but for one's own name, one's own drafts, and saying that one is done.
 * - [P11] For {@link GRACE} after a move, what the step before allows is allowed too, see {@link mayStill}.
 * - [P12] In an anonymous phase notes come and go by command alone, and nobody's words are their own: they are changed
 *   where others' are.
 * - [P13] One's own drafts and ballots are never refused because of a step: what counts is the server's cut.
 * - [P14] Naming, merging, splitting and ordering groups follow `place`.
 * - [R1…R9] The paths of the board, first match; what no rule names is refused.
 */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

export interface Actor {
  readonly person: PersonId
  readonly role: Role
}

const ALLOWED: Verdict = { allowed: true }
const no = (reason: string): Verdict => ({ allowed: false, reason })
const when = (allowed: boolean, otherwise: string): Verdict => (allowed ? ALLOWED : no(otherwise))

/** What somebody does to the notes of a phase. */
type NoteAct = 'add' | 'share' | 'write' | 'remove' | 'place' | 'hang'

/** What somebody does to the board, in the words of the interface. */
export type BoardAct = NoteAct | 'plan'

/** What a rule needs to know of the note or group that is acted on. */
export interface Subject {
  readonly phase: PhaseId
  readonly author: PersonId | null
}

/** Decides [P1] to [P9] for one act on one subject; a refusal says why, and when it will be possible where that is known. */
export function may(act: BoardAct, actor: Actor, stage: StageView, subject: Subject): Verdict {
  if (actor.role === 'observer') return no('Observers see everything and change nothing.')
  if (act === 'plan') return mayPlan(stage, subject)
  const abilities = abilitiesIn(stage, subject.phase)
  return 'allowed' in abilities ? abilities : mayNote(act, actor, abilities, subject)
}

/** Decides as {@link may}, and for a moment after a move [P11] as it was before it. @param now ms since the epoch. */
export function mayStill(act: BoardAct, actor: Actor, stage: StageView, subject: Subject, now: number): Verdict {
  const verdict = may(act, actor, stage, subject)
  if (verdict.allowed || !stage.left || now - stage.left.movedAt > GRACE) return verdict
  return may(act, actor, { ...stage, at: stage.left.at }, subject).allowed ? ALLOWED : verdict
}

/** Decides [P5] to [P8], once the phase is known to be open. */
function mayNote(act: NoteAct, actor: Actor, abilities: StepAbilities, subject: Subject): Verdict {
  const own = subject.author === actor.person
  switch (act) {
    case 'add':
      if (!own && subject.author !== null) return no('A note is added in one’s own name.')
      return when(abilities.newNotes === 'wall', whyNoNew(abilities, subject.phase))
    case 'share':
      return when(
        abilities.newNotes === 'late' || abilities.newNotes === 'wall',
        abilities.newNotes === 'drafts'
          ? 'Drafts are shared together, when everyone has written.'
          : whyNoNew(abilities, subject.phase),
      )
    case 'write':
      return own
        ? when(abilities.ownWords, 'Words are not changed in this step.')
        : when(abilities.othersWords, 'Others’ words are changed in Decide.')
    case 'remove':
      if (actor.role === 'facilitator') return ALLOWED
      return own
        ? when(abilities.ownWords, 'Notes are not removed in this step.')
        : no('Its author or a facilitator can remove it.')
    case 'place':
      return when(abilities.place, 'Notes stay where they are in this step.')
    case 'hang':
      return when(abilities.thread === true, 'The thread is not changed in this step.')
  }
}

function whyNoNew({ newNotes }: StepAbilities, phase: PhaseId): string {
  const { many } = PHASES[phase]
  return newNotes === 'drafts'
    ? `New ${many} are drafts now, for you alone.`
    : `New ${many} are not added in this step. In Decide they are.`
}

/** What [P2] to [P4] leave possible in a phase now, or why nothing is. */
function abilitiesIn(stage: StageView, phase: PhaseId): StepAbilities | Verdict {
  const { name } = PHASES[phase]
  if (stage.state === 'preparing') return no('The workshop has not begun.')
  if (stage.state === 'closed') return no('The workshop is closed. A facilitator can reopen it.')
  if (stage.locks[phase]) return no(`${name} is locked. A facilitator can unlock it.`)
  switch (positionOf(stage, phase)) {
    case 'absent':
      return no(`${name} is not part of this workshop.`)
    case 'ahead':
      return no(`${name} comes later.`)
    case 'past':
    case 'now':
      return STEPS[stepKindIn(stage, phase) ?? 'decide'].may
  }
}

function mayPlan(stage: StageView, subject: Subject): Verdict {
  if (subject.phase !== 'actions') return no('Only actions are planned.')
  if (stage.state === 'closed') return ALLOWED
  const abilities = abilitiesIn(stage, stage.at.phase === 'owners' ? 'owners' : 'actions')
  if ('allowed' in abilities) return abilities
  return when(abilities.othersWords, 'Actions are planned in Decide and in Owners.')
}

/** What every member does for themselves. */
const OWN_COMMANDS: ReadonlySet<CommandName> = new Set(['share draft', 'withdraw note', 'done'])

/** Decides [P10]. @param whom the person that a command is about, where it is about one. */
export function mayCommand(command: CommandName, actor: Actor, whom?: PersonId): Verdict {
  if (actor.role === 'facilitator') return ALLOWED
  if (actor.role === 'member' && OWN_COMMANDS.has(command)) return ALLOWED
  if (command === 'rename person' && actor.role === 'member' && whom === actor.person) return ALLOWED
  return no('A facilitator does this.')
}

/** What may stand at a path of the board, and by which act it comes, changes and goes. */
export interface Rule {
  readonly id: string
  /** Keys from the root; `:id` stands for any id. */
  readonly path: readonly [BoardRoot, ':id', ...string[]]
  readonly is: 'map' | 'value' | 'text'
  /** Whether a plain value is of the shape and within the limits. */
  readonly value?: (value: unknown) => boolean
  /** Longest text after merging, UTF-16 units. */
  readonly most?: number
  /** The act that creates it; `with` where it only comes with its entry. */
  readonly create: BoardAct | 'with' | null
  /** The act that replaces a value or writes in a text. */
  readonly change: BoardAct | null
}

const isOrder = (value: unknown) => typeof value === 'string' && value.length <= LIMITS.orderKey
const isPlace = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && (value[0] === null || isId(value[0])) && isOrder(value[1])
const isOwner = (value: unknown) => {
  if (value === null) return true
  if (typeof value !== 'object' || Object.keys(value).length !== 1) return false
  if ('person' in value) return isId(value.person)
  return (
    'name' in value && typeof value.name === 'string' && value.name.length <= LIMITS.name && value.name.trim() !== ''
  )
}

/** The board's paths. Nothing is ever deleted from a map: a flag says that a note is removed. */
export const BOARD_RULES: readonly Rule[] = [
  { id: 'R1', path: ['notes', ':id'], is: 'map', create: 'add', change: null },
  { id: 'R2', path: ['notes', ':id', 'phase'], is: 'value', value: isPhaseId, create: 'with', change: null },
  {
    id: 'R2',
    path: ['notes', ':id', 'author'],
    is: 'value',
    value: (value) => value === null || isId(value),
    create: 'with',
    change: null,
  },
  { id: 'R2', path: ['notes', ':id', 'at'], is: 'value', value: Number.isSafeInteger, create: 'with', change: null },
  { id: 'R3', path: ['notes', ':id', 'text'], is: 'text', most: LIMITS.noteMerged, create: 'with', change: 'write' },
  { id: 'R4', path: ['notes', ':id', 'place'], is: 'value', value: isPlace, create: 'with', change: 'place' },
  {
    id: 'R5',
    path: ['notes', ':id', 'under'],
    is: 'value',
    value: (value) => value === null || isId(value),
    create: 'with',
    change: 'hang',
  },
  {
    id: 'R6',
    path: ['notes', ':id', 'removed'],
    is: 'value',
    value: (value) => typeof value === 'boolean',
    create: 'with',
    change: 'remove',
  },
  { id: 'R7', path: ['plan', ':id'], is: 'map', create: 'add', change: null },
  { id: 'R8', path: ['plan', ':id', 'owner'], is: 'value', value: isOwner, create: 'with', change: 'plan' },
  {
    id: 'R8',
    path: ['plan', ':id', 'due'],
    is: 'value',
    value: (value) => value === null || isDay(value),
    create: 'with',
    change: 'plan',
  },
  {
    id: 'R8',
    path: ['plan', ':id', 'status'],
    is: 'value',
    value: (value) => ACTION_STATUSES.some((status) => status === value),
    create: 'with',
    change: 'plan',
  },
  { id: 'R9', path: ['plan', ':id', 'firstStep'], is: 'text', most: LIMITS.planField, create: 'with', change: 'plan' },
  { id: 'R9', path: ['plan', ':id', 'measure'], is: 'text', most: LIMITS.planField, create: 'with', change: 'plan' },
]

/** The first rule that a path matches; undefined where nothing may stand. */
export function ruleFor(path: readonly string[]): Rule | undefined {
  return BOARD_RULES.find(
    (rule) =>
      rule.path.length === path.length &&
      rule.path.every((key, at) => (key === ':id' ? isId(path[at]) : key === path[at])),
  )
}
