import type { OutcomeId } from '@quintet/shared/board'
import { targetOf } from '@quintet/shared/groups'
import { type Round, roundOf } from '@quintet/shared/stage'
import { type Ballot, type DotsLeft, dotsLeft, dotsOn } from '@quintet/shared/tally'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BoardViews } from './boardViews.ts'
import { Cells } from './cells.ts'
import type { NotebookViews } from './notebookViews.ts'
import type { StageViews } from './stageViews.ts'

/**
 * One's own ballot in the open round of the group's step, counted once for everyone who looks: a dot on a note that was
 * grouped counts for its group, and one on something removed is free again.
 */
export class BallotViews {
  /** One's dots on each thing that stands. */
  readonly dots = new Cells<OutcomeId, number>(() => 0)
  /** Null where no vote is open, and for those who do not vote. */
  readonly left: StoreApi<DotsLeft | null> = createStore<DotsLeft | null>(() => null)
  #placed: ReadonlySet<OutcomeId> = new Set()
  #stop = () => {}

  constructor(stage: StageViews, board: BoardViews, notebook: NotebookViews, votes: boolean) {
    if (!votes) return
    let round: Round | undefined
    const count = () => {
      const ballot = round ? notebook.ballots.get(round.id).slice(0, round.budget) : undefined
      this.#count(ballot, board)
    }
    const follow = () => {
      const state = stage.stage.getState()
      const at = state && roundOf(state, state.at)
      const next = at?.state === 'open' ? at : undefined
      if (next === round) return
      this.#stop()
      round = next
      this.#stop = next ? both(notebook.ballots.at(next.id).subscribe(count), board.shape.subscribe(count)) : () => {}
      count()
    }
    follow()
    stage.stage.subscribe(follow)
  }

  #count(ballot: Ballot | undefined, board: BoardViews): void {
    // Nothing is ever deleted from the board: what it does not know is still on its way, and was not removed.
    const isKnown = (id: OutcomeId) => (board.note(id) ?? board.group(id)) !== undefined
    const standsAs = (id: OutcomeId) =>
      isKnown(id) ? targetOf(id, board, (group) => board.inGroup(group).length > 0)?.id : id
    const targets = (ballot ?? []).flatMap((each) => (each === null ? [] : (standsAs(each) ?? [])))
    const placed = new Set(targets)
    for (const id of this.#placed) if (!placed.has(id)) this.dots.set(id, undefined)
    for (const id of placed) if (ballot) this.dots.set(id, dotsOn(ballot, id, standsAs))
    this.#placed = placed
    this.dots.publish()
    const left = ballot ? dotsLeft(ballot, standsAs) : null
    if (JSON.stringify(left) !== JSON.stringify(this.left.getState())) this.left.setState(left, true)
  }
}

function both(one: () => void, other: () => void): () => void {
  return () => {
    one()
    other()
  }
}
