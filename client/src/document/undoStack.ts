import type { Edit, Inverse } from '@quintet/shared/edits'
import type * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** One's own edits that can be taken back, and those taken back that can be done again; the latest last. */
export interface UndoState {
  readonly undo: readonly Inverse[]
  readonly redo: readonly Inverse[]
}

/** How many edits can be taken back. */
const MOST = 200

/**
 * Undo by inverse edits: it takes back what one did oneself, where nobody changed it since. An inverse that finds
 * nothing to take back falls away, and the next one is left for the next time: what a button says is what it does.
 */
export class UndoStack {
  readonly state: StoreApi<UndoState> = createStore<UndoState>(() => ({ undo: [], redo: [] }))
  readonly #doc: Y.Doc

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** Makes an edit that can be undone. */
  apply(edit: Edit): void {
    const inverse = edit(this.#doc)
    if (inverse) this.state.setState({ undo: pushed(this.state.getState().undo, inverse), redo: [] }, true)
  }

  /** @returns false where somebody changed things since, so that nothing was taken back. */
  undo(): boolean {
    return this.#take('undo', 'redo')
  }

  /** @returns false where somebody changed things since, so that nothing was done again. */
  redo(): boolean {
    return this.#take('redo', 'undo')
  }

  #take(from: keyof UndoState, to: keyof UndoState): boolean {
    const state = this.state.getState()
    const latest = state[from].at(-1)
    const back = latest?.apply(this.#doc) ?? null
    const left = { [from]: state[from].slice(0, -1), [to]: back ? pushed(state[to], back) : state[to] }
    this.state.setState({ ...state, ...left }, true)
    return back !== null
  }
}

function pushed(stack: readonly Inverse[], inverse: Inverse): readonly Inverse[] {
  return [...stack.slice(1 - MOST), inverse]
}
