import { createStore } from 'zustand/vanilla'
import {
  type CopyLine,
  type CopyOwner,
  copyName,
  isKept,
  KEPT_DOCUMENTS,
  newCopyLine,
  readCopyLine,
  rememberCopyLine,
} from './deviceMemory.ts'
import type { OpenDocument } from './openDocument.ts'

/** Whether what one writes is kept on this device: on its disk, in this tab alone, or not any more since it is full. */
export type DeviceState = 'kept' | 'memory' | 'full'

/** How long after a session is live its first copies are begun at the latest, ms: what a first note needs comes first. */
const BEGIN_AFTER = 10_000
/** How long after something of one's own was saved, ms. */
const BEGIN_SOON = 2_000

/** Brings the code that keeps copies: a first visit has none to open, and needs it only later. */
const bring = () => import('./copies.ts')

/** A copy that takes up nothing more, by its name, and the documents of its session. */
interface LeftCopy {
  readonly copy: string
  readonly documents: readonly OpenDocument[]
}

/**
 * The copies of a session's documents on this device. Where there were any, they are read before the documents connect.
 * Else they are begun once something of one's own is saved, or after a while. Where the browser keeps nothing, everything
 * goes on in memory.
 */
export class DeviceCopies {
  readonly state = createStore<DeviceState>(() => 'memory')
  readonly #owner: CopyOwner | null
  /** The copies that this session has open. */
  #line: CopyLine
  readonly #found: boolean
  #isOver = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #begun = false
  /** What is to be done once the next visit opens what this session has open. */
  readonly #owed: (() => void)[] = []
  /** Whether something of one's own was unsaved when it was last looked. */
  #wrote = false

  /**
   * @param owner null where nothing is to be kept.
   * @param epoch the server's, as far as it is known. Copies of another are opened all the same: the server says so.
   */
  constructor(owner: CopyOwner | null, epoch: string) {
    this.#owner = owner
    const remembered = owner && readCopyLine(owner)
    this.#found = remembered !== null
    this.#line = remembered ?? newCopyLine(epoch)
  }

  /** The server's epoch that the documents belong to. */
  get epoch(): string {
    return this.#line.epoch
  }

  /** Reads the copies that there are into the documents. Never fails. */
  async load(documents: readonly OpenDocument[]): Promise<void> {
    if (this.#found) await this.keep(documents)
  }

  /** Looks whether it is time to begin the first copies. */
  look({ isLive, documents }: { readonly isLive: boolean; readonly documents: readonly OpenDocument[] }): void {
    this.#pay()
    if (this.#begun || this.#owner === null || !isLive) return
    const waits = documents.some(({ ledger }) => ledger.waiting > 0)
    const isSoon = this.#wrote && !waits
    this.#wrote = waits
    if (!isSoon && this.#timer !== undefined) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#begin(documents), isSoon ? BEGIN_SOON : BEGIN_AFTER)
  }

  /** Begins the first copies, or joins those that another tab has begun meanwhile. */
  async #begin(documents: readonly OpenDocument[]): Promise<void> {
    const others = this.#owner && readCopyLine(this.#owner)
    // Of another epoch: the server is about to say so.
    if (others && others.epoch !== this.#line.epoch) return
    this.#line = others ?? this.#line
    await this.keep(documents)
  }

  /**
   * Keeps documents from now on. Never fails: where the browser keeps nothing they stay in memory.
   * @returns whether all of them are kept.
   */
  async keep(documents: readonly OpenDocument[]): Promise<boolean> {
    const owner = this.#owner
    if (owner === null || this.#isOver) return false
    this.#begun = true
    clearTimeout(this.#timer)
    // A document that is being left is not written into the next copy.
    const line = this.#line
    const code = await bring().catch(() => null)
    if (!code) {
      // There is no network to fetch it with: it is tried again when there is.
      this.#begun = false
      this.#timer = undefined
      return false
    }
    const all = documents.filter(({ name }) => isKept(name))
    try {
      // First, so that a copy with something in it is always found again.
      if (readCopyLine(owner) === null) rememberCopyLine(owner, line)
      const missing = all.filter(({ isKept: has }) => !has)
      // In a private window, or with blocked storage, it goes on in memory.
      await Promise.allSettled(
        missing.map((each) => isKept(each.name) && each.keep(copyName(owner, each.name, line), code.openCopy)),
      )
    } catch {
      // The browser stores nothing.
    }
    const isDone = all.every(({ isKept: has }) => has)
    if (!this.#isOver) this.state.setState(isDone ? 'kept' : 'memory', true)
    return isDone
  }

  /** What one writes is not kept any more: the device is full, or a copy was deleted. */
  ended(why: 'full' | 'gone', left?: LeftCopy): void {
    this.state.setState(why === 'full' ? 'full' : 'memory', true)
    const owner = this.#owner
    const others = owner && readCopyLine(owner)
    if (why === 'full' || !left || !others || others.epoch !== this.#line.epoch) return
    if (KEPT_DOCUMENTS.some((name) => copyName(owner, name, others) === left.copy)) return
    // Another tab went on with another copy.
    this.#line = others
    void this.keep(left.documents.filter(({ isFrozen }) => !isFrozen))
  }

  /** Moves on to copies of another epoch: those that another tab has moved to, if it did. */
  moveTo(epoch: string): void {
    const others = this.#owner && readCopyLine(this.#owner)
    this.#line = others?.epoch === epoch ? others : newCopyLine(epoch)
  }

  /** Moves some documents on to their next copies: after those of this session, or those that another tab moved to. */
  moveOn(names: Iterable<OpenDocument['name']>): void {
    const others = this.#owner && readCopyLine(this.#owner)
    const resets = { ...this.#line.resets }
    for (const name of names)
      if (isKept(name)) {
        const theirs = others?.epoch === this.#line.epoch ? others.resets[name] : 0
        resets[name] = Math.max(resets[name] + 1, theirs)
      }
    this.#line = { ...this.#line, resets }
  }

  /**
   * Has the next visit open what this session has open, as soon as the browser stores that.
   * @param then is done after it.
   */
  remember(then: () => void): void {
    this.#owed.push(then)
    this.#pay()
  }

  #pay(): void {
    if (this.#owner === null || this.#owed.length === 0) return
    try {
      rememberCopyLine(this.#owner, this.#line)
    } catch {
      // Till then the next visit opens the copies from before, and hands back once more what they have.
      this.state.setState('full', true)
      return
    }
    if (this.state.getState() === 'full') this.state.setState('kept', true)
    for (const then of this.#owed.splice(0)) then()
  }

  /** Whether the next visit opens the copies that this session has open. */
  get isFound(): boolean {
    return this.#owner !== null && JSON.stringify(readCopyLine(this.#owner)) === JSON.stringify(this.#line)
  }

  close(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }
}
