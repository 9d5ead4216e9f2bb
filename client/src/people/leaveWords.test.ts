import { expect, test } from 'vitest'
import { leaveWords } from './leaveWords.ts'

test.each([
  [0, false, 'Everything that you wrote is saved on the server.'],
  [
    1,
    true,
    '1 edit of yours is on this device only, and would be lost. With a network, wait a moment until all is saved.',
  ],
  [
    3,
    true,
    '3 edits of yours are on this device only, and would be lost. With a network, wait a moment until all is saved.',
  ],
] as const)('with %i unsaved edits, losing any is %s', (unsaved, loses, first) => {
  const said = leaveWords(unsaved)
  expect(said.loses).toBe(loses)
  expect(said.facts[0]).toBe(first)
})
