/** What would go with a device's copies of a workshop. */
export interface Leaving {
  /** How many notes, drafts and ballots have edits that the server does not have, of all seats of this browser; null while they are counted. */
  readonly unsaved: number | null
  /** How much was handed back and not put back. */
  readonly handedBack: number
}

/** What is said before somebody leaves and clears their device. */
export function leaveWords({ unsaved, handedBack }: Leaving): {
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
      'This browser still holds your seat. On a machine that is not yours, clear its cookies too.',
    ],
  }
}
