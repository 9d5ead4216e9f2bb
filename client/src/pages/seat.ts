import { isId, type PersonId, type WorkshopId } from '@quintet/shared/ids'

const keyOf = (workshop: WorkshopId) => `quintet-seat-${workshop}`

/** The seat that this tab sits on: it stays the tab's through reloads, whatever other tabs do. */
export function tabSeat(workshop: WorkshopId): PersonId | null {
  try {
    const stored = sessionStorage.getItem(keyOf(workshop))
    return isId(stored) ? (stored as PersonId) : null
  } catch {
    return null
  }
}

/** Makes a seat this tab's. */
export function takeSeat(workshop: WorkshopId, person: PersonId): void {
  try {
    sessionStorage.setItem(keyOf(workshop), person)
  } catch {
    // Storage is closed: after a reload the tab takes the seat that was last used.
  }
}

/**
 * The seat for a tab, out of those that the browser holds: the tab's own, else the one last used here, else the first.
 * Undefined when there are none.
 */
export function chooseSeat<Seat extends { readonly id: PersonId }>(
  seats: readonly Seat[],
  tab: PersonId | null,
  last: PersonId | null,
): Seat | undefined {
  return seats.find((seat) => seat.id === tab) ?? seats.find((seat) => seat.id === last) ?? seats[0]
}
