import type { DocumentName } from '@quintet/shared/protocol'
import * as Y from 'yjs'
import { type Clocks, clocksOf, least } from './clocks.ts'
import { type Copy, type CopyOptions, isCopys } from './copy.ts'
import { type ConnectionEvents, type ConnectionOptions, DocumentConnection } from './documentConnection.ts'
import { editedThings } from './editedThings.ts'
import { Ledger } from './ledger.ts'

/** With this origin the server's state is brought into a document that is being left. */
export const SERVERS_STATE = Symbol('state of the server')

/** A fresh Yjs client id: 32 bits. Two of these meet in a workshop as good as never, and the server would notice. */
export function newClient(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
}

/** What a document tells its session. */
export interface DocumentEvents extends Pick<ConnectionEvents, 'onOpen' | 'onClock' | 'messages'> {
  /** One edited it, or what is unsaved of it came from the disk. */
  readonly onEdited: () => void
  /** It became complete, or is not any more. */
  readonly onSynced: () => void
  /** The connection is gone. @param reason a sentence for the person, where there is one. */
  readonly onLost: (reason: string | undefined) => void
  readonly onEnded: ConnectionEvents['onEnded']
  /** What one writes is not kept in its copy any more. @param copy the name of that. */
  readonly onCopyEnd: (why: 'full' | 'gone', copy: string) => void
}

export interface DocumentOptions extends Pick<ConnectionOptions, 'socket'> {
  readonly name: DocumentName
  /** `ws://` or `wss://`, host, and the path up to the document. */
  readonly url: string
  readonly seat: string
  /** The Yjs client id under which one writes in it. */
  readonly client: number
  /** The server's epoch that it belongs to; empty where it is not known. */
  readonly epoch: string
  /** Whether one writes anything at all in this workshop. */
  readonly edits: boolean
  /** Whether one's edits of this document go out. */
  readonly writes: boolean
  readonly events: DocumentEvents
}

/** One document of a session: what it holds, what of it is saved, its connection, and its copy on this device. */
export class OpenDocument {
  readonly name: DocumentName
  readonly doc = new Y.Doc()
  /** Which of one's own edits of it are durable. */
  readonly ledger = new Ledger()
  readonly connection: DocumentConnection
  /** Whether it holds everything that the server had. */
  synced = false
  /** The server refused an edit of it: nothing more of it is sent, and its connection is no news. */
  isFrozen = false
  /**
   * What in it the server may yet refuse: somebody's edits, only what was put back unasked when it took the place of
   * another, or nothing since then.
   */
  holds: 'edits' | 'put back' | 'nothing' = 'edits'
  readonly #events: DocumentEvents
  #copy: Copy | undefined
  #keeping: Promise<void> | undefined
  #isClosed = false

  constructor({ name, url, seat, socket, client, epoch, edits, writes, events }: DocumentOptions) {
    this.name = name
    this.doc.clientID = client
    this.#events = events
    // Before the provider hears of an edit: it has to be counted when the message leaves that carries it.
    this.doc.on('update', (_update, origin, _doc, transaction) => {
      if (edits && origin !== this.connection.provider) this.#changed(origin, transaction)
    })
    this.connection = new DocumentConnection({
      url,
      document: name,
      seat,
      socket,
      doc: this.doc,
      earlier: () => this.#unsavedEntries().map((entry) => entry.client),
      epoch,
      writes,
      tellsPresence: name === 'board',
      events: this.#connectionEvents(),
    })
  }

