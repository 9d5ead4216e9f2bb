import type { Command } from '@quintet/shared/commands'
import {
  type DocumentName,
  decodeRefusal,
  decodeReply,
  decodeSavedMark,
  encodeCommand,
  MESSAGE,
  PROTOCOL_VERSION,
  type Refusal,
  type Reply,
  SYNC,
} from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Door } from './participant.ts'
import { until } from './until.ts'

/** Origin of what came over the wire. */
const WIRE = Symbol('wire')

/**
 * One tab as light as the protocol allows: a document, a socket, and no presence, timers or second try. So that a room
 * of sixty people, with three documents each, fits beside its server. A socket that closes is the end of it.
 */
export class LeanTab {
  readonly doc = new Y.Doc()
  readonly document: DocumentName
  readonly refusals: Refusal[] = []
  readonly closes: number[] = []
  readonly replies = new Map<string, Reply>()
  readonly #socket: WebSocket
  #synced = false
  #sent = 0
  #marked = 0

  constructor({ port, workshop, document, seat, headers = {} }: Omit<Door, 'doc'>) {
    this.document = document
    const query = new URLSearchParams({ v: String(PROTOCOL_VERSION), seat, client: String(this.doc.clientID) })
    const address = `ws://127.0.0.1:${port}/sync/${workshop}/${document}?${query}`
    this.#socket = new WebSocket(address, { headers, perMessageDeflate: false })
    this.#socket.on('open', () => this.#sync(SYNC.step1, Y.encodeStateVector(this.doc)))
    this.#socket.on('message', (data) => this.#read(new Uint8Array(data as Buffer)))
    this.#socket.on('close', (code) => this.closes.push(code))
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== WIRE) this.#sync(SYNC.update, update)
    })
  }

  /** Update messages that it sent. */
  get sent(): number {
    return this.#sent
  }

  /** Update messages that the server marked as saved. */
  get marked(): number {
    return this.#marked
  }

  /** Update messages that the server has not marked as saved yet. */
  get unsaved(): number {
    return this.#sent - this.#marked
  }

  synced(): Promise<void> {
    return until(`${this.document} is synced`, () => this.#synced, 20_000)
  }

  /** Sends a command; the socket must be one to `stage`. The answer comes to {@link replies}. */
  send(command: Command): void {
    this.#socket.send(encodeCommand(command))
  }

  leave(): void {
    this.#socket.terminate()
    this.doc.destroy()
  }

  #sync(step: number, bytes: Uint8Array): void {
    const message = encoding.createEncoder()
    encoding.writeVarUint(message, MESSAGE.sync)
    encoding.writeVarUint(message, step)
    encoding.writeVarUint8Array(message, bytes)
    if (step !== SYNC.step1) this.#sent++
    this.#socket.send(encoding.toUint8Array(message))
  }

  #read(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data)
    switch (decoding.readVarUint(decoder)) {
      case MESSAGE.sync:
        this.#readSync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder))
        return
      case MESSAGE.savedMark:
        this.#marked = decodeSavedMark(decoder)
        return
      case MESSAGE.refusal:
        this.refusals.push(decodeRefusal(decoder))
        return
      case MESSAGE.reply: {
        const reply = decodeReply(decoder)
        this.replies.set(reply.id, reply)
      }
    }
  }

  #readSync(step: number, bytes: Uint8Array): void {
    if (step === SYNC.step1) this.#sync(SYNC.step2, Y.encodeStateAsUpdate(this.doc, bytes))
    else Y.applyUpdate(this.doc, bytes, WIRE)
    if (step === SYNC.step2) this.#synced = true
  }
}
