import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { fields, idOf, listOf, oneOf, type Shaped, text } from '@quintet/shared/shapes'

const seatsShape = fields({
  people: listOf(fields({ id: idOf<PersonId>(), name: text, role: oneOf('facilitator', 'member', 'observer') })),
  epoch: text,
})

/** The seats that this browser held in a workshop when the server was last asked, and the server's epoch then. */
export type RememberedSeats = Shaped<typeof seatsShape>

const keyOf = (workshop: WorkshopId) => `quintet-seats-${workshop}`

/** Remembers the seats, without any key: they say whose copies on this device to open while there is no network. */
export function rememberSeats(workshop: WorkshopId, { people, epoch }: RememberedSeats): void {
  try {
    localStorage.setItem(keyOf(workshop), JSON.stringify({ people, epoch }))
  } catch {
    // Storage is closed: without a network the workshop does not open.
  }
}

/** The seats as they were remembered; null where they were not. */
export function readSeats(workshop: WorkshopId): RememberedSeats | null {
  try {
    return seatsShape(JSON.parse(localStorage.getItem(keyOf(workshop)) ?? 'null')) ?? null
  } catch {
    return null
  }
}
