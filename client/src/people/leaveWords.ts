import type { SeatChoice } from './seatEntries.ts'

/** What would go with a device's copies of a workshop. */
export interface Leaving {
  /** How many notes, drafts and ballots have edits that the server does not have, of all seats of this browser; null while they are counted. */
  readonly unsaved: number | null
  /** How much was handed back and not put back. */
  readonly handedBack: number
  /** The seats that this browser holds in the workshop. */
  readonly seats: readonly Pick<SeatChoice['seats'][number], 'role'>[]
  /** Whether somebody leads the workshop who sits elsewhere. */
  readonly ledElsewhere: boolean
}

/** What is said before somebody leaves and clears their device. */
export function leaveWords({ unsaved, handedBack, seats, ledElsewhere }: Leaving): {
  readonly loses: boolean
  readonly facts: readonly string[]
} {
  const edits = unsaved === 1 ? '1 edit of yours is' : `${unsaved} edits of yours are`
  const things = handedBack === 1 ? '1 thing that was' : `${handedBack} things that were`
  const lost = [
    unsaved !== null && unsaved > 0
      ? `${edits} on this device only, and would be lost. With a network, wait a moment until all is saved.`
      : '',
    handedBack > 0
      ? `${things} handed back to you would be lost. Put back or copy what you want to keep, on each of your seats here.`
      : '',
  ].filter((fact) => fact !== '')
  const none = unsaved === null ? [] : ['Everything that you wrote is saved on the server.']
  return {
    loses: lost.length > 0,
    facts: [
      ...(unsaved === null ? ['What waits on this device to be saved is being counted. A moment.'] : []),
      ...(lost.length > 0 ? lost : none),
      'The copies of this workshop on this device are deleted, for all your seats here, and its other tabs are left.',
      ...wayBack(seats, ledElsewhere),
    ],
  }
}

/** How the people of the seats come in again: nobody else does from this browser. */
function wayBack(seats: Leaving['seats'], ledElsewhere: boolean): readonly string[] {
  const gone = 'This browser gives up your seat, so nobody comes in with it from here.'
  const leads = seats.some(({ role }) => role === 'facilitator')
  if (leads && !ledElsewhere)
    return [
      gone,
      'Nobody else leads this workshop. Without your facilitator link, or your seat on another device, nobody can lead it any more.',
    ]
  if (leads) return [gone, 'You lead it again with your facilitator link alone, or on another device where you sit.']
  if (seats.some(({ role }) => role === 'member'))
    return [
      gone,
      'You come back as yourself, with your drafts, by a link of your own alone. The invitation makes you somebody new.',
    ]
  return [gone, 'The invitation lets you in again.']
}

/**
 * What is said when the seats could not be given up.
 * @param happened what the server, or the request to it, says.
 */
export function stayedWords(happened: string): string {
  return `${happened} You have not left, and this browser holds your seat. If you cannot wait, clear the copies alone: whoever uses this browser can come in as you until its cookies are cleared.`
}
