import type { OutcomeId, PlanView } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import type { ThreadBreak, ThreadLink } from '@quintet/shared/thread'
import { useMemo } from 'react'
import { useDocument } from './DocumentProvider.tsx'
import { watchKept, watchOutcomes, watchThread } from './threadViews.ts'
import { useWatched } from './useWatched.ts'

/** The golden thread that ends at a note or group, from its far end; empty where there is no such thing. */
export function useThread(id: OutcomeId): readonly ThreadLink[] {
  const { board } = useDocument()
  return useWatched(useMemo(() => watchThread(board, id), [board, id]))
}

/** Every break of the thread, in the order of the phases; at most once per frame. */
export function useBreaks(): readonly ThreadBreak[] {
  return useWatched(useDocument().breaks)
}

/** The plans of what Actions handed on, see {@link useOutcomes}; at most once per frame. */
export function usePlans(): readonly PlanView[] {
  return useWatched(useDocument().plans)
}

/** What a phase hands on: what the team kept of it, or all that stands and is not parked while it kept nothing. */
export function useOutcomes(phase: PhaseId): readonly OutcomeId[] {
  const { board, stage } = useDocument()
  return useWatched(useMemo(() => watchOutcomes(board, stage, phase), [board, stage, phase]))
}

/** How many outcomes of a phase the team kept. */
export function useKeptCount(phase: PhaseId): number {
  const { board, stage } = useDocument()
  return useWatched(useMemo(() => watchKept(board, stage, phase), [board, stage, phase])).length
}
