import * as z from 'zod/mini'
import { type AgendaPoint, agendaPointSchema, stepAt } from './agenda.ts'
import { idSchema } from './idSchema.ts'
import type { CommandId, PersonId } from './ids.ts'
import { LIMITS } from './limits.ts'
import { mayCommand } from './rules.ts'
import { currentStep, type Role, type StageChange, type StageView } from './stage.ts'
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

export const commandSchema = z.discriminatedUnion('name', [
  /** Moves everyone to a step. `from` is where the sender saw the workshop: if it moved meanwhile, nothing happens. */
  z.object({ id, name: z.literal('move'), from: agendaPointSchema, to: agendaPointSchema }),
  z.object({ id, name: z.literal('start timer'), duration: z.optional(duration) }),
  z.object({ id, name: z.literal('pause timer') }),
  z.object({ id, name: z.literal('resume timer') }),
  z.object({ id, name: z.literal('extend timer'), by: duration }),
  z.object({ id, name: z.literal('reset timer') }),
  z.object({ id, name: z.literal('rename workshop'), title: titleSchema }),
  z.object({ id, name: z.literal('close workshop'), from: agendaPointSchema }),
  z.object({ id, name: z.literal('reopen workshop') }),
  z.object({ id, name: z.literal('rename person'), person, to: nameSchema }),
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

/** What a command comes to: a change of the stage (perhaps none), or a refusal with its reason in words. */
export type Decision =
  | { readonly ok: true; readonly change: StageChange }
  | { readonly ok: false; readonly code: ReplyCode; readonly message: string }

const refuse = (code: ReplyCode, message: string): Decision => ({ ok: false, code, message })
const samePoint = (a: AgendaPoint, b: AgendaPoint) => a.phase === b.phase && a.step === b.step

/**
 * Decides a command on the stage as it stands. Pure: the server applies the change in its own hand.
 * @param now ms since the epoch, the server's clock.
 */
export function decide(stage: StageView, actor: CommandActor, command: Command, now: number): Decision {
  const verdict = mayCommand(command.name, actor, command.name === 'rename person' ? command.person : undefined)
  if (!verdict.allowed) return refuse('forbidden', verdict.reason)
  switch (command.name) {
    case 'move':
      return move(stage, command.from, command.to)
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
      return { ok: true, change: { fields: { title: command.title } } }
    case 'close workshop':
      return close(stage, command.from, now)
    case 'reopen workshop':
      // A repeat, or one that was never closed, stays as it is.
      return { ok: true, change: stage.state === 'closed' ? { fields: { state: 'running', closedAt: null } } : {} }
    case 'rename person':
      return renamePerson(stage, command.person, command.to)
  }
}

function move(stage: StageView, from: AgendaPoint, to: AgendaPoint): Decision {
  if (stage.state === 'closed')
    return refuse('closed', 'The workshop is closed, and stays where it is. Reopen it to move on.')
  if (!samePoint(stage.at, from))
    return refuse(
      'stale',
      'Someone moved the workshop at the same moment. Nothing was moved twice: look where it is now.',
    )
  const step = stepAt(stage.agenda, to)
  if (!step) return refuse('invalid', 'The agenda has no such step. The workshop stays where it is.')
  // A workshop that is being prepared begins with a move to where it stands.
  if (samePoint(from, to))
    return { ok: true, change: stage.state === 'preparing' ? { fields: { state: 'running' } } : {} }
  const resume = { ...stage.resume, [from.phase]: from.step }
  return { ok: true, change: { fields: { state: 'running', at: to, resume, timer: resetTimer(step.duration) } } }
}

function timer(stage: StageView, next: StageView['timer']): Decision {
  if (stage.state === 'closed') return refuse('closed', 'The workshop is closed, so its timer stands still.')
  return { ok: true, change: { fields: { timer: next } } }
}

function close(stage: StageView, from: AgendaPoint, now: number): Decision {
  if (stage.state === 'closed') return { ok: true, change: {} }
  if (!samePoint(stage.at, from))
    return refuse('stale', 'Someone moved the workshop at the same moment, so it was not closed. Look where it is now.')
  const stopped = resetTimer(currentStep(stage).duration)
  return { ok: true, change: { fields: { state: 'closed', closedAt: now, timer: stopped } } }
}

function renamePerson(stage: StageView, id: PersonId, name: string): Decision {
  const known = stage.people.get(id)
  if (!known) return refuse('invalid', 'There is no such person in this workshop. Nothing was renamed.')
  return { ok: true, change: { people: [{ ...known, name }] } }
}
