import type { OutcomeId } from '@quintet/shared/board'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { lastTally, type Round, roundOf } from '@quintet/shared/stage'
import { type DotsLeft, type Tally, totalOf } from '@quintet/shared/tally'
import { useStore } from 'zustand'
import { useDocument } from './DocumentProvider.tsx'
import { useStage } from './views.ts'

/** The totals of the latest closed round of a phase; null before the first. */
export function useTally(phase: PhaseId): Tally | null {
  return useStage((stage) => lastTally(stage, phase))
}

/** What a note or group got in the latest closed round of its phase; null before the first. */
export function useTotal(id: OutcomeId): number | null {
  const { board } = useDocument()
  const ofNote = useStore(board.notes.at(id as NoteId), (note) => note?.phase)
  const ofGroup = useStore(board.groups.at(id as GroupId), (group) => group?.phase)
  const phase = ofNote ?? ofGroup
  return useStage((stage) => {
    const tally = phase ? lastTally(stage, phase) : null
    return tally && totalOf(tally, id)
  })
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
