import type { PhaseId } from '@quintet/shared/phases'
import type { Round, StageView } from '@quintet/shared/stage'
import type { Tally } from '@quintet/shared/tally'

/** A round that was counted at least once. */
export type CountedRound = Round & { readonly tally: Tally }

/** The rounds of a phase that were counted, in the order in which they were opened. */
export function countedRounds(stage: StageView, phase: PhaseId): readonly CountedRound[] {
  return stage.rounds.filter((round): round is CountedRound => round.phase === phase && round.tally !== null)
}
