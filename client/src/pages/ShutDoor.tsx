import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import type { Door } from './door.ts'
import { Threshold } from './Threshold.tsx'

interface ShutDoorProps {
  readonly door: Extract<Door, { at: 'shut' }>
  readonly onAgain: () => void
  /** What else stands there. */
  readonly children?: ReactNode
}

/** A workshop that cannot be opened: why, and another try where that can help. */
export function ShutDoor({ door, onAgain, children }: ShutDoorProps) {
  return (
    <Threshold title="The workshop cannot be opened" text={door.message}>
      {door.again && (
        <Button kind="primary" size="lg" onClick={onAgain}>
          Try again
        </Button>
      )}
      {children}
    </Threshold>
  )
}
