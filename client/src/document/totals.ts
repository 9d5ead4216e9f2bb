import type { OutcomeId } from '@quintet/shared/board'
import { PHASE_IDS, type PhaseId } from '@quintet/shared/phases'
import { lastTally } from '@quintet/shared/stage'
import type { Tally } from '@quintet/shared/tally'
import { NO_TOTAL, standsInPhase, type Total, type Totals, totalsOf } from '@quintet/shared/totals'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BoardViews } from './boardViews.ts'
import { Cells } from './cells.ts'
import { useDocument } from './DocumentProvider.tsx'
import type { DocumentViews } from './documentViews.ts'
import type { StageViews } from './stageViews.ts'

/** What is read of the board: not its words, so that nothing is counted again while somebody writes. */
export type TotalsBoard = Pick<BoardViews, 'note' | 'group' | 'inGroup' | 'shape'>

/**
 * What the votes came to on the wall as it is now, counted once for everyone who looks: again when a vote closes, and
 * when something stands elsewhere. It tells only those who look at what changed.
 */
export class TotalsViews {
  /** What each note or group got in the last closed round of its phase. */
  readonly each = new Cells<OutcomeId, Total>(() => NO_TOTAL)
  readonly #tallies = new Map<PhaseId, Tally | null>()
  readonly #phases = new Map<PhaseId, StoreApi<Totals | null>>(
    PHASE_IDS.map((phase) => [phase, createStore<Totals | null>(() => null)]),
  )

  constructor({ stage }: Pick<StageViews, 'stage'>, board: TotalsBoard) {
    let rounds: unknown
    const follow = () => {
      const state = stage.getState()
      if (!state || state.rounds === rounds) return
      rounds = state.rounds
      for (const phase of PHASE_IDS) {
        const tally = lastTally(state, phase)
        if (tally === (this.#tallies.get(phase) ?? null)) continue
        this.#tallies.set(phase, tally)
        this.#count(phase, board)
      }
      this.each.publish()
    }
    follow()
    stage.subscribe(follow)
    board.shape.subscribe(() => {
      for (const phase of PHASE_IDS) this.#count(phase, board)
      this.each.publish()
    })
  }

  /** All totals of a phase, the same object until one of them changes; null where no vote was closed. */
  of(phase: PhaseId): StoreApi<Totals | null> {
    const store = this.#phases.get(phase)
    if (!store) throw new Error(`There is no phase ${phase}.`)
    return store
  }

  #count(phase: PhaseId, board: TotalsBoard): void {
    const tally = this.#tallies.get(phase) ?? null
    const store = this.of(phase)
    const before = store.getState()
    const standsAs = standsInPhase(phase, board, (group) => board.inGroup(group).length > 0)
    const next = tally && totalsOf(tally, standsAs)
    if (sameTotals(before, next)) return
    for (const id of before?.on.keys() ?? []) if (!next?.on.has(id)) this.each.set(id, undefined)
    for (const [id, total] of next?.on ?? []) if (!sameTotal(before?.on.get(id), total)) this.each.set(id, total)
    store.setState(next, true)
  }
}

function sameTotals(a: Totals | null, b: Totals | null): boolean {
  if (!a || !b) return a === b
  return a.gone === b.gone && a.on.size === b.on.size && [...a.on].every(([id, each]) => sameTotal(each, b.on.get(id)))
}

function sameTotal(a: Total | undefined, b: Total | undefined): boolean {
  return a?.dots === b?.dots && a?.tied === b?.tied
}

const byViews = new WeakMap<DocumentViews, TotalsViews>()

/** The totals of a session's documents: made when a screen first shows one, and living as long as its views. */
function useTotalsViews(): TotalsViews {
  const views = useDocument()
  let totals = byViews.get(views)
  if (!totals) {
    totals = new TotalsViews(views.stage, views.board)
    byViews.set(views, totals)
  }
  return totals
}

/** What the last vote of a phase came to on its wall as it is now; null where none was closed. */
export function useTotals(phase: PhaseId): Totals | null {
  return useStore(useTotalsViews().of(phase))
}

/** What a note or group that stands by itself got in the last closed round of its phase. */
export function useTotal(id: OutcomeId): Total {
  return useStore(useTotalsViews().each.at(id))
}
