import type { CommandId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { type Reply, replyShape } from '@quintet/shared/protocol'
import type { RecordName, RecordWrite } from '../store/store.ts'

/** Kind of the records that hold replies. */
export const REPLY_RECORDS = 'reply'
/** Replies to one person that a room remembers: a client repeats a command within seconds. */
export const REPLIES_KEPT = 32
/** All replies that can be remembered. */
export const REPLIES_LOADED = REPLIES_KEPT * LIMITS.peoplePerWorkshop

/** What the store must keep of an answer, and what it may forget for it. */
export interface ReplyRecords {
  readonly records: readonly RecordWrite[]
  readonly forgotten: readonly RecordName[]
}

/**
 * The answers that commands got, so that a repeat of a command's id by the same person gets the first one. Each person
 * has a number of their own, so that nobody's commands push out another's.
 */
export class Replies {
  /** In the order in which they were given. One that is not durable yet is a promise of it, like all others. */
  readonly #replies = new Map<string, Map<string, Promise<Reply>>>()

  /** @param records what the store kept, oldest first. What is not a reply is passed over. */
  constructor(records: readonly { readonly key: string; readonly value: unknown }[]) {
    for (const { key, value } of records) {
      const reply = replyShape(value)
      if (reply) this.#put(key.slice(0, key.indexOf(':')), reply.id, Promise.resolve(reply))
    }
  }

  /** The first answer to a command, if it got one. */
  first(person: PersonId, command: CommandId): Promise<Reply> | undefined {
    return this.#replies.get(person)?.get(command)
  }

  /** Remembers an answer. @param durable resolves with it once it is. @returns what makes it so. */
  keep(person: PersonId, reply: Reply, durable: Promise<Reply>): ReplyRecords {
    const oldest = this.#put(person, reply.id, durable)
    return {
      records: [{ ...nameOf(person, reply.id), value: reply }],
      forgotten: oldest === undefined ? [] : [nameOf(person, oldest)],
    }
  }

  /** @returns the id of the command whose answer is no longer remembered. */
  #put(person: string, command: string, reply: Promise<Reply>): string | undefined {
    const own = this.#replies.get(person) ?? new Map<string, Promise<Reply>>()
    this.#replies.set(person, own)
    own.set(command, reply)
    if (own.size <= REPLIES_KEPT) return undefined
    const [oldest] = own.keys()
    if (oldest !== undefined) own.delete(oldest)
    return oldest
  }
}

const nameOf = (person: PersonId, command: string): RecordName => {
  return { kind: REPLY_RECORDS, key: `${person}:${command}` }
}
