import { expect, test } from 'vitest'
import { leaveWords } from './leaveWords.ts'

const SAVED = 'Everything that you wrote is saved on the server.'
const seat = (role: 'facilitator' | 'member' | 'observer') => ({ role })
const MEMBER = { seats: [seat('member')], ledElsewhere: true }

test.each([
  [0, 0, false, SAVED],
  [
    1,
    0,
    true,
    '1 edit of yours is on this device only, and would be lost. With a network, wait a moment until all is saved.',
  ],
  [
    3,
    2,
    true,
    '3 edits of yours are on this device only, and would be lost. With a network, wait a moment until all is saved.',
  ],
  [
    0,
    1,
    true,
    '1 thing that was handed back to you would be lost. Put back or copy what you want to keep, on each of your seats here.',
  ],
  [null, 0, false, 'What waits on this device to be saved is being counted. A moment.'],
] as const)('with %s unsaved edits and %i handed back, losing any is %s', (unsaved, handedBack, loses, first) => {
  const said = leaveWords({ unsaved, handedBack, ...MEMBER })
  expect(said.loses).toBe(loses)
  expect(said.facts[0]).toBe(first)
  expect(said.facts.includes(SAVED)).toBe(unsaved === 0 && handedBack === 0)
})

test.each([
  [['member'], true, 'The invitation makes you somebody new.'],
  [['observer'], true, 'The invitation lets you in again.'],
  [['observer', 'member'], true, 'The invitation makes you somebody new.'],
  [['facilitator'], true, 'You lead it again with your facilitator link alone'],
  [['member', 'facilitator'], false, 'Nobody else leads this workshop.'],
] as const)('who sits here as %j, led elsewhere: %s, hears of the way back', (roles, ledElsewhere, way) => {
  const { facts } = leaveWords({ unsaved: 0, handedBack: 0, seats: roles.map(seat), ledElsewhere })
  expect(facts.at(-2)).toBe('This browser gives up your seat, so nobody comes in with it from here.')
  expect(facts.at(-1)).toContain(way)
})
