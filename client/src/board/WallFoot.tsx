import type { PhaseId } from '@quintet/shared/phases'
import { lazy, useEffect } from 'react'
import { useParked } from '../document/views.ts'
import { Part } from '../ui/Part.tsx'
import { clearSelection, useSelection } from './selection.ts'

const Parked = lazy(() => import('./Parked.tsx').then((module) => ({ default: module.Parked })))
const SelectionBar = lazy(() => import('./SelectionBar.tsx').then((module) => ({ default: module.SelectionBar })))

/** What stands under the notes of a phase, however they stand: what was parked, and what can be done with those selected. */
export function WallFoot({ phase }: { readonly phase: PhaseId }) {
  const parked = useParked(phase)
  const selecting = useSelection(({ ids }) => ids.size > 0)
  useEffect(() => () => void clearSelection(), [])
  return (
    <>
      {parked.length > 0 && (
        <Part>
          <Parked phase={phase} ids={parked} />
        </Part>
      )}
      {selecting && (
        <Part>
          <SelectionBar phase={phase} />
        </Part>
      )}
    </>
  )
}
