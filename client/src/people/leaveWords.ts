/**
 * What is said before somebody leaves and clears their device.
 * @param unsaved how many of their notes, drafts and ballots have edits that the server does not have.
 */
export function leaveWords(unsaved: number): { readonly loses: boolean; readonly facts: readonly string[] } {
  const edits = unsaved === 1 ? '1 edit of yours is' : `${unsaved} edits of yours are`
  return {
    loses: unsaved > 0,
    facts: [
      unsaved > 0
        ? `${edits} on this device only, and would be lost. With a network, wait a moment until all is saved.`
        : 'Everything that you wrote is saved on the server.',
      'The copies of this workshop on this device are deleted, and what was handed back to you and not put back.',
      'This browser still holds your seat. On a machine that is not yours, clear its cookies too.',
    ],
  }
}
