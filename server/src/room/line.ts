import type { PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { type CloseName, type DocumentName, encodeRefusal, encodeSavedMark } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import * as Y from 'yjs'
import { judge, mayWrite } from '../guard/gate.ts'
import type { LiveDocument, Reader } from './document.ts'
import { type Frame, frameMessage, frameSync } from './frame.ts'
import type { Attendant } from './presence.ts'
import type { CommitQueue } from './queue.ts'

/** Who connects to what, and how to reach them. */
export interface Connected {
  readonly actor: Actor
  readonly document: DocumentName
  /** The Yjs client id of the document at the other end. */
  readonly client: number
  /** Writes a frame. What can be let fall for a slow reader is `presence`; a `state` may be large. */
  write(frame: Frame, what: 'update' | 'presence' | 'state'): void
  close(name: CloseName): void
}

/**
 * Where a connection stands. One that may write is asked what it has that the server lacks; until it answered, its
 * live updates are held, so that nothing which depends on the answer ever waits inside the room's document.
 */
type LineState =
  | { readonly is: 'asked'; readonly held: Uint8Array[]; heldBytes: number }
  | { readonly is: 'live' }
  | { readonly is: 'closed' }

/** One connection's line into one document of a room. */
export class Line implements Reader, Attendant {
  readonly #connected: Connected
  readonly #document: LiveDocument
  readonly #queue: CommitQueue
  #state: LineState
  /** This socket's update messages that were applied. */
  #applied = 0
  #markAsked = false

  constructor(connected: Connected, document: LiveDocument, queue: CommitQueue) {
    this.#connected = connected
    this.#document = document
    this.#queue = queue
    const writes = mayWrite(connected.document, connected.actor.role)
    this.#state = writes ? { is: 'asked', held: [], heldBytes: 0 } : { is: 'live' }
    document.enter(this)
    if (writes) this.write(frameSync('step1', Y.encodeStateVector(document.doc)))
  }

  get actor(): Actor {
    return this.#connected.actor
  }

  get document(): DocumentName {
    return this.#connected.document
  }

  get client(): number {
    return this.#connected.client
  }

  get person(): PersonId {
    return this.#connected.actor.person
  }

  get observer(): boolean {
    return this.#connected.actor.role === 'observer'
  }

  /** Sync step 1 came: answers with what the other end lacks, once that is durable. */
  ask(known: ReadonlyMap<number, number>): void {
    if (this.#state.is !== 'closed') this.#document.ask(this, known)
  }

  /** Sync step 2 or an update came. @param update in memory of its own. */
  edit(kind: 'resync' | 'live', update: Uint8Array): void {
    if (this.#state.is === 'closed') return
    const judgement = judge({ document: this.document, actor: this.actor, kind, update })
    if (judgement.is === 'refused') {
      this.write(frameMessage(encodeRefusal(judgement.refusal)))
      this.close(judgement.close)
      return
    }
    const accepted = judgement.is === 'empty' ? update : judgement.update
    if (this.#state.is === 'asked') this.#whileAsked(this.#state, kind, accepted)
    else this.#apply(accepted)
  }

  welcome(answer: Frame, since: readonly Frame[]): void {
    this.#connected.write(answer, 'state')
    for (const update of since) this.write(update)
  }

  update(frame: Frame): void {
    this.write(frame)
  }

  presence(frame: Frame): void {
    if (this.#state.is !== 'closed') this.#connected.write(frame, 'presence')
  }

  write(frame: Frame): void {
    if (this.#state.is !== 'closed') this.#connected.write(frame, 'update')
  }

  close(name: CloseName): void {
    if (this.#state.is === 'closed') return
    this.#state = { is: 'closed' }
    this.#connected.close(name)
  }

  /** The connection is gone: nothing more comes, nothing more can be written. */
  left(): void {
    this.#state = { is: 'closed' }
    this.#document.leave(this)
  }

  #whileAsked(state: LineState & { is: 'asked' }, kind: 'resync' | 'live', update: Uint8Array): void {
    if (kind === 'resync') {
      this.#state = { is: 'live' }
      for (const each of [update, ...state.held]) this.#apply(each)
      return
    }
    state.heldBytes += update.length
    state.held.push(update)
    if (state.heldBytes > LIMITS.resyncBytes) this.close('resynchronise')
  }

  #apply(update: Uint8Array): void {
    if (this.#state.is === 'closed') return
    const { doc } = this.#document
    try {
      Y.applyUpdate(doc, update, this)
    } catch {
      this.close('malformed')
      return
    }
    if (doc.store.pendingStructs || doc.store.pendingDs) {
      // It builds on something that the server never got. Left here, it would come alive later, unseen by the gate.
      doc.store.pendingStructs = null
      doc.store.pendingDs = null
      this.close('resynchronise')
      return
    }
    this.#applied++
    this.#askMark()
  }

  #askMark(): void {
    if (this.#markAsked) return
    this.#markAsked = true
    let count = 0
    this.#queue.after({
      atCut: () => {
        this.#markAsked = false
        count = this.#applied
      },
      released: () => this.write(frameMessage(encodeSavedMark(count))),
    })
  }
}
