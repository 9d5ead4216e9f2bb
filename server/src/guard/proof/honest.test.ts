import { expect, it } from 'vitest'
import { chanceFor } from '../../testing/seeded.ts'
import { type HonestCount, playHonestRound } from './team.fixture.ts'

/** Seeds of rounds in which an honest client was refused once, or replicas parted. */
const FAILED_ONCE: readonly number[] = []

const UPDATES = 100_000

it.each(FAILED_ONCE)('nothing honest is refused in the round of seed %i, where something was once', (seed) => {
  const count: HonestCount = { updates: 0, kinds: new Map(), failures: [] }
  playHonestRound(seed, count)
  expect(count.failures).toEqual([])
})

it('nothing that our client writes is refused, and all devices have the same in the end', () => {
  const chance = chanceFor('honest updates')
  const count: HonestCount = { updates: 0, kinds: new Map(), failures: [] }
  while (count.updates < UPDATES && count.failures.length === 0) playHonestRound(chance.below(2 ** 32), count)
  process.stdout.write(
    `${count.updates} honest updates: ${[...count.kinds].map((each) => each.join(' ')).join(', ')}\n`,
  )
  expect(count.failures).toEqual([])
}, 900_000)
