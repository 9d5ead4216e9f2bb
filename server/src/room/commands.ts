import type { Command } from '@quintet/shared/commands'
import { CLOSE, type Reply } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import type { Logger } from 'pino'
import type { Payer } from './connected.ts'
import type { Duties } from './duties.ts'
import type { CommitQueue } from './queue.ts'
import type { Replies } from './replies.ts'

/** What commands need of their room. */
export interface CommandsSetting {
  readonly duties: Pick<Duties, 'lacking' | 'carryOut'>
  readonly stage: () => StageView
  /** Throws if the room takes nothing any more. */
  readonly mustBeOpen: () => void
  /** An answer is saved in the same piece as what was written for it. */
  readonly queue: Pick<CommitQueue, 'durable' | 'add' | 'fail' | 'written'>
  readonly log: Logger
}

/** What reading from disk what a command is decided by takes of the processor, ms, as a rule of thumb. */
const READING = 10

/** Answers commands, in the order in which they come: each is decided and carried out in one turn of the event loop. */
export class Commands {
  readonly #setting: CommandsSetting
  readonly #replies: Replies
  /** Commands that wait until what they are decided by was read from disk. */
  readonly #waiting = new Map<string, Promise<Reply>>()

  /** @param replies the answers that were given before. */
  constructor(setting: CommandsSetting, replies: Replies) {
    this.#setting = setting
    this.#replies = replies
  }

  /**
   * Resolves with the answer once it is durable. A repeat of an id by the same person gets the first answer.
   * @param payer hears what it writes, and what it takes of the processor beyond this turn of the event loop.
   */
  async answer(actor: Actor, command: Command, payer: Payer): Promise<Reply> {
    const name = `${actor.person}:${command.id}`
    const first = this.#replies.first(actor.person, command.id) ?? this.#waiting.get(name)
    if (first !== undefined) return first
    const { duties, stage, mustBeOpen } = this.#setting
    mustBeOpen()
    if (!isHere(actor, stage())) return refusedAsRemoved(command)
    const lacking = duties.lacking(actor, command, (ms) => payer.spend(ms))
    if (lacking === undefined) return this.#carryOut(actor, command, payer)
    payer.spend(READING)
    const answer = this.#afterReading(lacking, name, actor, command, payer)
    this.#waiting.set(name, answer)
    return answer
  }

  #carryOut(actor: Actor, command: Command, payer: Payer): Promise<Reply> {
    const { duties, queue } = this.#setting
    let reply: Reply
    try {
      const before = queue.written
      const decision = duties.carryOut(actor, command)
      if (decision.ok) payer.accepted(queue.written - before)
      reply = decision.ok
        ? { id: command.id, ok: true }
        : { id: command.id, ok: false, code: decision.code, message: decision.message }
    } catch (error) {
      // A part of it may stand in memory already, and must not be saved.
      queue.fail(error)
      throw error
    }
    const answer = queue.durable(reply)
    // What may be asked without end, since it is anybody's to ask, leaves nothing behind; asked again it is refused again.
    if (reply.ok || reply.code !== 'forbidden') queue.add(this.#replies.keep(actor.person, reply, answer))
    return answer
  }

  /** Takes a command up again once what it lacked was read. */
  async #afterReading(
    lacking: Promise<unknown>,
    name: string,
    actor: Actor,
    command: Command,
    payer: Payer,
  ): Promise<Reply> {
    try {
      await lacking
    } catch (error) {
      this.#setting.log.error({ err: error }, 'a notebook could not be read for a command')
      return { id: command.id, ok: false, code: 'invalid', message: UNREAD }
    } finally {
      this.#waiting.delete(name)
    }
    return this.answer(actor, command, payer)
  }
}

const UNREAD =
  'What was written could not be read from the server’s disk. Nothing was changed, and nothing is lost: try again in a moment.'

/** Whether somebody may still act: observers are not among the people, and are refused for what they are. */
const isHere = ({ person, role }: Actor, stage: StageView) => role === 'observer' || stage.people.has(person)

function refusedAsRemoved({ id }: Command): Reply {
  return { id, ok: false, code: 'forbidden', message: `${CLOSE.removed.reason} Nothing was changed.` }
}
