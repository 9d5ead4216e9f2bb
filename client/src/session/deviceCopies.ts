import { createStore } from 'zustand/vanilla'
import {
  type CopyLine,
  type CopyOwner,
  copyName,
  isKept,
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

  /** Keeps documents from now on. Never fails: where the browser keeps nothing they stay in memory. */
  async keep(documents: readonly OpenDocument[]): Promise<void> {
    const owner = this.#owner
    if (owner === null || this.#isOver) return
    this.#begun = true
    clearTimeout(this.#timer)
    const code = await bring().catch(() => null)
    if (!code) {
      // There is no network to fetch it with: it is tried again when there is.
      this.#begun = false
      this.#timer = undefined
      return
    }
    try {
      // First, so that a copy with something in it is always found again.
      if (readCopyLine(owner) === null) rememberCopyLine(owner, this.#line)
      const kept = documents.filter(({ name, isKept: has }) => isKept(name) && !has)
      await Promise.all(
        kept.map((each) => isKept(each.name) && each.keep(copyName(owner, each.name, this.#line), code.openCopy)),
      )
      if (!this.#isOver) this.state.setState('kept', true)
    } catch {
      // A private window, or blocked storage: it goes on in memory.
    }
  }

  /** A copy takes up nothing more. */
  ended(why: 'full' | 'gone'): void {
    this.state.setState(why === 'full' ? 'full' : 'memory', true)
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

  /** The next visit opens what this session has open. */
  remember(): void {
    if (this.#owner === null) return
    try {
      rememberCopyLine(this.#owner, this.#line)
    } catch {
      // The next visit opens the copies from before, and hands back once more what they have.
    }
  }

  close(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
  }
}
