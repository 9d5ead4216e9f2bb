import { createStore } from 'zustand/vanilla'
import type { Ledger } from './ledger.ts'

/** What the page says of the saving; each state has only its own fields. */
export type SavedState =
  | { readonly is: 'saved' }
  | { readonly is: 'saving' }
  /** @field waiting how many notes, drafts and ballots have edits that go out on return. */
  | { readonly is: 'offline'; readonly waiting: number }
  /** @field merged how many notes, drafts and ballots had edits that went out on return. */
  | { readonly is: 'back'; readonly merged: number }

/** Ordinary saving takes less than this and is not worth a word, ms. */
const WORTH_SAYING = 400
/** How long the page says that it is back, ms. */
const BACK_FOR = 4_000

/** Turns what the ledger knows into what the page says, calmly: no flicker while everything goes well. */
export class SavedWatch {
  readonly state = createStore<SavedState>(() => ({ is: 'saved' }))
  readonly #ledger: Pick<Ledger, 'waiting'>
  #connected = true
  /** Since when edits wait without any of them becoming durable, ms by performance.now(); null when none waits. */
  #waitingSince: number | null = null
  /** How much waited for the network; zero once it went out. */
  #merging = 0
  #back: { readonly merged: number; readonly until: number } | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ledger: Pick<Ledger, 'waiting'>) {
    this.#ledger = ledger
  }

  connected(connected: boolean): void {
    if (connected === this.#connected) return
    this.#connected = connected
    const { waiting } = this.#ledger
    if (!connected) {
      this.#back = null
      this.#merging = waiting
    } else if (waiting === 0) this.#welcomeBack()
    // It waited for long enough to be worth a word.
    else this.#waitingSince = Number.NEGATIVE_INFINITY
    this.#say()
  }

  /** An edit was made. */
  edited(): void {
    const { waiting } = this.#ledger
    if (!this.#connected) this.#merging = Math.max(this.#merging, waiting)
    else if (waiting > 0) this.#waitingSince ??= performance.now()
    this.#say()
  }

  /** More of one's own edits may be durable. One document can be back, and its edits saved, before the session is. */
  marked(): void {
    if (this.#connected && this.#ledger.waiting === 0) this.#welcomeBack()
    else if (this.#connected && this.#merging === 0) this.#waitingSince = performance.now()
    this.#say()
  }

  /** What waited was not taken: nothing of it was merged, and what is put back is an edit like any other. */
  handedBack(): void {
    this.#merging = 0
  }

  #welcomeBack(): void {
    this.#waitingSince = null
    if (this.#merging > 0) this.#back = { merged: this.#merging, until: performance.now() + BACK_FOR }
    this.#merging = 0
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  #say(): void {
    clearTimeout(this.#timer)
    const now = performance.now()
    const [next, lasts] = this.#find(now)
    if (lasts !== undefined) this.#timer = setTimeout(() => this.#say(), lasts)
    if (!same(this.state.getState(), next)) this.state.setState(next, true)
  }

  /** What to say at a moment, and for how long at the most, ms. */
  #find(now: number): readonly [SavedState, number | undefined] {
    if (!this.#connected) return [{ is: 'offline', waiting: this.#ledger.waiting }, undefined]
    const worth = this.#waitingSince === null ? undefined : this.#waitingSince + WORTH_SAYING - now
    if (worth !== undefined && worth <= 0) return [{ is: 'saving' }, undefined]
    if (this.#back && this.#back.until > now)
      return [{ is: 'back', merged: this.#back.merged }, Math.min(this.#back.until - now, worth ?? BACK_FOR)]
    return [{ is: 'saved' }, worth]
  }
}

function same(a: SavedState, b: SavedState): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
