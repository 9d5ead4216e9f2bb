import type { PhaseId } from '@quintet/shared/phases'
import { useStage } from '../document/views.ts'

/** Whether a facilitator has locked a phase: it is read, not changed. */
export function useLocked(phase: PhaseId): boolean {
  return useStage((stage) => stage.locks[phase] !== undefined)
}
