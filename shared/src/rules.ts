import { isAnonymous } from './agenda.ts'
import type { CommandName } from './commands.ts'
import type { PersonId } from './ids.ts'
import { GRACE } from './moves.ts'
import { PHASES, type PhaseId, STEPS, type StepAbilities } from './phases.ts'
import { positionOf, type Role, type Round, type StageView, stepKindIn } from './stage.ts'

/**
 * Who may do what: the one table, read by the server to refuse and by the client to offer and to explain.
 *
 * - [P1] Observers change nothing.
 * - [P2] Before the workshop runs, the board is not written; after its close only the plan's fields are.
 * - [P3] A locked phase is read, not changed; neither is a phase that the workshop has not reached or does not have.
 * - [P4] The phase that the workshop is in allows what its step allows; an earlier one what Decide allows.
 * - [P5] A new note goes to the wall where the step says so, in one's own name and at a time when the workshop was
 *   there, see {@link isTimely}. Owners has no notes.
 * - [P6] Own words follow `ownWords`, others' words `othersWords`; anonymous words are nobody's own.
 * - [P7] Removing and bringing back a note follow own words; facilitators may with any note.
 * - [P8] Where a note stands follows `place`, what it hangs under follows `thread`.
 * - [P9] The plan's fields are open in Decide and Open of Actions, in Owners (whose lock then counts), and after the close.
 * - [P10] Commands are the facilitator's, but for one's own name, one's own drafts and notes, asking to add, and saying
 *   that one is done.
 * - [P11] For {@link GRACE} after a move, a lock, the close or its undoing, what was allowed before it is allowed too, see
 *   {@link mayStill}.
 * - [P12] In an anonymous phase notes come and go by command alone, and nobody's words are their own: they are changed
 *   where others' are. Sharing a draft is possible where late drafts or new notes are, withdrawing where own words are.
 * - [P13] One's own drafts and ballots are never refused because of a step: what counts is the server's cut.
 * - [P14] Naming, merging, splitting and ordering groups follow `place`.
 * - [P15] Keeping, parking and the like are the facilitator's, in a phase that may be changed.
 * - [P16] Hiding a note is the facilitator's at any time, and so is bringing a hidden one back.
 *
 * What may stand at which path of a document, and by which of these acts, is in `paths.ts`.
 */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

export interface Actor {
  readonly person: PersonId
  readonly role: Role
}

const ALLOWED: Verdict = { allowed: true }
const no = (reason: string): Verdict => ({ allowed: false, reason })
const when = (allowed: boolean, otherwise: string): Verdict => (allowed ? ALLOWED : no(otherwise))

/** What somebody does to the notes of a phase; `share` and `withdraw` are commands about one's own. */
type NoteAct = 'add' | 'share' | 'withdraw' | 'write' | 'remove' | 'place' | 'hang'

/** What somebody does to the board, in the words of the interface. */
export type BoardAct = NoteAct | 'plan' | 'mark'

/** What a rule needs to know of the note or group that is acted on. */
export interface Subject {
  readonly phase: PhaseId
  readonly author: PersonId | null
}

/** Decides [P1] to [P9], [P12], [P14] and [P15] for one act on one subject; a refusal says why, and when it will be possible where that is known. */
export function may(act: BoardAct, actor: Actor, stage: StageView, subject: Subject): Verdict {
  if (actor.role === 'observer') return no('Observers see everything and change nothing.')
  if (act === 'plan') return mayPlan(stage, subject)
  const abilities = abilitiesIn(stage, subject.phase)
  if ('allowed' in abilities) return abilities
  if (act === 'mark') return when(actor.role === 'facilitator', FACILITATORS)
  return mayNote(act, actor, stage, abilities, subject)
}

/** Decides as {@link may}, and for a moment after a move, a lock, the close or its undoing [P11] as before it. @param now ms since the epoch. */
export function mayStill(act: BoardAct, actor: Actor, stage: StageView, subject: Subject, now: number): Verdict {
  const verdict = may(act, actor, stage, subject)
  if (verdict.allowed) return verdict
  const isRecent = (time: number | null | undefined) => typeof time === 'number' && now - time <= GRACE
  const running: StageView = isRecent(stage.closedAt) ? { ...stage, state: 'running' } : stage
  const locks = Object.entries(stage.locks)
  const older = locks.filter(([, lock]) => !isRecent(lock.at))
  const open = older.length < locks.length ? { ...running, locks: Object.fromEntries(older) } : running
  const before = stage.left && isRecent(stage.left.movedAt) ? { ...open, at: stage.left.at } : open
  const closed: StageView = isRecent(stage.reopenedAt) ? { ...stage, state: 'closed' } : stage
  const wasAllowed = [open, before, closed].some((each) => each !== stage && may(act, actor, each, subject).allowed)
  return wasAllowed ? ALLOWED : verdict
}

/** So far may the clock be off by which somebody dates a note, ms. */
const CLOCK_OFF = 24 * 60 * 60 * 1000

