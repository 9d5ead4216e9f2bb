import type { DocumentName } from '@quintet/shared/protocol'
import * as Y from 'yjs'
import type { Guard } from '../guard/guard.ts'
import type { DocumentKey, DocumentUpdate } from '../store/store.ts'
import { Answers } from './answers.ts'
import { type Frame, frameSync } from './frame.ts'
import type { CommitQueue } from './queue.ts'
import type { Turns } from './turns.ts'

/** Somebody connected to a document, as the document sees them. */
export interface Reader {
  /** Takes what it lacked when it asked (sync step 2) and the updates since. From now on it gets every update. */
  welcome(answer: Frame, since: readonly Frame[]): void
  /** Takes an update that is durable. */
  update(frame: Frame): void
  /** Hears what its answer took of the processor, ms. */
  spend(ms: number): void
}

/**
 * One document of a room while it is live: collects what is applied to it until the next cut, and sends what was
 * released to everyone who is up to date.
 */
export class LiveDocument {
  readonly name: DocumentName
  readonly key: DocumentKey
  readonly doc: Y.Doc
  /** Judges what people write into it; undefined where only the server writes. */
  readonly guard: Guard | undefined
  readonly #answers: Answers<Reader>
  readonly #readers = new Set<Reader>()
  readonly #upToDate = new Set<Reader>()
  #captured: Uint8Array[] = []
  #settle: ((transaction: Y.Transaction) => void) | undefined
  /** Cuts that took something of this document and are not released. */
  #unreleased = 0

  /** @param doc loaded completely: what is applied from now on is captured. */
  constructor(
    { name, key, doc, guard }: Pick<LiveDocument, 'name' | 'key' | 'doc' | 'guard'>,
    queue: CommitQueue,
    turns: Turns,
  ) {
    this.name = name
    this.key = key
    this.doc = doc
    this.guard = guard
    this.#answers = new Answers(
      doc,
      queue,
      turns,
      (reader, answer, since) => {
        this.#upToDate.add(reader)
        reader.welcome(answer, since)
      },
      (reader, ms) => reader.spend(ms),
    )
    doc.on('update', (update: Uint8Array) => {
      this.#captured.push(update)
      queue.changed(update.length)
    })
  }

  /** How many sync step 2 messages were encoded since the document was loaded. */
  get encodings(): number {
    return this.#answers.encodings
  }

  /** Whether nobody is connected to it and nothing of it is unsaved. */
  get isQuiet(): boolean {
    return this.#readers.size === 0 && this.#captured.length === 0 && this.#unreleased === 0
  }

  enter(reader: Reader): void {
    this.#readers.add(reader)
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader)
    this.#upToDate.delete(reader)
    this.#answers.forget(reader)
  }

  /**
   * Applies an update that was accepted. What the server does about it belongs to the same transaction, so that there
   * is one update of both.
   */
  apply(update: Uint8Array, origin: unknown): void {
    this.doc.transact((transaction) => {
      Y.applyUpdate(this.doc, update, origin)
      if (!this.#settle) return
      // What the server adds in its own hand is no sign that somebody else writes under its client id.
      transaction.local = true
      this.#settle(transaction)
    }, origin)
  }

  /** From now on this is done about everything that is applied. */
  settleBy(settle: (transaction: Y.Transaction) => void): void {
    this.#settle = settle
  }

  /** Words were taken out of the document: nothing that is still to be sent holds them. */
  emptied(): void {
    this.#answers.renew()
    const [first, ...more] = this.#captured
    if (first) this.#captured = [withoutDeleted(this.doc, more.length === 0 ? first : Y.mergeUpdates([first, ...more]))]
  }

  /** Answers what a reader lacks, and keeps it up to date from then on. @param known the clock of each client that it has. */
  ask(reader: Reader, known: ReadonlyMap<number, number>): void {
    this.#answers.ask(reader, known)
  }

  /** What was applied since the last cut, as one update; undefined if nothing was. */
  take(): DocumentUpdate | undefined {
    const [first, ...more] = this.#captured
    if (!first) return undefined
    this.#captured = []
    this.#unreleased++
    return { document: this.key, update: more.length === 0 ? first : Y.mergeUpdates([first, ...more]) }
  }

  /** Sends what a cut took, in one frame for everyone. */
  release(cut: number, update: Uint8Array): void {
    this.#unreleased--
    const frame = frameSync('update', update)
    for (const reader of this.#upToDate) reader.update(frame)
    this.#answers.released(cut, frame)
  }

  close(): void {
    this.#answers.close()
    this.doc.destroy()
  }
}

/** The same update of a document, without the content that was deleted since. */
function withoutDeleted(doc: Y.Doc, update: Uint8Array): Uint8Array {
  const known = Y.decodeStateVector(Y.encodeStateVector(doc))
  for (const [client, clock] of Y.parseUpdateMeta(update).from) known.set(client, clock)
  return Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known))
}