  /** The Yjs client ids under which one wrote in it, in this tab and in others on this device. */
  get own(): ReadonlySet<number> {
    return new Set([this.doc.clientID, ...(this.#copy?.entries ?? []).map(({ client }) => client)])
  }

  /** What it held when the first of the edits was made that are not known to be durable, on this device. */
  get since(): Clocks {
    const all = [this.ledger.since, ...this.#unsavedEntries().map(({ since }) => since)].filter((each) => !!each)
    return all.length > 0 ? all.reduce(least) : clocksOf(this.doc)
  }

  /** Whether everything that is unsaved of it is kept on this device, should the tab be closed now. */
  get isSafe(): boolean {
    return this.ledger.waiting === 0 || this.#copy?.isWritten === true
  }

  /** Whether it has a copy on this device, which takes up what happens to it. */
  get isKept(): boolean {
    return this.#copy !== undefined
  }

  /**
   * Opens its copy on this device, and reads it; where it is being opened already, waits for that.
   * @throws where the browser keeps nothing.
   */
  keep(name: string, open: (options: CopyOptions) => Promise<Copy>): Promise<void> {
    this.#keeping ??= this.#keep(name, open).finally(() => {
      this.#keeping = undefined
    })
    return this.#keeping
  }

  async #keep(name: string, open: (options: CopyOptions) => Promise<Copy>): Promise<void> {
    const copy = await open({
      name,
      doc: this.doc,
      isServers: (origin) => origin === this.connection.provider,
      unsaved: () => ({ things: [...this.ledger.things], since: this.ledger.since ?? new Map() }),
      onEnd: (why) => {
        this.#copy = undefined
        this.#events.onCopyEnd(why, name)
      },
    })
    if (this.#isClosed) {
      copy.detach()
      return
    }
    this.#copy = copy
    const unsaved = this.#unsavedEntries()
    if (unsaved.length === 0) return
    for (const { things, since } of unsaved) this.ledger.read(things, since)
    if (this.connection.isStarted && !this.isFrozen) this.connection.again()
    this.#events.onEdited()
  }

  /** The answer to a saved-mark. @param count how many of the present socket's update messages are durable. */
  marked(count: number): void {
    this.ledger.marked(count)
    this.connection.marked(count)
    this.#copy?.changed()
    if (this.ledger.waiting === 0) this.#copy?.settled()
  }

  /** Writes down what it has not yet, before the page goes. */
  flush(): void {
    this.#copy?.changed()
  }

  /** Sends nothing more, and counts nothing that is edited as on its way. It goes on receiving. */
  freeze(): void {
    this.isFrozen = true
    this.synced = false
    this.connection.freeze()
  }

  /** Brings what other tabs of this device wrote into its copy. */
  async readAgain(): Promise<void> {
    await this.#copy?.readAgain()
  }

  /**
   * Brings the server's state into it, so that what it has beyond that is what the server does not have.
   * @returns what deletes its copy, which takes up nothing of this.
   */
  compareWith(servers: Y.Doc): () => Promise<void> {
    const copy = this.#copy
    copy?.detach()
    this.#copy = undefined
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(servers), SERVERS_STATE)
    return async () => copy?.delete()
  }

  close(): void {
    this.#isClosed = true
    this.connection.close()
    this.#copy?.detach()
    this.#copy = undefined
  }

  #unsavedEntries() {
    return (this.#copy?.entries ?? []).filter(({ things }) => things.length > 0)
  }

  #changed(origin: unknown, transaction: Y.Transaction): void {
    if (origin === SERVERS_STATE) return
    if (isCopys(origin)) {
      // Read while connected: it may be written under ids that the server has not been told of.
      if (this.connection.isStarted && !this.isFrozen) this.connection.again()
      else return
    } else this.holds = 'edits'
    this.ledger.edited(editedThings(transaction), transaction.beforeState)
    this.#events.onEdited()
  }

  #connectionEvents(): ConnectionEvents {
    const events = this.#events
    return {
      onSocket: () => this.ledger.reconnected(),
      onOpen: events.onOpen,
      onSynced: () => {
        if (this.isFrozen) return
        this.synced = true
        events.onSynced()
      },
      onAgain: () => {
        this.synced = false
        events.onSynced()
      },
      onLost: (reason) => {
        if (this.isFrozen) return
        this.synced = false
        events.onLost(reason)
      },
      onEnded: (code, reason) => events.onEnded(code, reason),
      onSent: (answer) => this.ledger.sent(answer),
      onClock: events.onClock,
      messages: events.messages,
    }
  }
}
