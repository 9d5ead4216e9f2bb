import type { WorkshopId } from '@quintet/shared/ids'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useSession } from '../session/SessionContext.tsx'
import { countHandedBack, waitingInCopies } from '../session/waitingHere.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { leaveWords } from './leaveWords.ts'
import styles from './RemoveDialog.module.css'

interface LeaveDialogProps {
  /** Deletes what this device keeps of the workshop, and leaves. */
  readonly onLeave: () => Promise<void>
  readonly onClose: () => void
}

/** Asks before everything of the workshop is deleted from this device, and says what would be lost with it. */
export function LeaveDialog({ onLeave, onClose }: LeaveDialogProps) {
  const session = useSession()
  const unsaved = useStore(session.unsaved)
  const waiting = useWaiting(session.workshop)
  const [asked, setAsked] = useState(false)
  const { loses, facts } = leaveWords({
    unsaved: waiting && new Set([...waiting, ...unsaved]).size,
    handedBack: countHandedBack(session.workshop),
  })
  const reason = asked ? 'This is being done. A moment.' : COUNTING

  const leave = () => {
    setAsked(true)
    void onLeave()
  }

  return (
    <Dialog
      title="Leave, and clear this device?"
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" data-focus onClick={onClose}>
            Cancel
          </Button>
          <Button kind="danger" reason={asked || waiting === null ? reason : undefined} onClick={leave}>
            {loses ? 'Leave, and lose them' : 'Leave, and clear'}
          </Button>
        </>
      }
    >
      <ul className={styles.facts}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </Dialog>
  )
}

const COUNTING = 'What waits on this device is being counted. A moment.'

/** The ids of what waits in this device's copies; null while they are read. */
function useWaiting(workshop: WorkshopId): ReadonlySet<string> | null {
  const [waiting, setWaiting] = useState<ReadonlySet<string> | null>(null)
  useEffect(() => {
    let left = false
    // Where the browser keeps nothing, nothing waits there.
    const read = waitingInCopies(workshop).catch(() => new Set<string>())
    const patience = new Promise<ReadonlySet<string>>((resolve) => setTimeout(() => resolve(new Set()), PATIENCE))
    void Promise.race([read, patience]).then((found) => {
      if (!left) setWaiting(found)
    })
    return () => {
      left = true
    }
  }, [workshop])
  return waiting
}

/** How long copies may take to be read, ms. */
const PATIENCE = 3_000
