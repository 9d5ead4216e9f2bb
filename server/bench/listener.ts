import { MESSAGE, SYNC } from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { type Door, type Person, Scribe, type Seen, type Sent } from './participants.ts'

/** Frames that are remembered: more than are under way to somebody at a time. */
const FRAMES = 16

type Meta = ReturnType<typeof Y.parseUpdateMeta>

/** Which edits the frames of one room hold. All of its people get the same ones, so each is read once. */
export class Frames {
  readonly #latest: { readonly update: Uint8Array; readonly meta: Meta }[] = []

  read(update: Uint8Array): Meta {
    const known = this.#latest.find((frame) => Buffer.compare(frame.update, update) === 0)
    if (known) return known.meta
    const meta = Y.parseUpdateMeta(update)
    this.#latest.unshift({ update, meta })
    if (this.#latest.length > FRAMES) this.#latest.pop()
    return meta
  }
}

/**
 * One person as light as the wire allows: writes from a document of their own, and of what arrives reads only which edits
 * it holds. So sixty of them fit beside a server on two cores without measuring themselves.
 */
export class Listener implements Person {
  readonly #scribe: Scribe
  readonly #socket: WebSocket
  readonly #frames: Frames
  /** The edits that have arrived, by client: all clocks below. */
  readonly #known = new Map<number, number>()
  readonly #whole: Promise<void>
  #seen: Seen | undefined
  #presenceClock = 0

  constructor(door: Door, sent: Sent, frames: Frames) {
    this.#frames = frames
    this.#scribe = new Scribe(new Y.Doc(), door.person, sent)
    const { doc } = this.#scribe
    const query = new URLSearchParams({ ...door.params, client: String(doc.clientID) })
    this.#socket = new WebSocket(`${door.url}/${door.room}?${query}`, { headers: door.headers })
    this.#socket.on('open', () => this.#sync(SYNC.step1, Y.encodeStateVector(new Y.Doc())))
    this.#whole = new Promise((resolve) => {
      this.#socket.on('message', (data) => this.#read(data as Buffer, resolve))
    })
    doc.on('update', (update: Uint8Array) => this.#sync(SYNC.update, update))
  }

  synced(): Promise<void> {
    return this.#whole
  }

  state(): ReadonlyMap<number, number> {
    return new Map([...this.#known, ...Y.decodeStateVector(Y.encodeStateVector(this.#scribe.doc))])
  }

  watch(seen: Seen | undefined): void {
    this.#seen = seen
    this.#scribe.watch(seen)
  }

  addOwnNote(): void {
    this.#scribe.addOwnNote()
  }

  type(): void {
    this.#scribe.type()
  }

  point(turn: number): void {
    const entries = encoding.createEncoder()
    encoding.writeVarUint(entries, 1)
    encoding.writeVarUint(entries, this.#scribe.doc.clientID)
    encoding.writeVarUint(entries, ++this.#presenceClock)
    encoding.writeVarString(entries, JSON.stringify(this.#scribe.presence(turn)))
    const message = encoding.createEncoder()
    encoding.writeVarUint(message, MESSAGE.presence)
    encoding.writeVarUint8Array(message, encoding.toUint8Array(entries))
    this.#socket.send(encoding.toUint8Array(message))
    if (this.#seen) this.#seen.presenceWritten++
  }

  close(): void {
    this.#socket.close()
    this.#scribe.doc.destroy()
  }

  #sync(step: number, bytes: Uint8Array): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    const message = encoding.createEncoder()
    encoding.writeVarUint(message, MESSAGE.sync)
    encoding.writeVarUint(message, step)
    encoding.writeVarUint8Array(message, bytes)
    this.#socket.send(encoding.toUint8Array(message))
  }

  #read(data: Buffer, whole: () => void): void {
    const decoder = decoding.createDecoder(data)
    const type = decoding.readVarUint(decoder)
    if (type === MESSAGE.presence) {
      if (!this.#seen) return
      this.#seen.presenceBytes += data.length
      this.#seen.presenceDelivered += decoding.readVarUint(decoding.createDecoder(decoding.readVarUint8Array(decoder)))
      return
    }
    if (type !== MESSAGE.sync) return
    const step = decoding.readVarUint(decoder)
    const bytes = decoding.readVarUint8Array(decoder)
    if (step === SYNC.step1) this.#sync(SYNC.step2, Y.encodeStateAsUpdate(this.#scribe.doc))
    else this.#arrived(bytes)
    if (step === SYNC.step2) whole()
    if (step === SYNC.update && this.#seen) this.#seen.syncBytes += data.length
  }

  #arrived(update: Uint8Array): void {
    const { from, to } = this.#frames.read(update)
    for (const [client, after] of to) {
      const before = this.#known.get(client) ?? 0
      // A gap stays a gap: what is missing then counts as lost.
      if ((from.get(client) ?? 0) > before || after <= before) continue
      this.#known.set(client, after)
      if (client !== this.#scribe.doc.clientID) this.#scribe.arrived(client, before, after)
    }
  }
}
