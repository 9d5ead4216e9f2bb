import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import { lastTally, type Round, roundOf } from '@quintet/shared/stage'
import type { DotsLeft, Tally } from '@quintet/shared/tally'
import { useStore } from 'zustand'
import { useDocument } from './DocumentProvider.tsx'
import { useStage } from './views.ts'

/** What the latest closed round of a phase came to when it was counted; null before the first. */
export function useTally(phase: PhaseId): Tally | null {
  return useStage((stage) => lastTally(stage, phase))
}

/** The latest round of the step that the group is in; undefined where it is no vote. */
export function useRound(): Round | undefined {
  return useStage((stage) => roundOf(stage, stage.at))
}

/** How many of one's own dots stand on a note or group in the open round. */
export function useDots(id: OutcomeId): number {
  return useStore(useDocument().ballot.dots.at(id))
}

/** What became of one's own dots in the open round; null where no vote is open, and for those who do not vote. */
export function useDotsLeft(): DotsLeft | null {
  return useStore(useDocument().ballot.left)
}
