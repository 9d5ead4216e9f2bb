import type { AgendaPoint } from '@quintet/shared/agenda'
import type { Command } from '@quintet/shared/commands'
import { addDraft } from '@quintet/shared/draftEdits'
import type { CommandId, NoteId, PersonId, StepId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import type { Reply } from '@quintet/shared/protocol'
import type { Participant } from './participant.ts'

/** A step of the rhythm: the first of a phase is Write, the fifth Decide. */
export function step(phase: PhaseId, number: number): AgendaPoint {
  return { phase, step: `${phase}-${number}` as StepId }
}

let commands = 0
type WithoutId<T> = T extends { id: CommandId } ? Omit<T, 'id'> : never

/** A command with an id of its own. */
export function command(body: WithoutId<Command>, id = `command-${++commands}`): Command {
  return { ...body, id: id as CommandId } as Command
}

export function moveTo(from: AgendaPoint, to: AgendaPoint): Command {
  return command({ name: 'move', from, to })
}

/** What an answer says: `ok`, or its code. */
export function codeOf(reply: Reply): string {
  return reply.ok ? 'ok' : reply.code
}

/** Writes a draft in a notebook. */
export function writeDraft(
  tab: Participant,
  id: string,
  more: { phase?: PhaseId; text?: string; ready?: boolean } = {},
) {
  const { phase = 'principles', text = `words of ${id}`, ready = true } = more
  const author = tab.seat as PersonId
  addDraft({ id: id as NoteId, phase, author, at: Date.now(), text, order: 'a0', under: null, ready })(tab.doc)
}
