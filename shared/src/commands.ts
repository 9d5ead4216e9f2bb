import * as z from 'zod/mini'
import { type AgendaPoint, agendaPointSchema, isAnonymous, samePoint, stepAt } from './agenda.ts'
import type { OutcomeId } from './board.ts'
import { idSchema } from './idSchema.ts'
import type { CommandId, NoteId, PersonId, RoundId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { COUNTDOWN, countdownFor, enter, moveChange, newRound } from './moves.ts'
import type { DraftView } from './notebook.ts'
import { type PhaseId, STEPS } from './phases.ts'
import { may, mayCommand } from './rules.ts'
import {
  currentStep,
  MARKS,
  type Mark,
  type Role,
  roundOf,
  type StageChange,
  type StageView,
  stepKindIn,
} from './stage.ts'
import { extendTimer, pauseTimer, resetTimer, resumeTimer, startTimer } from './timer.ts'

/**
 * Commands change what has authority. Each is parsed against its schema, decided by {@link decide} (pure), and applied
 * by the server alone, in order. A repeat of a command's id gets the first answer.
 */
const id = idSchema<CommandId>()
const person = idSchema<PersonId>()

/** A title or name as people type it: one line of well-formed Unicode, trimmed, not empty, at most `most` UTF-16 units. */
export const lineSchema = (most: number) =>
  z.string().check(
    z.maxLength(most * 2),
    // Half a surrogate pair has no UTF-8: each reader would see another name.
    z.refine((text) => text.isWellFormed()),
    z.overwrite((text) => text.replace(/\s+/gu, ' ').trim()),
    z.minLength(1),
    z.maxLength(most),
  )

export const titleSchema = lineSchema(LIMITS.title)
export const nameSchema = lineSchema(LIMITS.name)

const duration = z.int().check(z.minimum(0), z.maximum(LIMITS.timer))

const note = idSchema<NoteId>()
const outcome = idSchema<OutcomeId>()
const round = idSchema<RoundId>()

export const commandSchema = z.discriminatedUnion('name', [
  /**
   * Moves everyone to a step. `from` is where the sender saw the workshop: if it moved meanwhile, nothing happens.
   * Forward out of Write or of an open vote it begins a countdown instead, see {@link countdownFor}.
   */
  z.object({ id, name: z.literal('move'), from: agendaPointSchema, to: agendaPointSchema }),
  /** `countdown` is the `endsAt` of the one that the sender saw. */
  z.object({ id, name: z.literal('stop countdown'), countdown: z.int() }),
  /** Shares one of one's own drafts that the reveal left, or that came later. */
  z.object({ id, name: z.literal('share draft'), draft: note }),
  /** Takes one's own anonymous note off the wall, or brings it back; who may is read from one's own notebook. */
  z.object({ id, name: z.literal('withdraw note'), note, removed: z.boolean() }),
  z.object({ id, name: z.literal('mark'), outcome, mark: z.enum(MARKS), on: z.boolean() }),
  /** Goes back to a closed round, with its ballots. */
  z.object({ id, name: z.literal('reopen vote'), from: agendaPointSchema, round }),
  /** Begins a new round of a vote step, and moves there. */
  z.object({ id, name: z.literal('vote again'), from: agendaPointSchema, step: agendaPointSchema }),
  /** Says that one is done with a step, or not yet. */
  z.object({ id, name: z.literal('done'), step: agendaPointSchema, done: z.boolean() }),
  z.object({ id, name: z.literal('start timer'), duration: z.optional(duration) }),
  z.object({ id, name: z.literal('pause timer') }),
  z.object({ id, name: z.literal('resume timer') }),
  z.object({ id, name: z.literal('extend timer'), by: duration }),
  z.object({ id, name: z.literal('reset timer') }),
  z.object({ id, name: z.literal('rename workshop'), title: titleSchema }),
  z.object({ id, name: z.literal('close workshop'), from: agendaPointSchema }),
  z.object({ id, name: z.literal('reopen workshop') }),
  z.object({ id, name: z.literal('rename person'), person, to: nameSchema }),
  /** Takes somebody off the list: their ballots and what they did not share do not count, what they shared stays. */
  z.object({ id, name: z.literal('remove person'), person }),
])
export type Command = z.infer<typeof commandSchema>
export type CommandName = Command['name']

/** Why a command was refused: not this person's, overtaken by another, not possible here, or the workshop is closed. */
export const REPLY_CODES = ['forbidden', 'stale', 'invalid', 'closed'] as const
export type ReplyCode = (typeof REPLY_CODES)[number]

export interface CommandActor {
  readonly person: PersonId
  readonly role: Role
}

/** What is done beside the change of the stage, in the same piece, in the server's hand. */
export type Duty =
  | { readonly is: 'share draft'; readonly draft: NoteId; readonly at: number; readonly anonymous: boolean }
  | { readonly is: 'remove note'; readonly note: NoteId; readonly removed: boolean }
  | { readonly is: 'say done'; readonly step: AgendaPoint; readonly done: boolean }

/** What a command comes to: a change of the stage (perhaps none), or a refusal with its reason in words. */
export type Decision =
  | { readonly ok: true; readonly change: StageChange; readonly duty?: Duty }
  | { readonly ok: false; readonly code: ReplyCode; readonly message: string }

/** What a decision needs to know beside the stage. */
export interface World {
  /** Ms since the epoch, the server's clock. */
  readonly now: number
  /** A fresh random id. */
  readonly newId: () => string
  /** The phase of a note or group that stands; undefined where there is none. */
  readonly phaseOf: (id: OutcomeId) => PhaseId | undefined
  /** The sender's own drafts, for the commands that are about them. */
  readonly draft: (id: NoteId) => DraftView | undefined
  /** Whether a note of the board was one of the sender's drafts. */
  readonly isOwn: (note: NoteId) => boolean
}

const refuse = (code: ReplyCode, message: string): Decision => ({ ok: false, code, message })
const done = (change: StageChange, duty?: Duty): Decision => ({ ok: true, change, ...(duty ? { duty } : {}) })

/** Decides a command on the stage as it stands. Pure: the server applies the change in its own hand. */
export function decide(stage: StageView, actor: CommandActor, command: Command, world: World): Decision {
  const verdict = mayCommand(command.name, actor, command.name === 'rename person' ? command.person : undefined)
  if (!verdict.allowed) return refuse('forbidden', verdict.reason)
  const { now } = world
  switch (command.name) {
    case 'move':
      return move(stage, actor, command.from, command.to, world)
    case 'stop countdown':
      return stage.countdown?.endsAt === command.countdown
        ? done({ fields: { countdown: null } })
        : refuse('stale', 'It was stopped already, or it is too late to stop it. Look at the board.')
    case 'share draft':
      return shareDraft(stage, actor, command.draft, world)
    case 'withdraw note':
      return withdraw(stage, command.note, command.removed, world)
    case 'mark':
      return mark(stage, command, world)
    case 'reopen vote':
      return reopenVote(stage, command.from, command.round, now)
    case 'vote again':
      return voteAgain(stage, command.from, command.step, world)
    case 'done':
      return samePoint(stage.at, command.step)
        ? done({}, { is: 'say done', step: command.step, done: command.done })
        : refuse('stale', 'The group moved on meanwhile. Nothing was changed.')
    case 'start timer':
      return timer(stage, startTimer(stage.timer, now, command.duration))
    case 'pause timer':
      return timer(stage, pauseTimer(stage.timer, now, actor.person))
    case 'resume timer':
      return timer(stage, resumeTimer(stage.timer, now))
    case 'extend timer':
      return timer(stage, extendTimer(stage.timer, now, command.by))
    case 'reset timer':
      return timer(stage, resetTimer(currentStep(stage).duration))
    case 'rename workshop':
      return done({ fields: { title: command.title } })
    case 'close workshop':
      return close(stage, command.from, now)
    case 'reopen workshop':
      // A repeat, or one that was never closed, stays as it is.
      return done(stage.state === 'closed' ? { fields: { state: 'running', closedAt: null } } : {})
    case 'rename person':
      return renamePerson(stage, command.person, command.to)
    case 'remove person':
      return removePerson(stage, actor, command.person)
  }
}

function move(stage: StageView, actor: CommandActor, from: AgendaPoint, to: AgendaPoint, world: World): Decision {
  if (stage.state === 'closed')
    return refuse('closed', 'The workshop is closed, and stays where it is. Reopen it to move on.')
  const early = mayMoveFrom(stage, from)
  if (early) return early
  if (!stepAt(stage.agenda, to))
    return refuse('invalid', 'The agenda has no such step. The workshop stays where it is.')
  // A workshop that is being prepared begins with a move to where it stands.
  if (samePoint(from, to)) return done(stage.state === 'preparing' ? { fields: { state: 'running' } } : {})
  const does = countdownFor(stage, to)
  if (!does) return done(enter(stage, to, world))
  return done({ fields: { countdown: { to, does, endsAt: world.now + COUNTDOWN, by: actor.person } } })
}

function mayMoveFrom(stage: StageView, from: AgendaPoint): Decision | undefined {
  if (!samePoint(stage.at, from))
    return refuse(
      'stale',
      'Someone moved the workshop at the same moment. Nothing was moved twice: look where it is now.',
    )
  if (stage.countdown) return refuse('stale', 'A countdown is running. Stop it first, or wait until it is over.')
  return undefined
}

function shareDraft(stage: StageView, actor: CommandActor, id: NoteId, world: World): Decision {
  const draft = world.draft(id)
  // A repeat finds that it was shared already.
  if (draft && draft.became !== null) return done({})
  if (!draft || draft.removed || draft.text.trim() === '')
    return refuse('invalid', 'There is no such draft with words. Nothing was shared.')
  if (draft.text.length > LIMITS.noteMerged)
    return refuse('invalid', 'This draft is too long for one note. It stays yours alone: make two of it.')
  const verdict = may('share', actor, stage, { phase: draft.phase, author: actor.person })
  if (!verdict.allowed) return refuse('invalid', `${verdict.reason} It stays yours alone.`)
  const anonymous = isAnonymous(stage.agenda, draft.phase)
  // Alone and at this moment an anonymous note would name its author to everyone who looks: it lands with the next move.
  const waits = anonymous && stepKindIn(stage, draft.phase) === 'share'
  if (waits) return draft.ready ? done({}) : refuse('invalid', 'Finish this note first: it lands with the next move.')
  return done(
    {},
    { is: 'share draft', draft: id, at: anonymous ? revealTime(stage, draft.phase) : world.now, anonymous },
  )
}

/** The only time that an anonymous note carries: that of the phase's last reveal. */
function revealTime(stage: StageView, phase: PhaseId): number {
  return stage.reveal?.phase === phase ? stage.reveal.at : stage.createdAt
}

function withdraw(stage: StageView, note: NoteId, removed: boolean, world: World): Decision {
  if (!world.isOwn(note)) return refuse('forbidden', 'This note is not one of yours. Nothing was changed.')
  const phase = world.phaseOf(note)
  if (!phase && removed) return done({})
  const kind = phase && stepKindIn(stage, phase)
  if (phase && (!kind || stage.state !== 'running' || stage.locks[phase] || !STEPS[kind].may.ownWords))
    return refuse('invalid', 'Notes are not removed in this step. It stays on the wall.')
  return done({}, { is: 'remove note', note, removed })
}

function mark(
  stage: StageView,
  { outcome, mark, on }: { outcome: OutcomeId; mark: Mark; on: boolean },
  world: World,
): Decision {
  if (!world.phaseOf(outcome)) return refuse('invalid', 'This is not on the wall any more. Nothing was changed.')
  const { [mark]: was, ...rest } = stage.marks.get(outcome) ?? {}
  if ((was === true) === on) return done({})
  return done({ marks: [[outcome, on ? { ...rest, [mark]: true } : rest]] })
}

function reopenVote(stage: StageView, from: AgendaPoint, id: RoundId, now: number): Decision {
  if (stage.state === 'closed') return refuse('closed', 'The workshop is closed. Reopen it first.')
  const early = mayMoveFrom(stage, from)
  if (early) return early
  const known = stage.rounds.find((each) => each.id === id)
  const latest = known && roundOf(stage, known)
  if (!known || !latest || !stepAt(stage.agenda, known))
    return refuse('invalid', 'There is no such vote. Nothing was changed.')
  if (latest.id !== id) return refuse('invalid', 'A newer round of this vote was opened. Nothing was changed.')
  const rounds = [{ ...known, state: 'open' as const, closedAt: null }]
  const point = { phase: known.phase, step: known.step }
  return done(samePoint(from, point) ? { rounds } : { ...moveChange(stage, point, now), rounds })
}

function voteAgain(stage: StageView, from: AgendaPoint, to: AgendaPoint, world: World): Decision {
  if (stage.state === 'closed') return refuse('closed', 'The workshop is closed. Reopen it first.')
  const early = mayMoveFrom(stage, from)
  if (early) return early
  const step = stepAt(stage.agenda, to)
  if (step?.kind !== 'vote') return refuse('invalid', 'This step is no vote. Nothing was changed.')
  if (roundOf(stage, to)?.state === 'open') return refuse('stale', 'This vote is open already. Nothing was changed.')
  const rounds = [newRound(step, to, world)]
  return done(samePoint(from, to) ? { rounds } : { ...moveChange(stage, to, world.now), rounds })
}

function timer(stage: StageView, next: StageView['timer']): Decision {
  if (stage.state === 'closed') return refuse('closed', 'The workshop is closed, so its timer stands still.')
  return done({ fields: { timer: next } })
}

function close(stage: StageView, from: AgendaPoint, now: number): Decision {
  if (stage.state === 'closed') return { ok: true, change: {} }
  if (!samePoint(stage.at, from))
    return refuse('stale', 'Someone moved the workshop at the same moment, so it was not closed. Look where it is now.')
  if (stage.countdown) return refuse('stale', 'A countdown is running. Stop it first, or wait until it is over.')
  const stopped = resetTimer(currentStep(stage).duration)
  return { ok: true, change: { fields: { state: 'closed', closedAt: now, timer: stopped } } }
}

function renamePerson(stage: StageView, id: PersonId, name: string): Decision {
  const known = stage.people.get(id)
  if (!known) return refuse('invalid', 'There is no such person in this workshop. Nothing was renamed.')
  return { ok: true, change: { people: [{ ...known, name }] } }
}

function removePerson(stage: StageView, actor: CommandActor, id: PersonId): Decision {
  const known = stage.people.get(id)
  // A repeat finds that they are gone.
  if (!known) return stage.former.has(id) ? done({}) : refuse('invalid', 'There is no such person in this workshop.')
  if (id === actor.person) return refuse('invalid', 'You cannot remove yourself. Nothing was changed.')
  return done({ removed: [known] })
}
