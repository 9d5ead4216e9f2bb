import type { WorkshopId } from '@quintet/shared/ids'
import { DOCUMENT_ACCESS, type DocumentName } from '@quintet/shared/protocol'
import { writeSchema } from '@quintet/shared/schema'
import type { StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import type { Clients } from '../guard/clients.ts'
import { Guard } from '../guard/guard.ts'
import type { Beside } from '../guard/judge.ts'
import type { DocumentKey, DocumentUpdate, Store } from '../store/store.ts'
import type { Payer } from './connected.ts'
import { LiveDocument } from './document.ts'
import { SERVER_HAND } from './hand.ts'
import { loadDocument } from './load.ts'
import type { CommitQueue } from './queue.ts'
import type { Turns } from './turns.ts'

/** What a room's documents are read from, and leave through. */
export interface Shelf {
  readonly workshop: WorkshopId
  readonly store: Store
  readonly queue: CommitQueue
  readonly turns: Turns
  readonly clients: Clients
  readonly stage: () => StageView
  /** Ms since the epoch. */
  readonly now: () => number
  /** What is kept beside the board of the words of its entries. */
  readonly besideBoard: Beside
}

/** The documents of a room that are in memory. */
export class LiveDocuments {
  readonly #shelf: Shelf
  readonly #documents = new Map<DocumentKey, LiveDocument>()
  #closed = false

  constructor(shelf: Shelf) {
    this.#shelf = shelf
  }

  get(key: DocumentKey): LiveDocument | undefined {
    return this.#documents.get(key)
  }

  /**
   * Loads a document completely. @param spend hears what it takes of the processor, ms.
   * @throws if it cannot be read, and with `closed()` if the room closed meanwhile.
   */
  async load(name: DocumentName, key: DocumentKey, closed: () => Error, spend?: Payer['spend']): Promise<LiveDocument> {
    const { store, workshop, queue, turns, clients, stage, now, besideBoard } = this.#shelf
    const doc = await loadDocument(store, workshop, name, key, spend)
    if (this.#closed) throw closed()
    takeClient(doc, clients)
    const isWritten = DOCUMENT_ACCESS[name].writes.length > 0
    const beside = name === 'board' ? besideBoard : undefined
    const guard = isWritten ? new Guard({ document: name, doc, clients, stage, now, beside }) : undefined
    const document = new LiveDocument({ name, key, doc, guard }, queue, turns)
    writeSchema(doc, name, SERVER_HAND)
    this.#documents.set(key, document)
    return document
  }

  /** Whether something that was written under a Yjs client id stands in a document that is in memory. */
  hold(client: number): boolean {
    return [...this.#documents.values()].some(({ doc }) => doc.store.clients.has(client))
  }

  /** Puts a document out of memory. */
  letGo(document: LiveDocument): void {
    this.#documents.delete(document.key)
    document.close()
  }

  /** What was applied to each since the last cut. */
  take(): readonly DocumentUpdate[] {
    return [...this.#documents.values()].flatMap((document) => document.take() ?? [])
  }

  /** Sends what a cut took, document by document. */
  release(cut: number, updates: readonly DocumentUpdate[]): void {
    for (const { document, update } of updates) this.#documents.get(document)?.release(cut, update)
  }

  close(): void {
    this.#closed = true
    for (const document of this.#documents.values()) document.close()
    this.#documents.clear()
  }
}

/** Gives a document a client id of the server's own, under which nobody ever wrote or will [promise 5]. */
function takeClient(doc: Y.Doc, clients: Clients): void {
  while (clients.owner(doc.clientID) !== undefined || doc.store.clients.has(doc.clientID))
    doc.clientID = new Y.Doc().clientID
  clients.reserve(doc.clientID)
}
