import type { Append, DocumentUpdate } from '../store/store.ts'

/** Shortest time from the start of one commit to the start of the next, ms. */
const SHORTEST = 16
/** Longest such time, ms: nobody feels that others' letters come 50 ms later. */
const LONGEST = 50
/** Such time for each person, ms. */
const EACH = 0.5

/**
 * The time from the start of one commit to the start of the next, ms: what comes meanwhile shares a frame. A commit
 * writes a frame to everyone, so what commits cost in a second grows with the room, and the time between two of them
 * grows with it: 16 ms up to 32 people, 30 ms for 60, 50 ms from 100 on.
 */
export function commitInterval(people: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, people * EACH))
}

/** Something that may leave only after the commit that covers what was applied before it asked. */
export interface Waiter {
  /** Runs when the commit's content is fixed, before anything later is applied. */
  readonly atCut?: () => void
  /** Runs once everything up to the cut is durable and was sent. */
  readonly released: () => void
  /** Runs instead of `released` if the commit failed. */
  readonly failed?: (error: Error) => void
}

/** What a queue needs of its room. */
export interface QueueRoom {
  /** How many people are connected. */
  readonly people: () => number
  /** Hands over what was applied since the last cut, merged per document. */
  readonly take: () => readonly DocumentUpdate[]
  /** Makes it durable; rejects if that failed. */
  readonly append: (append: Append) => Promise<void>
  /** Sends what is durable now. `cut` counts the cuts from 1. */
  readonly release: (cut: number, updates: readonly DocumentUpdate[]) => void
  /** A commit failed: the room is not to be trusted any more. */
  readonly failed: (error: Error) => void
  /** Nothing is unsaved and nothing waits. */
  readonly idle: () => void
}

type Extras = { -readonly [Part in 'records' | 'forgotten' | 'seats' | 'keys']-?: NonNullable<Append[Part]>[number][] }

const noExtras = (): Extras => ({ records: [], forgotten: [], seats: [], keys: [] })

/**
 * The one queue through which everything leaves a room [promise 1]. What was applied is cut into commits, one at a
 * time: the next starts when the last one ends, at least {@link commitInterval} after its start, and at once when idle.
 * After each commit its frames go out, then whatever waited for it, in the order in which it asked.
 */
export class CommitQueue {
  readonly #room: QueueRoom
  #state: 'idle' | 'scheduled' | 'committing' | 'stopped' = 'idle'
  #unsaved = false
  #extras = noExtras()
  #waiters: Waiter[] = []
  #underway: Waiter[] = []
  #cuts = 0
  #holds = 0
  #written = 0
  #lastStart = Number.NEGATIVE_INFINITY

  constructor(room: QueueRoom) {
    this.#room = room
  }

  /** How many cuts were taken so far. */
  get cuts(): number {
    return this.#cuts
  }

  /** Whether nothing is unsaved and nothing waits. */
  get isIdle(): boolean {
    return this.#state === 'stopped' || (this.#state === 'idle' && this.#holds === 0)
  }

  /** Bytes of what was applied since the room was opened: what somebody causes is told by it before and after. */
  get written(): number {
    return this.#written
  }

  /** Does something whose bytes were paid for by whoever wrote them: they are not counted once more. */
  paidBefore(work: () => void): void {
    const written = this.#written
    work()
    this.#written = written
  }

  /** Something was applied that the next cut takes. @param bytes of its update. */
  changed(bytes = 0): void {
    this.#written += bytes
    this.#unsaved = true
    this.#schedule()
  }

  /** Cuts nothing until as often as this {@link letGo} was called: what is applied over several turns leaves as one piece. */
  hold(): void {
    this.#holds++
  }

  letGo(): void {
    this.#holds--
    if (this.#unsaved || this.#waiters.length > 0) this.#schedule()
    else if (this.isIdle) this.#room.idle()
  }

  /** Keeps and forgets records, and makes seats and keys durable, in the same piece as what was applied last. */
  add(extras: Omit<Append, 'updates'>): void {
    this.#extras.records.push(...(extras.records ?? []))
    this.#extras.forgotten.push(...(extras.forgotten ?? []))
    this.#extras.seats.push(...(extras.seats ?? []))
    this.#extras.keys.push(...(extras.keys ?? []))
    this.changed()
  }

  /** Lets something leave after the commit that covers all that was applied up to now, or is applied before the cut. */
  after(waiter: Waiter): void {
    if (this.#state === 'stopped') {
      waiter.failed?.(new Error('The room is closed.'))
      return
    }
    this.#waiters.push(waiter)
    this.#schedule()
  }

  /** Resolves with a value once everything that was applied up to now is durable; rejects if that fails. */
  durable<T>(value: T): Promise<T> {
    const durable = new Promise<T>((resolve, reject) => this.after({ released: () => resolve(value), failed: reject }))
    // Whoever asked may be gone when it fails.
    durable.catch(() => undefined)
    return durable
  }

  /** Cuts nothing any more; what waits fails. A commit under way ends by itself. */
  stop(error: Error): void {
    this.#state = 'stopped'
    const left = [...this.#underway, ...this.#waiters]
    this.#underway = []
    this.#waiters = []
    for (const waiter of left) waiter.failed?.(error)
  }

  /** Something is wrong with what would be saved or sent: nothing more leaves. */
  fail(error: unknown): void {
    if (this.#state === 'stopped') return
    const reason = error instanceof Error ? error : new Error(String(error))
    this.stop(reason)
    this.#room.failed(reason)
  }

  #schedule(): void {
    if (this.#state !== 'idle' || this.#holds > 0) return
    this.#state = 'scheduled'
    const wait = this.#lastStart + commitInterval(this.#room.people()) - performance.now()
    if (wait <= 0) setImmediate(() => void this.#commit())
    else setTimeout(() => void this.#commit(), wait)
  }

  async #commit(): Promise<void> {
    if (this.#state !== 'scheduled') return
    if (this.#holds > 0) {
      this.#state = 'idle'
      return
    }
    this.#state = 'committing'
    this.#lastStart = performance.now()
    const cut = ++this.#cuts
    try {
      const { updates, append } = this.#cut()
      if (append) await this.#room.append(append)
      this.#release(cut, updates)
    } catch (error) {
      this.fail(error)
    }
  }

  #cut(): { updates: readonly DocumentUpdate[]; append: Append | undefined } {
    this.#underway = this.#waiters
    this.#waiters = []
    for (const waiter of this.#underway) waiter.atCut?.()
    if (!this.#unsaved) return { updates: [], append: undefined }
    this.#unsaved = false
    const updates = this.#room.take()
    const append = { updates, ...this.#extras }
    this.#extras = noExtras()
    return { updates, append }
  }

  #release(cut: number, updates: readonly DocumentUpdate[]): void {
    if (this.#state !== 'committing') return
    this.#room.release(cut, updates)
    for (let waiter = this.#underway.shift(); waiter; waiter = this.#underway.shift()) waiter.released()
    // A waiter may have stopped the queue; the type of the state cannot know.
    if ((this.#state as string) === 'stopped') return
    this.#state = 'idle'
    if (this.#unsaved || this.#waiters.length > 0) this.#schedule()
    else this.#room.idle()
  }
}
