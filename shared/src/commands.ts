import type * as decoding from 'lib0/decoding'
import * as z from 'zod/mini'
import { type AgendaPoint, samePoint } from './agenda.ts'
import { agendaPointSchema } from './agendaSchema.ts'
import type { NoteView, OutcomeId } from './board.ts'
import { done, refuse } from './decisions.ts'
import type { AddRequest, Binned } from './desk.ts'
import { idSchema } from './idSchema.ts'
import type { CommandId, NoteId, PersonId, RequestId, RoundId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { close, lock, move, reopen, reopenVote, voteAgain } from './moveCommands.ts'
import type { Asked, DraftView } from './notebook.ts'
import { bringBack, hide, mark, shareDraft, withdraw } from './noteCommands.ts'
import { PHASE_IDS, type PhaseId } from './phases.ts'
import { decodeJson, type ReplyCode } from './protocol.ts'
import { answerRequest, askToAdd } from './requestCommands.ts'
import { mayCommand } from './rules.ts'
import { currentStep, MARKS, type Role, type StageChange, type StageView } from './stage.ts'
import { extendTimer, pauseTimer, resetTimer, resumeTimer, startTimer } from './timer.ts'

/**
 * Commands change what has authority. Each is parsed against its schema, decided by {@link decide} (pure), and applied
 * by the server alone, in order. A repeat of a command's id gets the first answer.
 */
const id = idSchema<CommandId>()
const person = idSchema<PersonId>()

/** What turns the order of all that follows it, also of others' words on the line (UAX #9, explicit formatting). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/gu
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** A title or name as people type it: one line of well-formed Unicode, trimmed, to be seen, at most `most` UTF-16 units. */
export const lineSchema = (most: number) =>
  z.string().check(
    z.maxLength(most * 2),
    // Half a surrogate pair has no UTF-8: each reader would see another name.
    z.refine((text) => text.isWellFormed()),
    z.overwrite((text) => text.replace(TURNS, '').replace(/\s+/gu, ' ').trim()),
    z.regex(VISIBLE),
    z.maxLength(most),
  )

export const titleSchema = lineSchema(LIMITS.title)
export const nameSchema = lineSchema(LIMITS.name)

const duration = z.int().check(z.minimum(0), z.maximum(LIMITS.timer))

const note = idSchema<NoteId>()
const outcome = idSchema<OutcomeId>()
const round = idSchema<RoundId>()
const request = idSchema<RequestId>()
const phase = z.enum(PHASE_IDS)

/** Words for a note: well-formed Unicode, not empty, no longer than a note may be. */
const words = z.string().check(
  z.maxLength(LIMITS.noteMerged),
  z.refine((text) => text.isWellFormed() && text.trim() !== ''),
)

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
  /** Takes a note off the wall, and its words off the board at once. */
  z.object({ id, name: z.literal('hide note'), note }),
  /** Brings a note back with its words, wherever they are: its author or a facilitator; a hidden one facilitators alone. */
  z.object({ id, name: z.literal('bring back note'), note }),
  /** Asks facilitators to add words as a new note, or as those of a note (null for a new one). The id is the sender's choice. */
  z.object({ id, name: z.literal('ask to add'), request, phase, text: words, note: z.nullable(note) }),
  z.object({ id, name: z.literal('answer request'), request, accept: z.boolean() }),
  /** Makes a phase read, not changed, or open again. */
  z.object({ id, name: z.literal('lock phase'), phase, locked: z.boolean() }),
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

/** Reads a command after its message type. @throws if it is not one. */
export const decodeCommand = (decoder: decoding.Decoder): Command =>
  z.parse(commandSchema, decodeJson(decoder, LIMITS.commandBytes))

export interface CommandActor {
  readonly person: PersonId
  readonly role: Role
}

/** What is done beside the change of the stage, in the same piece, in the server's hand. */
export type Duty =
  | { readonly is: 'share draft'; readonly draft: NoteId; readonly at: number; readonly anonymous: boolean }
  | { readonly is: 'remove note'; readonly note: NoteId; readonly removed: boolean }
  | { readonly is: 'hide note'; readonly note: NoteId }
  | { readonly is: 'bring back note'; readonly note: NoteId }
  | { readonly is: 'keep request'; readonly request: AddRequest }
  | { readonly is: 'answer request'; readonly request: AddRequest; readonly add: Addition | null }
  | { readonly is: 'say done'; readonly step: AgendaPoint; readonly done: boolean }

/** What an accepted request comes to: the words of a note that stands are replaced, or a note is added. */
export type Addition =
  | { readonly is: 'words'; readonly note: NoteId }
  | { readonly is: 'note'; readonly author: PersonId | null; readonly at: number }

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
  /** The sender's own draft that a note of the board, removed or not, was shared from; undefined where it was none of theirs. */
  readonly ownDraftOf: (note: NoteId) => DraftView | undefined
  /** A note of the board, removed or not. */
  readonly note: (id: NoteId) => NoteView | undefined
  /** A note whose words are in the bin. */
  readonly binned: (id: NoteId) => Binned | undefined
  /** A request to add that waits for an answer. */
  readonly request: (id: RequestId) => AddRequest | undefined
  /** How many notes stand in the document, and how many requests wait. */
  readonly count: (what: 'notes' | 'requests') => number
  /** What the sender asked to add, and what became of it; for the command that asks. */
  readonly asked: () => ReadonlyMap<RequestId, Asked>
}

