import type { PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { type CloseName, type DocumentName, encodeRefusal, encodeSavedMark } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import { judge, mayWrite } from '../guard/gate.ts'
import type { LiveDocument, Reader } from './document.ts'
import { type Frame, frameMessage, frameSync } from './frame.ts'
import type { Attendant } from './presence.ts'
import type { CommitQueue } from './queue.ts'
import type { Turns } from './turns.ts'

/** Who connects to what, and how to reach them. */
export interface Connected {
  readonly actor: Actor
  readonly document: DocumentName
  /** The Yjs client id of the document at the other end. */
  readonly client: number
  /** Whether the seat through which it came still is somebody's. */
  stands(stage: StageView): boolean
  /** Writes a frame. What can be let fall for a slow reader is `presence`; a `state` may be large. */
  write(frame: Frame, what: 'update' | 'presence' | 'state'): void
  close(name: CloseName): void
  /** Hears what judging and applying something of theirs took, ms of the loop. */
  spend(ms: number): void
  /** Hears that something of theirs was refused, after the refusal was written. */
  refused(): void
}

/** Bytes that are held for a connection until its answer was applied; the answer itself is the largest part. */
const MOST_HELD = LIMITS.resyncBytes + LIMITS.updateBytes * 4

/** An update message as it came, in memory of its own. */
interface Arrived {
  readonly kind: 'resync' | 'live'
  readonly update: Uint8Array
}

interface Holding {
  readonly is: 'asked' | 'answered'
  readonly held: Arrived[]
  heldBytes: number
}

/**
 * Where a connection stands. One that may write is asked what it has that the server lacks. Until its answer was
 * applied, which waits for its turn, its live updates are held, so that nothing which depends on the answer ever waits
 * inside the room's document. One whose person was removed is read no more; what it is told ends with that news.
 */
type LineState = Holding | { readonly is: 'live' } | { readonly is: 'removed' } | { readonly is: 'closed' }

/** One connection's line into one document of a room. */
export class Line implements Reader, Attendant {
  readonly #connected: Connected
  readonly #document: LiveDocument
  readonly #queue: CommitQueue
  readonly #turns: Turns
  #state: LineState
  /** This socket's update messages that were applied. */
  #applied = 0
  #markAsked = false

  constructor(connected: Connected, document: LiveDocument, queue: CommitQueue, turns: Turns) {
    this.#connected = connected
    this.#document = document
    this.#queue = queue
    this.#turns = turns
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
    const arrived: Arrived = { kind, update }
    switch (this.#state.is) {
      case 'closed':
      case 'removed':
        return
      case 'live':
        this.#take(arrived)
        return
      case 'asked':
        this.#hold(this.#state, arrived)
        if (kind === 'resync') this.#answered(this.#state)
        return
      case 'answered':
        this.#hold(this.#state, arrived)
        return
    }
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

  /** Whether the person who came through it is still in the workshop. */
  stands(stage: StageView): boolean {
    return this.#connected.stands(stage)
  }

  /** Its person was removed: nothing of what it says from now on is taken, and it closes once the removal is durable. */
  remove(): void {
    if (this.#state.is === 'closed' || this.#state.is === 'removed') return
    this.#state = { is: 'removed' }
    this.#queue.after({ released: () => this.close('removed') })
  }

  /** The connection is gone: nothing more comes, nothing more can be written. */
  left(): void {
    // Words that came whole are kept, though nobody hears any more that they are.
    this.#takeHeld()
    this.#state = { is: 'closed' }
    this.#document.leave(this)
  }

  #hold(state: Holding, arrived: Arrived): void {
    // The answer stands before what came while it was on its way.
    if (state.is === 'asked' && arrived.kind === 'resync') state.held.unshift(arrived)
    else state.held.push(arrived)
    state.heldBytes += arrived.update.length
    if (state.heldBytes > MOST_HELD) this.close('resynchronise')
  }

  #answered(state: Holding): void {
    if (this.#state.is === 'closed') return
    this.#state = { ...state, is: 'answered' }
    this.#turns.add(() => this.#takeHeld())
  }

  #takeHeld(): void {
    if (this.#state.is !== 'answered') return
    const { held } = this.#state
    this.#state = { is: 'live' }
    for (const arrived of held) this.#take(arrived)
  }

  #take(arrived: Arrived): void {
    if (this.#state.is === 'closed') return
    const began = performance.now()
    this.#judge(arrived)
    this.#connected.spend(performance.now() - began)
  }

  /** Judges and applies, in one step of the event loop. */
  #judge({ kind, update }: Arrived): void {
    const judgement = judge({ document: this.document, actor: this.actor, kind, update })
    switch (judgement.is) {
      case 'refused':
        this.write(frameMessage(encodeRefusal(judgement.refusal)))
        this.#connected.refused()
        this.close(judgement.close)
        return
      case 'empty':
        this.#count()
        return
      case 'accepted':
        if (this.#apply(judgement.update)) this.#count()
        return
    }
  }

  /** @returns false if it could not be applied, and the connection was closed. */
  #apply(update: Uint8Array): boolean {
    const { doc } = this.#document
    try {
      this.#document.apply(update, this)
    } catch {
      this.close('malformed')
      return false
    }
    if (doc.store.pendingStructs || doc.store.pendingDs) {
      // It builds on something that the server never got. Left here, it would come alive later, unseen by the gate.
      doc.store.pendingStructs = null
      doc.store.pendingDs = null
      this.close('resynchronise')
      return false
    }
    return true
  }

  #count(): void {
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
