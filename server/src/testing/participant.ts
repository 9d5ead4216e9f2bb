import { setMaxListeners } from 'node:events'
import type { Command } from '@quintet/shared/commands'
import type { WorkshopId } from '@quintet/shared/ids'
import {
  type DocumentName,
  decodeRefusal,
  decodeReply,
  decodeSavedMark,
  encodeCommand,
  MESSAGE,
  PROTOCOL_VERSION,
  type Presence,
  type Refusal,
  type Reply,
  type StampedPresence,
  SYNC,
} from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { until } from './until.ts'

// Every provider listens for the end of the process, and there are many in a room.
setMaxListeners(0, process)

/** Where a participant connects, and as whom. */
export interface Door {
  readonly port: number
  readonly workshop: WorkshopId
  readonly document: DocumentName
  readonly seat: string
  readonly headers?: Readonly<Record<string, string>>
  readonly doc?: Y.Doc
  /** Yjs client ids of earlier sessions, whose edits the document holds. */
  readonly earlier?: readonly number[]
  /** The epoch of the data that the document is a copy of. */
  readonly epoch?: string
}

/** One tab with a real `y-websocket` provider, which counts what it sends and hears what the server says of it. */
export class Participant {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  readonly seat: string
  readonly replies: Reply[] = []
  readonly refusals: Refusal[] = []
  /** Every close code so far. */
  readonly closes: number[] = []
  #socket: WebSocket | undefined
  /** Update messages of the current socket: sent, and marked as saved. */
  #sent = 0
  #marked = 0

  constructor({ port, workshop, document, seat, headers = {}, doc = new Y.Doc(), earlier = [], epoch }: Door) {
    this.doc = doc
    this.seat = seat
    const opened = (socket: WebSocket) => {
      this.#socket = socket
      this.#sent = 0
      this.#marked = 0
      socket.on('close', (code) => this.closes.push(code))
    }
    const sending = (data: unknown) => {
      const [type, kind] = data instanceof Uint8Array ? data : []
      if (type === MESSAGE.sync && (kind === SYNC.step2 || kind === SYNC.update)) this.#sent++
    }
    class Socket extends WebSocket {
      constructor(url: string) {
        super(url, { headers, perMessageDeflate: false })
        opened(this)
      }

      override send(data: Parameters<WebSocket['send']>[0]): void {
        sending(data)
        super.send(data)
      }
    }
    this.provider = new WebsocketProvider(`ws://127.0.0.1:${port}/sync/${workshop}`, document, this.doc, {
      params: {
        v: String(PROTOCOL_VERSION),
        seat,
        client: [this.doc.clientID, ...earlier].join(),
        ...(epoch === undefined ? {} : { epoch }),
      },
      disableBc: true,
      maxBackoffTime: 300,
      WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    })
    this.provider.messageHandlers[MESSAGE.savedMark] = (_encoder, decoder) => {
      this.#marked = decodeSavedMark(decoder)
    }
    this.provider.messageHandlers[MESSAGE.reply] = (_encoder, decoder) => {
      this.replies.push(decodeReply(decoder))
    }
    this.provider.messageHandlers[MESSAGE.refusal] = (_encoder, decoder) => {
      this.refusals.push(decodeRefusal(decoder))
    }
    this.provider.messageHandlers[MESSAGE.clock] = (_encoder, decoder) => {
      decoder.pos = decoder.arr.length
    }
  }

  /** Update messages of this socket that the server marked as saved. */
  get marked(): number {
    return this.#marked
  }

  /** Update messages that this socket sent. */
  get sent(): number {
    return this.#sent
  }

  /** Whether the server marked everything as saved that this tab has. */
  get isSaved(): boolean {
    return this.provider.synced && this.#sent > 0 && this.#marked === this.#sent
  }

  synced(): Promise<void> {
    return until(`${this.seat} is synced`, () => this.provider.synced)
  }

  /** Waits until it was disconnected and came back by itself. */
  back(): Promise<void> {
    return until(`${this.seat} is back`, () => this.closes.length > 0 && this.provider.synced)
  }

  saved(): Promise<void> {
    return until(`${this.seat} is saved`, () => this.isSaved)
  }

  send(message: Uint8Array): void {
    this.#socket?.send(message)
  }

  /** Sends a command and waits for its answer; the socket must be one to `stage`. */
  async command(command: Command): Promise<Reply> {
    const before = this.replies.length
    this.send(encodeCommand(command))
    let reply: Reply | undefined
    await until(`${command.name} is answered`, () => {
      reply = this.replies.slice(before).find(({ id }) => id === command.id)
      return reply !== undefined
    })
    return reply as Reply
  }

  say(presence: Presence): void {
    this.provider.awareness.setLocalState(presence)
  }

  /** What this tab hears of another's presence. */
  hears(client: number): StampedPresence | undefined {
    return this.provider.awareness.getStates().get(client) as StampedPresence | undefined
  }

  leave(): void {
    this.provider.destroy()
    this.provider.awareness.destroy()
  }
}

/** The message type and kind of a message that came over the wire. */
export function kindOf(message: Uint8Array): readonly [number, number] {
  const decoder = decoding.createDecoder(message)
  return [decoding.readVarUint(decoder), decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : -1]
}
