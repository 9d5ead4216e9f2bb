import { expect, test } from 'vitest'
import { offlineWords } from './offlineWords.ts'

test.each([
  ['member', 3, 'Your 3 edits are kept in this tab and go out when the network is back.'],
  ['facilitator', 1, 'Your edit is kept in this tab and goes out when the network is back.'],
  ['member', 0, 'What you write now is kept in this tab and goes out when the network is back.'],
  ['observer', 0, 'What you see may be old. It goes on by itself when the network is back.'],
] as const)('a %s with %i waiting edits reads: %s', (role, waiting, text) => {
  expect(offlineWords(role, waiting, true).text).toBe(text)
})

test('before anything came, it does not tell anybody to go on writing', () => {
  expect(offlineWords('member', 0, false).title).toBe('The workshop cannot be reached.')
})
