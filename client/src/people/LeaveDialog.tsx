import { useState } from 'react'
import { useStore } from 'zustand'
import { useSession } from '../session/SessionContext.tsx'
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
  const unsaved = useStore(session.unsaved, ({ size }) => size)
  const [asked, setAsked] = useState(false)
  const { loses, facts } = leaveWords(unsaved)

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
          <Button kind="danger" reason={asked ? 'This is being done. A moment.' : undefined} onClick={leave}>
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
