import { OPEN_AGENDA } from '@quintet/shared/agenda'
import { addNote, targetText, writeText } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { keyAt } from '@quintet/shared/order'
import { MESSAGE, PROTOCOL_VERSION, SYNC } from '@quintet/shared/protocol'
import { type RawData, WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** Where and as whom one participant connects. */
export interface Door {
  readonly url: string
  readonly room: string
  /** Who comes through it. */
  readonly person: PersonId
  readonly params: Record<string, string>
  readonly headers: { cookie?: string; origin?: string }
}

/**
 * Creates a workshop over HTTP and takes a seat in it for each person, as a script would.
 * @throws if the server refuses, with what it said.
 */
export async function takeSeats(port: number, people: number): Promise<Door[]> {
  const origin = `http://127.0.0.1:${port}`
  const post = async (path: string, body: unknown) => {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return { answer: await response.json(), cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  }
  const { answer: created } = await post('/api/workshops', { title: 'Benchmark', name: 'Maren', agenda: OPEN_AGENDA })
  const { workshop, links } = created as { workshop: string; links: { member: string } }
  const key = new URL(links.member).hash.slice(1)
  const doors: Door[] = []
  for (let index = 0; index < people; index++) {
    const { answer, cookie } = await post(`/api/workshops/${workshop}/join`, { key, name: `Person ${index}` })
    const { person } = answer as { person: { id: PersonId } }
    doors.push({
      url: `ws://127.0.0.1:${port}/sync/${workshop}`,
      room: 'board',
      person: person.id,
      params: { v: String(PROTOCOL_VERSION), seat: person.id },
      headers: { cookie, origin },
    })
  }
  return doors
}

/** What all participants of a room saw while it was measured. */
export interface Seen {
  /** Milliseconds from an edit in one browser to its arrival in another, one sample an arrival. */
  readonly latencies: number[]
  editsWritten: number
  editsDelivered: number
  presenceWritten: number
  presenceDelivered: number
  /** Bytes that arrived, by what they carried. */
  syncBytes: number
  presenceBytes: number
}

export function nothingSeen(): Seen {
  return {
    latencies: [],
    editsWritten: 0,
    editsDelivered: 0,
    presenceWritten: 0,
    presenceDelivered: 0,
    syncBytes: 0,
    presenceBytes: 0,
  }
}

/** What a load process does with a person, however they are connected. */
export interface Person {
  /** Resolves once the first sync is complete. */
  synced(): Promise<void>
  addOwnNote(): void
  /** One keystroke at the end of one's own note. */
  type(): void
  /** One change of presence. */
  point(turn: number): void
  /** Starts and stops the counting. */
  watch(seen: Seen | undefined): void
  /** The edits that they have: all clocks below, by client. */
  state(): ReadonlyMap<number, number>
  close(): void
}

const WORDS = 'Product teams wait three days for a new database, and nobody can say why. '

/** A note is full here, and the next one begins. */
const FULL = 400

/** When each edit was written, ms, by client and clock; shared by all people of one process. */
export type Sent = Map<number, Map<number, number>>

/** Writes one person's words into a document, and knows when each of everybody's edits was written. */
export class Scribe {
  readonly doc: Y.Doc
  readonly #author: PersonId
  readonly #sent: Sent
  readonly #own = new Map<number, number>()
  #seen: Seen | undefined
  #notes = 0

  constructor(doc: Y.Doc, author: PersonId, sent: Sent) {
    this.doc = doc
    this.#author = author
    this.#sent = sent
    sent.set(doc.clientID, this.#own)
  }

  watch(seen: Seen | undefined): void {
    this.#seen = seen
  }

  addOwnNote(): void {
    this.#notes++
    addNote({
      id: this.#note,
      phase: 'principles',
      author: this.#author,
      at: Date.now(),
      text: '',
      order: keyAt([], 0),
      under: null,
    })(this.doc)
  }

  type(): void {
    const text = targetText(this.doc, { of: 'note', id: this.#note })
    if (!text) throw new Error('The participant has no note to write in.')
    const clock = Y.getState(this.doc.store, this.doc.clientID)
    this.#own.set(clock, performance.now())
    writeText(text, { at: text.length, remove: 0, insert: WORDS.charAt(text.length % WORDS.length) })
    if (this.#seen) this.#seen.editsWritten++
    if (text.length >= FULL) this.addOwnNote()
  }

  /** What one says of oneself at a turn: every turn something else. */
  presence(turn: number): unknown {
    return { editing: { id: this.#note, field: turn % 2 === 0 ? 'text' : 'measure' } }
  }

  get #note(): NoteId {
    return `${this.#author}-${this.#notes}` as NoteId
  }

  /** Edits of somebody arrived, from one clock up to another. */
  arrived(client: number, from: number, to: number): void {
    const sent = this.#sent.get(client)
    if (!this.#seen || !sent) return
    const now = performance.now()
    for (let clock = from; clock < to; clock++) {
      const written = sent.get(clock)
      if (written === undefined) continue
      this.#seen.editsDelivered++
      this.#seen.latencies.push(now - written)
    }
  }
}

/** One person with a real provider and a real document, as a browser has them. */
export class Participant implements Person {
  readonly doc = new Y.Doc()
  readonly #scribe: Scribe
  readonly #provider: WebsocketProvider
  #seen: Seen | undefined
  #received = 0

  constructor(door: Door, sent: Sent) {
    this.#scribe = new Scribe(this.doc, door.person, sent)
    // The provider asks for array buffers.
    const counted = (data: RawData) => this.#count(new Uint8Array(data as ArrayBuffer))
    class Socket extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols, { headers: door.headers })
        this.on('message', counted)
      }
    }
    this.#provider = new WebsocketProvider(door.url, door.room, this.doc, {
      params: { ...door.params, client: String(this.doc.clientID) },
      disableBc: true,
      WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    })
    for (const type of [MESSAGE.savedMark, MESSAGE.clock]) this.#provider.messageHandlers[type] = () => undefined
    this.doc.on('afterTransaction', ({ local, beforeState, afterState }: Y.Transaction) => {
      if (local) return
      for (const [client, after] of afterState)
        if (client !== this.doc.clientID) this.#scribe.arrived(client, beforeState.get(client) ?? 0, after)
    })
    // Every renewal counts, also one that says the same again.
    this.#provider.awareness.on('update', (changes: { added: number[]; updated: number[] }, origin: unknown) => {
      if (origin !== 'local' && this.#seen)
        this.#seen.presenceDelivered += changes.added.length + changes.updated.length
    })
  }

  synced(): Promise<void> {
    if (this.#provider.synced) return Promise.resolve()
    return new Promise((resolve) => {
      const check = (synced: boolean) => {
        if (!synced) return
        this.#provider.off('sync', check)
        resolve()
      }
      this.#provider.on('sync', check)
    })
  }

  addOwnNote(): void {
    this.#scribe.addOwnNote()
  }

  /** Bytes that have arrived on this connection, in all. */
  get received(): number {
    return this.#received
  }

  watch(seen: Seen | undefined): void {
    this.#seen = seen
    this.#scribe.watch(seen)
  }

  type(): void {
    this.#scribe.type()
  }

  point(turn: number): void {
    this.#provider.awareness.setLocalState(this.#scribe.presence(turn) as Record<string, unknown>)
    if (this.#seen) this.#seen.presenceWritten++
  }

  state(): ReadonlyMap<number, number> {
    return Y.decodeStateVector(Y.encodeStateVector(this.doc))
  }

  close(): void {
    this.#provider.destroy()
    this.doc.destroy()
  }

  #count(data: Uint8Array): void {
    this.#received += data.length
    if (!this.#seen) return
    if (data[0] === MESSAGE.sync && data[1] === SYNC.update) this.#seen.syncBytes += data.length
    if (data[0] === MESSAGE.presence) this.#seen.presenceBytes += data.length
  }
}
