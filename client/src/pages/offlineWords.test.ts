import { expect, test } from 'vitest'
import { offlineWords } from './offlineWords.ts'

const KEPT = { loaded: true, device: 'kept' } as const

test.each([
  ['member', 3, 'Your 3 edits are kept on this device and go out when the network is back.'],
  ['facilitator', 1, 'Your edit is kept on this device and goes out when the network is back.'],
  ['member', 0, 'What you write now is kept on this device and goes out when the network is back.'],
  ['observer', 0, 'What you see may be old. It goes on by itself when the network is back.'],
] as const)('a %s with %i waiting edits reads: %s', (role, waiting, text) => {
  expect(offlineWords(role, waiting, KEPT).text).toBe(text)
})

test.each(['memory', 'full'] as const)('where the device keeps nothing (%s), the tab does', (device) => {
  expect(offlineWords('member', 2, { loaded: true, device }).text).toContain('kept in this tab')
})

test('somebody whom the server sent away for a while reads why, and that it is tried again', () => {
  const said = offlineWords('member', 2, { ...KEPT, reason: 'Too much was sent from here at once.' })
  expect(said.title).toBe('Too much was sent from here at once.')
  expect(said.text).toBe('Your 2 edits are kept on this device and go out with the next try.')
})

test('before anything came, it does not tell anybody to go on writing', () => {
  expect(offlineWords('member', 0, { ...KEPT, loaded: false }).title).toBe('The workshop cannot be reached.')
})
