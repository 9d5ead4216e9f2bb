import type { Command } from '@quintet/shared/commands'
import { encodeCommand, type Reply, type ReplyCode } from '@quintet/shared/protocol'
import type { Ledger } from './ledger.ts'

/** What came of a command; a refusal says what happened, what is safe and what to do. */
export type CommandResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: ReplyCode | 'offline'; readonly message: string }

/** A command that has no answer yet. */
interface Pending {
  readonly command: Command
  /** Whether one's own edits from before it are durable: then it leaves. */
  readonly mayLeave: () => boolean
  readonly answer: (result: CommandResult) => void
  /** `left` when it was on its way as the connection broke: it may have been done. */
  state: 'waits' | 'sent' | 'left'
}

const offline = (message: string): CommandResult => ({ ok: false, code: 'offline', message })

const NOT_DONE = offline('You are offline, so this was not done. Nothing is lost: try it again when you are back.')
const NOT_KNOWN = offline(
  'The connection ended before the answer came. It may have been done: look at the board when you are back.',
)

/**
 * Commands on their way, in the order in which they were given. One leaves when one's own earlier edits are saved, so
 * that nobody is moved on from words that the server does not have. A command that was sent when the connection broke is
 * sent again under its id, and gets the first answer if there was one.
 */
export class CommandLine {
  #pending: readonly Pending[] = []
  #connected = false
  readonly #ledger: Pick<Ledger, 'soFar'>
  readonly #transmit: (message: Uint8Array) => boolean

  /** @param transmit sends a message, and says whether it could. */
  constructor(ledger: Pick<Ledger, 'soFar'>, transmit: (message: Uint8Array) => boolean) {
    this.#ledger = ledger
    this.#transmit = transmit
  }

  /** Never waits for a connection: without one the answer is at once that nothing was done. */
  send(command: Command): Promise<CommandResult> {
    if (!this.#connected) return Promise.resolve(NOT_DONE)
    return new Promise((answer) => {
      this.#pending = [...this.#pending, { command, mayLeave: this.#ledger.soFar(), answer, state: 'waits' }]
      this.#flush()
    })
  }

  connected(connected: boolean): void {
    if (connected === this.#connected) return
    this.#connected = connected
    if (connected) {
      this.#flush()
      return
    }
    for (const pending of this.#pending) if (pending.state === 'sent') pending.state = 'left'
    // What never left is not queued: the person sees that it was not done.
    this.#settle(({ state }) => state === 'waits', NOT_DONE)
  }

  /** More of one's own edits may be durable. */
  saved(): void {
    if (this.#connected) this.#flush()
  }

  answered({ id, ...result }: Reply): void {
    this.#settle(({ command }) => command.id === id, result)
  }

  close(): void {
    this.#connected = false
    this.#settle(({ state }) => state === 'waits', NOT_DONE)
    this.#settle(() => true, NOT_KNOWN)
  }

  #flush(): void {
    for (const pending of this.#pending) {
      if (pending.state === 'sent') continue
      if (!pending.mayLeave() || !this.#transmit(encodeCommand(pending.command))) return
      pending.state = 'sent'
    }
  }

  #settle(which: (pending: Pending) => boolean, result: CommandResult): void {
    const settled = this.#pending.filter(which)
    this.#pending = this.#pending.filter((pending) => !which(pending))
    for (const { answer } of settled) answer(result)
  }
}
