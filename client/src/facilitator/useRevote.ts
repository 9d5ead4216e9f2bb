import type { PhaseId } from '@quintet/shared/phases'
import { mayReopen } from '@quintet/shared/rules'
import { useStage } from '../document/views.ts'
import { closedVote } from './rounds.ts'
import { useCommand } from './useCommand.ts'

/** The two ways back to a vote that was closed. */
export interface Revote {
  /** Opens its round again, with its ballots. */
  readonly reopen: () => void
  /** Why its round may not be opened again; undefined where it may. */
  readonly sealed: string | undefined
  /** Opens a new round, with empty ballots. */
  readonly again: () => void
}

/** The ways back to a phase's last vote, as a facilitator's menu and the totals offer them; null where there is none. */
export function useRevote(phase: PhaseId): Revote | null {
  const at = useStage((stage) => stage.at)
  const closed = useStage((stage) => stage.state === 'closed')
  const round = useStage((stage) => closedVote(stage, phase))
  const command = useCommand()
  if (closed || !round) return null
  const may = mayReopen(round)
  return {
    sealed: may.allowed ? undefined : may.reason,
    reopen: () => void command({ name: 'reopen vote', from: at, round: round.id }),
    again: () => void command({ name: 'vote again', from: at, step: { phase, step: round.step } }),
  }
}
