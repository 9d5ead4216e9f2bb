import type { WorkshopId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import { useCallback } from 'react'
import { create } from 'zustand'
import { useSession } from '../session/SessionContext.tsx'

/** The phase that this tab looks at alone, in which workshop. It outlives the board, so that other views can lead there. */
const useLooking = create<{ readonly workshop: WorkshopId; readonly phase: PhaseId } | null>(() => null)

/** The phase that one looks at alone, null while one is with the group; and the way to look at one. */
export function useLook(): { readonly alone: PhaseId | null; readonly look: (phase: PhaseId | null) => void } {
  const { workshop } = useSession()
  const alone = useLooking((looking) => (looking?.workshop === workshop ? looking.phase : null))
  const look = useCallback(
    (phase: PhaseId | null) => useLooking.setState(phase === null ? null : { workshop, phase }, true),
    [workshop],
  )
  return { alone, look }
}
