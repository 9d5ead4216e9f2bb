import type { OutcomeId } from './board.ts'
import type { Outcome } from './groups.ts'
import type { PhaseId } from './phases.ts'
import { outcomesOf, parentOf, type ThreadBoard, type ThreadBreak, threadBreaks } from './thread.ts'

/** An outcome of the golden thread with what hangs under it. */
export interface ThreadNode {
  readonly outcome: Outcome
  /** In the order of the wall. */
  readonly below: readonly ThreadNode[]
  /** What is missing here. */
  readonly breaks: readonly ThreadBreak['kind'][]
}

/** The phases whose outcomes stand on the thread, from its far end. */
const ON_THREAD = ['principles', 'ideal', 'gaps', 'actions'] as const satisfies readonly PhaseId[]

/**
 * The whole golden thread as trees, from principles to actions. It holds the outcomes of every phase and whatever these
 * hang under, kept or not, so that no chain loses its middle. A principle that nothing names stands in none: it may.
 * @returns first what begins at a principle, then statements under none, then loose gaps and actions.
 */
export function threadTrees(board: ThreadBoard): readonly ThreadNode[] {
  const standing = standingOn(board)
  const below = new Map<OutcomeId | null, Outcome[]>()
  for (const phase of ON_THREAD)
    for (const outcome of board.wall(phase)) {
      if (!standing.has(outcome.id)) continue
      const parent = parentOf(outcome, board)?.id ?? null
      const siblings = below.get(parent)
      if (siblings) siblings.push(outcome)
      else below.set(parent, [outcome])
    }
  const breaks = Map.groupBy(threadBreaks(board), ({ outcome }) => outcome.id)
  const nodeOf = (outcome: Outcome): ThreadNode => ({
    outcome,
    below: (below.get(outcome.id) ?? []).map(nodeOf),
    breaks: (breaks.get(outcome.id) ?? []).map(({ kind }) => kind),
  })
  return (below.get(null) ?? []).map(nodeOf)
}

/** The ids that stand on the thread: outcomes below the principles, and all that they hang under. */
function standingOn(board: ThreadBoard): ReadonlySet<OutcomeId> {
  const standing = new Set<OutcomeId>()
  for (const phase of ON_THREAD) {
    if (phase === 'principles') continue
    for (const outcome of outcomesOf(phase, board))
      for (let at: Outcome | undefined = outcome; at && !standing.has(at.id); at = parentOf(at, board))
        standing.add(at.id)
  }
  return standing
}
