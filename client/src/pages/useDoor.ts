import type { WorkshopId } from '@quintet/shared/ids'
import { useCallback, useEffect, useState } from 'react'
import { type Door, joinWith, openDoor, type Seat } from './door.ts'
import { forgetKey, takeKey } from './linkKey.ts'
import { readRecent } from './recent.ts'
import { tabSeat, takeSeat } from './seat.ts'

/** The door of a workshop, and what can be done there. */
export interface DoorHandle {
  readonly door: Door
  readonly again: () => void
  /** Gives a name to an invitation. @throws {ApiError} when the server refuses it. */
  readonly join: (key: string, name: string) => Promise<void>
  /** Sits on another of this browser's seats. */
  readonly sit: (seat: Seat) => void
}

/** Opens a workshop's door when the page opens, and again when another link of it is opened in the same tab. */
export function useDoor(workshop: WorkshopId): DoorHandle {
  const [door, setDoor] = useState<Door>({ at: 'opening' })
  const [tries, setTries] = useState(0)
  const again = useCallback(() => setTries((count) => count + 1), [])

  useEffect(() => {
    // A further try opens the door again.
    void tries
    let left = false
    setDoor({ at: 'opening' })
    const key = takeKey(workshop)
    const last = readRecent().find((each) => each.workshop === workshop)?.person ?? null
    void openDoor(workshop, key, { tab: tabSeat(workshop), last }).then((opened) => {
      if (left) return
      if (!(opened.at === 'shut' && opened.again)) forgetKey(workshop)
      if (opened.at === 'in') takeSeat(workshop, opened.seat.id)
      setDoor(opened)
    })
    // Another link of the same workshop changes the fragment alone, and loads nothing by itself.
    const linkOpened = () => {
      if (location.hash !== '') again()
    }
    addEventListener('hashchange', linkOpened)
    return () => {
      left = true
      removeEventListener('hashchange', linkOpened)
    }
  }, [workshop, tries, again])

  const join = async (key: string, name: string) => {
    const opened = await joinWith(workshop, key, name)
    if (opened.at === 'in') takeSeat(workshop, opened.seat.id)
    setDoor(opened)
  }

  const sit = (seat: Seat) => {
    takeSeat(workshop, seat.id)
    setDoor((before) => (before.at === 'in' ? { ...before, seat } : before))
  }

  return { door, again, join, sit }
}
