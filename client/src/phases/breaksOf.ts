import type { OutcomeId } from '@quintet/shared/board'
import type { PhaseId } from '@quintet/shared/phases'
import type { ThreadBreak } from '@quintet/shared/thread'

/** Where the thread is broken between a phase and the one above it. */
export interface PhaseBreaks {
  /** Outcomes above, under which nothing of the phase hangs. */
  readonly unanswered: readonly OutcomeId[]
  /** Outcomes of the phase that hang under nothing. */
  readonly unhung: readonly OutcomeId[]
}

/** Picks a phase's breaks out of all of them; none for a phase that hangs under nothing. */
export function breaksOf(breaks: readonly ThreadBreak[], phase: PhaseId): PhaseBreaks {
  const of = (kind: ThreadBreak['kind']) => breaks.filter((each) => each.kind === kind).map((each) => each.outcome.id)
  if (phase === 'gaps') return { unanswered: of('statement without a gap'), unhung: of('gap without a statement') }
  if (phase === 'actions') return { unanswered: of('gap without an action'), unhung: of('action without a gap') }
  return { unanswered: [], unhung: [] }
}

/** The phase in which a break is mended. */
export const MENDED_IN: Readonly<Record<ThreadBreak['kind'], PhaseId>> = {
  'statement without a gap': 'gaps',
  'gap without a statement': 'gaps',
  'gap without an action': 'actions',
  'action without a gap': 'actions',
  'action without an owner': 'owners',
}
