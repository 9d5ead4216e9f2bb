import { phasePosition } from '@quintet/shared/agenda'
import type { PhaseId } from '@quintet/shared/phases'
import type { StageFields } from '@quintet/shared/stage'

/** One knot of the thread in the header. */
export interface RailKnot {
  readonly phase: PhaseId
  readonly position: 'past' | 'now' | 'ahead'
  /** Whether the thread has reached this phase: gold up to it, dashed from there on. */
  readonly threaded: boolean
  /** Whether a facilitator has locked it, so that it is read and not changed. */
  readonly locked: boolean
}

/** The workshop's phases in the order of its agenda. */
export function railKnots({ agenda, at, locks }: Pick<StageFields, 'agenda' | 'at' | 'locks'>): readonly RailKnot[] {
  return agenda.phases.map(({ phase }) => {
    const position = phasePosition(agenda, phase, at.phase)
    return {
      phase,
      position: position === 'absent' ? 'ahead' : position,
      threaded: position === 'past' || position === 'now',
      locked: locks[phase] !== undefined,
    }
  })
}
