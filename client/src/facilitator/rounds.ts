import type { PhaseId } from '@quintet/shared/phases'
import { type Round, roundOf, type StageView } from '@quintet/shared/stage'

/** The phase's vote that was closed last, which can be opened again or held anew; null while a vote of the phase is open. */
export function closedVote(stage: StageView, phase: PhaseId): Round | null {
  const steps = stage.agenda.phases.find((entry) => entry.phase === phase)?.steps ?? []
  const latest = steps.flatMap(({ id }) => roundOf(stage, { phase, step: id }) ?? [])
  if (latest.some(({ state }) => state === 'open')) return null
  return latest.sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0)).at(-1) ?? null
}
