import type { Person } from '@quintet/shared/stage'
import { useState } from 'react'
import { useSession } from '../session/SessionContext.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { showToast } from '../ui/toasts.ts'
import styles from './RemoveDialog.module.css'

interface RemoveDialogProps {
  readonly person: Person
  /** What they are called here: people of the same name are told apart. */
  readonly name: string
  readonly onClose: () => void
}

/** Asks before somebody is removed, and says what stays of them and what does not. */
export function RemoveDialog({ person, name, onClose }: RemoveDialogProps) {
  const session = useSession()
  const [asked, setAsked] = useState(false)

  const remove = async () => {
    setAsked(true)
    const reply = await session.command({ name: 'remove person', person: person.id })
    showToast(reply.ok ? { text: `${name} was removed`, icon: 'check' } : { text: reply.message, icon: 'warning' })
    onClose()
  }

  return (
    <Dialog
      title={`Remove ${name}?`}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" data-focus onClick={onClose}>
            Cancel
          </Button>
          <Button
            kind="danger"
            reason={asked ? 'This is being done. A moment.' : undefined}
            onClick={() => void remove()}
          >
            Remove {name}
          </Button>
        </>
      }
    >
      <ul className={styles.facts}>
        <li>What {name} shared stays on the wall, and in the plan.</li>
        <li>Drafts that were not shared and dots in an open vote do not count any more.</li>
        <li>Their devices are closed out. With the invitation they can come back as somebody new.</li>
      </ul>
    </Dialog>
  )
}
