import type { CommandId, PersonId } from '@quintet/shared/ids'
import { type Reply, replySchema } from '@quintet/shared/protocol'
import type { RecordWrite } from '../store/store.ts'

/** Kind of the records that hold replies. */
export const REPLY_RECORDS = 'reply'
/** Replies that a room remembers: a client repeats a command within seconds. */
export const REPLIES_KEPT = 1_000

/** The answers that commands got, so that a repeat of a command's id by the same person gets the first one. */
export class Replies {
  /** In the order in which they were given. One that is not durable yet is a promise of it, like all others. */
  readonly #replies = new Map<string, Promise<Reply>>()

  /** @param records what the store kept, oldest first. What is not a reply is passed over. */
  constructor(records: readonly { readonly key: string; readonly value: unknown }[]) {
    for (const { key, value } of records) {
      const reply = replySchema.safeParse(value)
      if (reply.success) this.#keep(key, Promise.resolve(reply.data))
    }
  }

  /** The first answer to a command, if it got one. */
  first(person: PersonId, command: CommandId): Promise<Reply> | undefined {
    return this.#replies.get(keyOf(person, command))
  }

  /** Remembers an answer that will be durable. */
  remember(person: PersonId, command: CommandId, reply: Promise<Reply>): void {
    this.#keep(keyOf(person, command), reply)
  }

  /** What the store must keep of an answer. */
  record(person: PersonId, reply: Reply): RecordWrite {
    return { kind: REPLY_RECORDS, key: keyOf(person, reply.id), value: reply }
  }

  #keep(key: string, reply: Promise<Reply>): void {
    this.#replies.set(key, reply)
    if (this.#replies.size <= REPLIES_KEPT) return
    for (const oldest of this.#replies.keys()) {
      this.#replies.delete(oldest)
      return
    }
  }
}

const keyOf = (person: PersonId, command: string) => `${person}:${command}`