/** Decides a command on the stage as it stands. Pure: the server applies the change in its own hand. */
export function decide(stage: StageView, actor: CommandActor, command: Command, world: World): Decision {
  // Their socket is being closed; what was on its way comes too late.
  if (stage.former.has(actor.person))
    return refuse('forbidden', 'You were removed from the workshop. Nothing was changed.')
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
      return withdraw(stage, actor, command, world)
    case 'hide note':
      return hide(command.note, world)
    case 'bring back note':
      return bringBack(stage, actor, command.note, world)
    case 'ask to add':
      return askToAdd(stage, actor, command, world)
    case 'answer request':
      return answerRequest(stage, command, world)
    case 'lock phase':
      return lock(stage, actor, command, now)
    case 'mark':
      return mark(stage, actor, command, world)
    case 'reopen vote':
      return reopenVote(stage, command.from, command.round, now)
    case 'vote again':
      return voteAgain(stage, command.from, command.step, world)
    case 'done':
      return sayDone(stage, command.step, command.done)
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
      return reopen(stage, world)
    case 'rename person':
      return renamePerson(stage, command.person, command.to)
    case 'remove person':
      return removePerson(stage, actor, command.person)
  }
}

function sayDone(stage: StageView, step: AgendaPoint, isDone: boolean): Decision {
  if (stage.state === 'closed') return refuse('closed', 'The workshop is closed. Nothing was changed.')
  if (!samePoint(stage.at, step)) return refuse('stale', 'The group moved on meanwhile. Nothing was changed.')
  return done({}, { is: 'say done', step, done: isDone })
}

function timer(stage: StageView, next: StageView['timer']): Decision {
  if (stage.state === 'closed') return refuse('closed', 'The workshop is closed, so its timer stands still.')
  return done({ fields: { timer: next } })
}

function renamePerson(stage: StageView, id: PersonId, name: string): Decision {
  const known = stage.people.get(id)
  if (!known) return refuse('invalid', 'There is no such person in this workshop. Nothing was renamed.')
  return done({ people: [{ ...known, name }] })
}

function removePerson(stage: StageView, actor: CommandActor, id: PersonId): Decision {
  const known = stage.people.get(id)
  // A repeat finds that they are gone.
  if (!known) return stage.former.has(id) ? done({}) : refuse('invalid', 'There is no such person in this workshop.')
  if (id === actor.person) return refuse('invalid', 'You cannot remove yourself. Nothing was changed.')
  const counted = stage.rounds.filter(({ tally }) => tally !== null)
  return done({ removed: [known], rounds: counted.map((round) => ({ ...round, sealed: true })) })
}
