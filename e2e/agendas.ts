import type { Agenda, AgendaStep } from '@quintet/shared/agenda'
import type { StepId } from '@quintet/shared/ids'
import type { PhaseId, StepKind } from '@quintet/shared/phases'

const MINUTE = 60_000

/** A phase of an agenda with the steps given, five minutes each. */
export function phaseOf(phase: PhaseId, ...kinds: readonly StepKind[]): Agenda['phases'][number] {
  const steps = kinds.map(
    (kind, at): AgendaStep => ({ id: `${phase}-${at + 1}` as StepId, kind, duration: 5 * MINUTE }),
  )
  return { phase, steps }
}
