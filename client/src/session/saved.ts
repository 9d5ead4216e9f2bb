import { createStore } from 'zustand/vanilla'
import type { Ledger } from './ledger.ts'

/** What the page says of the saving; each state has only its own fields. */
export type SavedState =
  | { readonly is: 'saved' }
  | { readonly is: 'saving' }
  | { readonly is: 'offline'; readonly waiting: number }
  | { readonly is: 'back'; readonly merged: number }

/** Ordinary saving takes less than this and is not worth a word, ms. */
const WORTH_SAYING = 400
/** How long the page says that it is back, ms. */
const BACK_FOR = 4_000

/** Turns what the ledger knows into what the page says, calmly: no flicker while everything goes well. */
export class SavedWatch {
  readonly state = createStore<SavedState>(() => ({ is: 'saved' }))
  readonly #ledger: Ledger
  #connected = true
  /** Edits that waited for the network when it went; zero when none did. */
  #merging = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  connected(connected: boolean): void {
    if (connected && !this.#connected) this.#merging = this.#ledger.waiting
    this.#connected = connected
    this.changed()
  }

  /** To be called after each edit and each mark. */
  changed(): void {
    const { waiting } = this.#ledger
    const now = this.state.getState()
    if (!this.#connected) {
      this.#stop()
      if (now.is !== 'offline' || now.waiting !== waiting) this.#say({ is: 'offline', waiting })
    } else if (waiting > 0) {
      if (now.is === 'offline') this.#say({ is: 'saving' })
      else if (now.is !== 'saving' && this.#timer === undefined) this.#sayLater({ is: 'saving' }, WORTH_SAYING)
    } else if (this.#merging > 0) {
      this.#stop()
      this.#say({ is: 'back', merged: this.#merging })
      this.#merging = 0
      this.#sayLater({ is: 'saved' }, BACK_FOR)
    } else if (now.is !== 'back') {
      this.#stop()
      if (now.is !== 'saved') this.#say({ is: 'saved' })
    }
  }

  close(): void {
    this.#stop()
  }

  #say(state: SavedState): void {
    this.state.setState(state, true)
  }

  #sayLater(state: SavedState, after: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#say(state)
    }, after)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
