import type { PersonId } from '@quintet/shared/ids'
import type { Role } from '@quintet/shared/stage'
import type { MenuEntry } from '../ui/Menu.tsx'

/** The seats that this browser holds in the workshop, and which one the tab sits on. */
export interface SeatChoice {
  readonly seats: readonly { readonly id: PersonId; readonly name: string; readonly role: Role }[]
  readonly now: PersonId
  readonly onSit: (seat: PersonId) => void
  /**
   * Gives up the seats that this browser holds, deletes what this device keeps of the workshop, and leaves it.
   * @param seatToo false leaves the seats, where the server cannot be asked for them.
   * @throws {ApiError} where the server does not take the seats; nothing is deleted then.
   */
  readonly onLeave: (seatToo: boolean) => Promise<void>
}

const ROLES: Readonly<Record<Role, string>> = { facilitator: 'facilitator', member: 'member', observer: 'observer' }

/** The part of the menu that changes seats; nothing where there is only one. */
export function seatEntries({ seats, now, onSit }: SeatChoice): readonly MenuEntry[] {
  if (seats.length < 2) return []
  return [
    'separator',
    { heading: 'Your seats in this browser' },
    ...seats.map((seat, index) => {
      const same = seats.slice(0, index).filter((each) => each.name === seat.name && each.role === seat.role).length
      return {
        label: `${seat.name}, ${ROLES[seat.role]}${same > 0 ? ` (${same + 1})` : ''}`,
        checked: seat.id === now,
        run: () => onSit(seat.id),
      }
    }),
  ]
}
