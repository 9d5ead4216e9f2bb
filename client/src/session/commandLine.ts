import type { Command, ReplyCode } from '@quintet/shared/commands'
import { encodeCommand, type Reply } from '@quintet/shared/protocol'
import type { Ledger } from './ledger.ts'

/** A command that has no answer yet. */
interface Pending {
  readonly command: Command
  /** Own edits made before it; it leaves once they are durable. */
  readonly after: number
  readonly answer: (result: CommandAnswer) => void
  sent: boolean
}

export type CommandAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: ReplyCode | 'offline'; readonly message: string }

const OFFLINE: CommandAnswer = {
  ok: false,
  code: 'offline',
  message: 'You are offline, so this was not done. Nothing is lost: try it again when you are back.',
}

/**
 * Commands on their way, in the order in which they were given. One leaves when one's own earlier edits are saved, so
 * that nobody is moved on from words that the server does not have. A command that was sent when the connection broke is
 * sent again under its id, and gets the first answer if there was one.
 */
export class CommandLine {
  #pending: Pending[] = []
  #connected = false
  readonly #ledger: Ledger
  readonly #transmit: (message: Uint8Array<ArrayBuffer>) => boolean

  constructor(ledger: Ledger, transmit: (message: Uint8Array<ArrayBuffer>) => boolean) {
    this.#ledger = ledger
    this.#transmit = transmit
  }

  send(command: Command): Promise<CommandAnswer> {
    if (!this.#connected) return Promise.resolve(OFFLINE)
    return new Promise((answer) => {
      this.#pending.push({ command, after: this.#ledger.edits, answer, sent: false })
      this.#flush()
    })
  }

  connected(connected: boolean): void {
    this.#connected = connected
    if (!connected) {
      // What never left is not queued: the person sees that it was not done.
      this.#settle((pending) => !pending.sent, OFFLINE)
      return
    }
    for (const pending of this.#pending) pending.sent = false
    this.#flush()
  }

  /** To be called when more of one's own edits are durable. */
  saved(): void {
    if (this.#connected) this.#flush()
  }

  answered(reply: Reply): void {
    const { id, ...result } = reply
    this.#settle((pending) => pending.command.id === id, result)
  }

  close(): void {
    this.#settle(() => true, OFFLINE)
  }

  #flush(): void {
    for (const pending of this.#pending) {
      if (pending.sent) continue
      if (!this.#ledger.isSaved(pending.after)) return
      pending.sent = this.#transmit(encodeCommand(pending.command) as Uint8Array<ArrayBuffer>)
    }
  }

  #settle(which: (pending: Pending) => boolean, result: CommandAnswer): void {
    const settled = this.#pending.filter(which)
    this.#pending = this.#pending.filter((pending) => !which(pending))
    for (const { answer } of settled) answer(result)
  }
}