/** Whether a note can have been written at a time [P5]: since the workshop was created, and not in the future. @param now ms since the epoch, as `at`. */
export function isTimely(at: number, stage: Pick<StageView, 'createdAt'>, now: number): boolean {
  return at >= stage.createdAt - CLOCK_OFF && at <= now + CLOCK_OFF
}

/** Whether a step makes an act possible; `own`: with one's own note. */
const POSSIBLE: Readonly<Record<NoteAct, (step: StepAbilities, own: boolean) => boolean>> = {
  add: ({ newNotes }) => newNotes === 'wall',
  share: ({ newNotes }) => newNotes === 'wall' || newNotes === 'late',
  withdraw: ({ ownWords }) => ownWords,
  write: ({ ownWords, othersWords }, own) => (own ? ownWords : othersWords),
  remove: ({ ownWords }) => ownWords,
  place: ({ place }) => place,
  hang: ({ thread }) => thread === true,
}

/** Decides [P5] to [P8] and [P12], once the phase is known to be open. */
function mayNote(act: NoteAct, actor: Actor, stage: StageView, abilities: StepAbilities, subject: Subject): Verdict {
  const { phase, author } = subject
  const anonymous = isAnonymous(stage.agenda, phase)
  const own = author === actor.person && !anonymous
  if (act === 'remove' && actor.role === 'facilitator') return ALLOWED
  if (act === 'remove' && !own) return no('Its author or a facilitator can remove it.')
  if (act === 'add' && author !== actor.person && (author !== null || !anonymous))
    return no('A note is added in one’s own name.')
  if ((act === 'add' || act === 'share') && phase === 'owners')
    return no('Owners is a table of the actions. It has no notes of its own.')
  const possible = (step: StepAbilities) => POSSIBLE[act](step, own)
  if (!possible(abilities)) return no(whyNot(act, abilities, phase, own, anonymous) + whenIn(stage, phase, possible))
  return when(
    act !== 'add' || !anonymous,
    `Nobody is told whose ${PHASES[phase].many} are: write a draft and share it.`,
  )
}

/** Why a step does not make an act possible. */
function whyNot(act: NoteAct, { newNotes }: StepAbilities, phase: PhaseId, own: boolean, anonymous: boolean): string {
  const { many } = PHASES[phase]
  switch (act) {
    case 'add':
      return newNotes === null
        ? `New ${many} are not added in this step.`
        : `New ${many} are drafts now, for you alone.`
    case 'share':
      return newNotes === null
        ? `New ${many} are not added in this step.`
        : 'Drafts are shared together, when everyone has written.'
    case 'withdraw':
    case 'remove':
      return 'Notes are not removed in this step.'
    case 'write':
      if (own) return 'Words are not changed in this step.'
      return `${anonymous ? 'Anonymous' : 'Others’'} words are not changed in this step.`
    case 'place':
      return 'Notes stay where they are in this step.'
    case 'hang':
      return 'The thread is not changed in this step.'
  }
}

/** The step of this phase, or the end of it, from which on something is possible; nothing where that never comes. */
function whenIn(stage: StageView, phase: PhaseId, possible: (step: StepAbilities) => boolean): string {
  const { phases } = stage.agenda
  const steps = phases.find((entry) => entry.phase === phase)?.steps ?? []
  const later = steps.slice(steps.findIndex(({ id }) => id === stage.at.step) + 1)
  const next = later.find(({ kind }) => possible(STEPS[kind].may))
  if (next) return ` It is possible in ${STEPS[next.kind].name}.`
  return phases.at(-1)?.phase === phase ? '' : ' It is possible after this phase.'
}

/** What [P2] to [P4] leave possible in a phase now, or why nothing is. */
function abilitiesIn(stage: StageView, phase: PhaseId): StepAbilities | Verdict {
  const { name } = PHASES[phase]
  if (stage.state === 'preparing') return no('The workshop has not begun. A facilitator begins it.')
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

const FACILITATORS = 'A facilitator does this.'

/** What every member does for themselves. */
const OWN_COMMANDS: ReadonlySet<CommandName> = new Set([
  'share draft',
  'withdraw note',
  'bring back note',
  'ask to add',
  'done',
])

/** Decides [P10]. @param whom the person that a command is about, where it is about one. */
export function mayCommand(command: CommandName, actor: Actor, whom?: PersonId): Verdict {
  if (actor.role === 'facilitator') return ALLOWED
  if (actor.role === 'member' && OWN_COMMANDS.has(command)) return ALLOWED
  if (command === 'rename person' && actor.role === 'member' && whom === actor.person) return ALLOWED
  return no(FACILITATORS)
}

/** Whether a closed round may be opened again. One that would tell somebody's ballot by the difference of its totals may not. */
export function mayReopen(round: Pick<Round, 'sealed'>): Verdict {
  return when(
    !round.sealed,
    'Somebody was removed since this vote was counted, so counting it once more would tell their dots. Vote again instead.',
  )
}
