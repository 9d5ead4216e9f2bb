import type { WorkshopId } from '@quintet/shared/ids'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { ApiError } from '../api.ts'
import { usePeople } from '../document/views.ts'
import { useSession } from '../session/SessionContext.tsx'
import { countHandedBack, waitingInCopies } from '../session/waitingHere.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { ContinueDialog } from './ContinueDialog.tsx'
import styles from './LeaveDialog.module.css'
import { leaveWords, stayedWords } from './leaveWords.ts'
import type { SeatChoice } from './seatEntries.ts'

interface LeaveDialogProps {
  readonly seats: SeatChoice
  readonly onClose: () => void
}

/**
 * Asks before this browser gives up its seats and everything of the workshop is deleted from this device; says what would
 * be lost with it, and how one comes back.
 */
export function LeaveDialog({ seats: { seats, onLeave }, onClose }: LeaveDialogProps) {
  const session = useSession()
  const unsaved = useStore(session.unsaved)
  const people = usePeople()
  const waiting = useWaiting(session.workshop)
  const [asked, setAsked] = useState(false)
  const [stayed, setStayed] = useState<string | null>(null)
  const [linking, setLinking] = useState(false)
  const here = new Set(seats.map(({ id }) => id))
  const { loses, facts } = leaveWords({
    unsaved: waiting && new Set([...waiting, ...unsaved]).size,
    handedBack: countHandedBack(session.workshop),
    seats,
    ledElsewhere: [...people.values()].some(({ id, role }) => role === 'facilitator' && !here.has(id)),
  })
  const reason = asked ? 'This is being done. A moment.' : waiting === null ? COUNTING : undefined

  const leave = async (seatToo: boolean) => {
    setAsked(true)
    try {
      await onLeave(seatToo)
    } catch (error) {
      setStayed(
        stayedWords(error instanceof ApiError ? error.message : 'Something went wrong, and nothing was changed.'),
      )
      setAsked(false)
    }
  }

  if (linking) return <ContinueDialog onClose={() => setLinking(false)} />
  return (
    <Dialog
      title="Leave, and clear this device?"
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" data-focus onClick={onClose}>
            Cancel
          </Button>
          {stayed !== null && (
            <Button kind="danger" reason={reason} onClick={() => void leave(false)}>
              Clear the copies alone
            </Button>
          )}
          <Button kind="danger" reason={reason} onClick={() => void leave(true)}>
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
      {session.me.role !== 'observer' && (
        <Button size="sm" className={styles.link} onClick={() => setLinking(true)}>
          Make a link to come back
        </Button>
      )}
      {stayed !== null && (
        <p className={styles.stayed} role="alert">
          {stayed}
        </p>
      )}
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
