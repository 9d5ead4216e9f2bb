import type { Edit, EditName, Inverse } from '@quintet/shared/edits'
import type * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** An edit that can be taken back or done again, and the document that it is of. */
interface Step {
  readonly name: EditName
  readonly inverse: Inverse
  readonly doc: Y.Doc
}

/** One's own edits that can be taken back, and those taken back that can be done again; the latest last. */
export interface UndoState {
  readonly undo: readonly Step[]
  readonly redo: readonly Step[]
}

/** How many edits can be taken back. */
const MOST = 200

/**
 * Undo by inverse edits: it takes back what one did oneself, where nobody changed it since. An inverse that finds
 * nothing to take back falls away, and the next one is left for the next time: what a button says is what it does.
 * Edits of the board and of one's own notebook are taken back in the order in which one made them.
 */
export class UndoStack {
  readonly state: StoreApi<UndoState> = createStore<UndoState>(() => ({ undo: [], redo: [] }))

  /** Makes an edit of a document that can be undone. */
  apply(edit: Edit, doc: Y.Doc): void {
    const step = stepOf(edit(doc), doc)
    if (step) this.state.setState({ undo: pushed(this.state.getState().undo, step), redo: [] }, true)
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
    const back = latest ? stepOf(latest.inverse.apply(latest.doc), latest.doc) : null
    const left = { [from]: state[from].slice(0, -1), [to]: back ? pushed(state[to], back) : state[to] }
    this.state.setState({ ...state, ...left }, true)
    return back !== null
  }
}

function stepOf(inverse: Inverse | null, doc: Y.Doc): Step | null {
  return inverse && { name: inverse.name, inverse, doc }
}

function pushed(stack: readonly Step[], step: Step): readonly Step[] {
  return [...stack.slice(1 - MOST), step]
}
