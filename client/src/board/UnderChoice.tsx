import { type ComponentProps, lazy } from 'react'
import { Part } from '../ui/Part.tsx'

const UnderPicker = lazy(() => import('./UnderPicker.tsx').then((module) => ({ default: module.UnderPicker })))

/** What the next note will hang under, in phases whose notes hang under others: nobody else fetches it. */
export function UnderChoice(props: ComponentProps<typeof UnderPicker>) {
  return (
    <Part waiting={<span />}>
      <UnderPicker {...props} />
    </Part>
  )
}
