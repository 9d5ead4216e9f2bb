import type { PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { GRACE } from '@quintet/shared/moves'
import { type CloseName, type DocumentName, encodeRefusal, mayWrite, type Refusal } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import type { Clients } from '../guard/clients.ts'
import type { Arrival, Examination, Judgement } from '../guard/guard.ts'
import { processorTime } from '../processorTime.ts'
import type { Alarm } from './alarm.ts'
import { recordsOf } from './bindings.ts'
import type { Connected } from './connected.ts'
import type { LiveDocument, Reader } from './document.ts'
import { type Frame, frameMessage, frameSync } from './frame.ts'
import { SavedMarks } from './marks.ts'
import type { Attendant } from './presence.ts'
import type { CommitQueue } from './queue.ts'
import { type Refusals, withoutWords } from './refusals.ts'
import type { Turns } from './turns.ts'

/** What a line needs of its room. */
export interface LineSetting {
  readonly queue: CommitQueue
  readonly turns: Turns
  readonly clients: Clients
  readonly refusals: Refusals
  /** Ms since the epoch. */
  readonly now: () => number
  readonly alarm: Alarm
}

/** What waited is taken for so long in one turn of the event loop, ms. */
const TURN = 8

/** What waits when its connection is gone is taken for so long, ms. */
const LAST = 100

/** Bytes that are held for a connection until its answer was applied; the answer itself is the largest part. */
const MOST_HELD = LIMITS.resyncBytes + LIMITS.updateBytes * 4

/** What came before the answer to the server's question is held for so long, ms; honest ones answer at once. */
const ANSWER = 30_000

/** An update message as it came, in memory of its own. */
type Arrived = Pick<Arrival, 'kind' | 'update' | 'at'>

/** What came and has to wait, in its order. */
interface Held {
  readonly arrived: Arrived[]
  bytes: number
}

/**
 * Where a connection stands. One that may write is asked what it has that the server lacks. Until its answer was
 * applied, which is examined in parts that wait for their turns, its live updates are held, so that nothing which
 * depends on the answer is judged before it. After a refusal nothing more of what it writes is taken, since all of it
 * may build on what was refused, and it goes on hearing. One that is shut, since its person was removed or its seat was
 * given up, is read no more; what it is told ends with what was done before.
 */
type LineState =
  | { readonly is: 'asked'; readonly held: Held }
  | { readonly is: 'examined'; readonly answer: Arrived; readonly examination: Examination; readonly held: Held }
  | { readonly is: 'catching up'; readonly held: Held }
  | { readonly is: 'live' }
  | { readonly is: 'frozen' }
  | { readonly is: 'shut' }
  | { readonly is: 'closed' }

/** What goes on in turns of the event loop. */
type Waiting = Extract<LineState, { is: 'examined' | 'catching up' }>

/** One connection's line into one document of a room. */
export class Line implements Reader, Attendant {
  readonly #connected: Connected
  readonly #document: LiveDocument
  readonly #room: LineSetting
  readonly #marks: SavedMarks
  /** Stops the waiting for an answer. */
  #silence: (() => void) | undefined
  #state: LineState

  constructor(connected: Connected, document: LiveDocument, room: LineSetting) {
    this.#connected = connected
    this.#document = document
    this.#room = room
    this.#marks = new SavedMarks(room.queue, (mark) => this.write(mark))
    this.#state = this.#mayWrite ? { is: 'asked', held: { arrived: [], bytes: 0 } } : { is: 'live' }
    document.enter(this)
    if (this.#mayWrite) this.write(frameSync('step1', Y.encodeStateVector(document.doc)))
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

  /** How many Yjs clients wrote into its document. */
  get clients(): number {
    return this.#document.doc.store.clients.size
  }

  get #mayWrite(): boolean {
    return mayWrite(this.document, this.actor.role)
  }

  /**
   * Sync step 1 came: answers with what the other end lacks, once that is durable. One that has more of somebody
   * else's than the server has, or says so, knew it before the server was restored from a backup, and begins afresh.
   */
  ask(known: ReadonlyMap<number, number>): void {
    if (this.#state.is === 'closed') return
    if (this.#knowsMore(known)) this.close('restored')
    else this.#document.ask(this, known)
  }

  /** Sync step 2 or an update came. @param update in memory of its own. @param at when, ms since the epoch; now unless given. */
  edit(kind: Arrival['kind'], update: Uint8Array, at?: number): void {
    const arrived: Arrived = { kind, update, at }
    switch (this.#state.is) {
      case 'closed':
      case 'shut':
      case 'frozen':
        return
      case 'live':
        this.#take(arrived, { arrived: [], bytes: 0 })
        return
      case 'asked':
        // The answer stands before what came while it was on its way.
        if (kind === 'resync') this.#take(arrived, this.#inTime(this.#state.held, arrived))
        else {
          this.#awaitAnswer()
          this.#hold(this.#state.held, arrived)
        }
        return
      case 'examined':
      case 'catching up':
        this.#hold(this.#state.held, arrived)
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

  spend(ms: number): void {
    this.#connected.spend(ms)
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
    this.#silence?.()
    this.#connected.close(name)
  }

  /** Whether the person who came through it is still in the workshop. */
  stands(stage: StageView): boolean {
    return this.#connected.stands(stage)
  }

  /**
   * Its person was removed, or its seat was given up: nothing of what it says from now on is taken. It closes once all
   * that was taken before is durable, the removal itself too, so that it hears of what it wrote.
   */
  shut(name: 'removed' | 'unknownSeat'): void {
    if (this.#state.is === 'closed' || this.#state.is === 'shut') return
    this.#state = { is: 'shut' }
    this.#connected.holds(0)
    this.#room.queue.after({ released: () => this.close(name) })
  }

  /** The connection is gone: nothing more comes, nothing more can be written. */
  left(): void {
    // Words that came whole are kept, though nobody hears any more that they are; not more than others can wait for.
    const began = performance.now()
    while (this.#state.is === 'examined' || this.#state.is === 'catching up') {
      if (performance.now() - began > LAST || this.#connected.wait() > 0) break
      this.#goOn(this.#state)
    }
    this.#state = { is: 'closed' }
    this.#silence?.()
    this.#document.leave(this)
  }

  #knowsMore(known: ReadonlyMap<number, number>): boolean {
    const { store } = this.#document.doc
    for (const [client, clock] of known)
      if (clock > Y.getState(store, client) && this.#room.clients.owner(client) !== this.person) return true
    return false
  }

  #hold(held: Held, arrived: Arrived): void {
    held.arrived.push(arrived)
    held.bytes += arrived.update.length
    if (held.bytes > MOST_HELD) this.close('resynchronise')
    else this.#connected.holds(held.bytes)
  }

  /**
   * What waited for the answer, as if it had come no longer before it than {@link GRACE}: how long it waits is in the hand
   * of whoever answers, and so would be how long after a lock they still write.
   */
  #inTime({ arrived, bytes }: Held, answer: Arrived): Held {
    const earliest = (answer.at ?? this.#room.now()) - GRACE
    return { arrived: arrived.map((each) => ({ ...each, at: Math.max(each.at ?? earliest, earliest) })), bytes }
  }

  /** Something begins to wait for the answer, which is not for ever. While nothing is read of them they cannot answer. */
  #awaitAnswer(until = this.#room.now() + ANSWER): void {
    const { now, alarm } = this.#room
    this.#silence ??= alarm(until, () => {
      this.#silence = undefined
      if (this.#state.is !== 'asked') return
      if (now() < until) this.#awaitAnswer(until)
      else if (this.#connected.wait() > 0) this.#awaitAnswer()
      else this.close('resynchronise')
    })
  }

  /** Takes something in now, or begins to examine it. @param held what waits for it. */
  #take(arrived: Arrived, held: Held): void {
    const { guard } = this.#document
    if (arrived.kind === 'live' || !guard) {
      this.#accounted(() => this.#carryOut(this.#judge(arrived), arrived))
      return
    }
    const state: LineState = {
      is: 'examined',
      answer: arrived,
      examination: guard.examine({ actor: this.actor, ...arrived }),
      held: { arrived: held.arrived, bytes: held.bytes + arrived.update.length },
    }
    this.#state = state
    this.#silence?.()
    this.#connected.holds(state.held.bytes)
    this.#inTurn(state)
  }

  /** Goes on with a state in turns of the event loop until it has become another one. */
  #inTurn(state: Waiting): void {
    this.#room.turns.add(() => {
      // Meanwhile the connection may have closed or been shut.
      if (this.#state !== state) return
      this.#goOn(state)
      if (this.#state !== state) return
      const wait = state.is === 'catching up' ? this.#connected.wait() : 0
      if (wait > 0) setTimeout(() => this.#inTurn(state), wait).unref()
      else this.#inTurn(state)
    })
  }

  /** Does the next part of what a state waits for. */
  #goOn(state: Waiting): void {
    if (state.is === 'examined') this.#examine(state)
    else this.#catchUp(state)
  }

  /** Examines the next part of an answer; after the last one the answer is judged, and what waited for it is taken. */
  #examine(state: Extract<LineState, { is: 'examined' }>): void {
    this.#accounted(() => {
      if (!state.examination.step()) return
      const { answer, held } = state
      held.bytes -= answer.update.length
      this.#connected.holds(held.bytes)
      this.#state = { is: 'catching up', held }
      this.#carryOut(state.examination.judge(), state.answer)
    })
    if (this.#state.is !== 'catching up') return
    const next = this.#state
    this.#catchUp(next)
    if (this.#state === next) this.#inTurn(next)
  }

  /** Takes what waited, as much of it as a turn has time for. */
  #catchUp(state: Extract<LineState, { is: 'catching up' }>): void {
    const began = performance.now()
    const { arrived } = state.held
    while (this.#state === state && performance.now() - began < TURN && this.#connected.wait() === 0) {
      const next = arrived.shift()
      if (!next) {
        this.#state = { is: 'live' }
        return
      }
      state.held.bytes -= next.update.length
      this.#connected.holds(state.held.bytes)
      this.#take(next, state.held)
    }
  }

  /** Does some of the work that this connection causes, and says what it took. */
  #accounted(work: () => void): void {
    this.#connected.spend(processorTime(work))
  }

  #judge(arrived: Arrived): Judgement {
    const { guard } = this.#document
    if (guard) return guard.judge({ actor: this.actor, ...arrived })
    return isEmpty(arrived.update) ? { is: 'empty' } : { is: 'refused', refusal: NOT_YOURS, impossible: true }
  }

  /** Does what was judged, in the same step of the event loop. */
  #carryOut(judgement: Judgement, arrived: Arrived): void {
    switch (judgement.is) {
      case 'empty':
        this.#marks.count()
        return
      case 'accepted': {
        const { queue } = this.#room
        const before = queue.written
        this.#apply(judgement)
        this.#connected.accepted(queue.written - before)
        this.#marks.count()
        return
      }
      case 'refused':
        this.#refuse(judgement, arrived)
        return
    }
  }

  /** Applies the guard's own encoding, and makes durable with it whose new client ids are. */
  #apply({ update, clients: writing }: Extract<Judgement, { is: 'accepted' }>): void {
    const { doc } = this.#document
    const { queue, clients } = this.#room
    if (writing.length > 0) {
      queue.add({ records: recordsOf(writing, this.person) })
      for (const client of writing) clients.saved(client)
    }
    try {
      this.#document.apply(update, this)
    } catch (error) {
      const cause = withoutWords(error)
      queue.fail(new Error(`What was accepted into the ${this.document} could not be applied.`, { cause }))
      return
    }
    if (doc.store.pendingStructs || doc.store.pendingDs)
      queue.fail(new Error(`What was accepted into the ${this.document} builds on something that it lacks.`))
  }

  #refuse({ refusal, impossible, fault }: Extract<Judgement, { is: 'refused' }>, { update }: Arrived): void {
    const { key: document } = this.#document
    this.#room.refusals.remember({ refusal, impossible, fault, person: this.person, document, update })
    this.#state = { is: 'frozen' }
    this.#connected.holds(0)
    this.write(frameMessage(encodeRefusal(refusal)))
    this.#connected.refused()
    if (!this.#mayWrite) this.close('forbidden')
    else if (impossible) this.close('impossible')
  }
}

const NOT_YOURS: Refusal = {
  code: 'forbidden',
  path: '',
  message: 'This document is not yours to change. Nothing was changed.',
}

/** No structs and no deletions: the update that Yjs writes when it has nothing to say. */
const isEmpty = (update: Uint8Array) => update.length === 2 && update[0] === 0 && update[1] === 0
