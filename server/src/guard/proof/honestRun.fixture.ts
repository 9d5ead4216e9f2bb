import { chanceFor } from '../../testing/seeded.ts'
import { type HonestCount, playHonestRound } from './team.fixture.ts'

/** Honest updates on demand: `npm run fuzz:honest -- <updates> <seed>`, or a million updates of a fresh seed. */
const [updates = '1000000', seed] = process.argv.slice(2)
const chance = chanceFor('honest updates', seed === undefined ? undefined : Number(seed))
const count: HonestCount = { updates: 0, kinds: new Map(), failures: [] }
const start = performance.now()
for (let round = 0; count.updates < Number(updates); round++) {
  playHonestRound(chance.below(2 ** 32), count)
  if (round % 100 === 0)
    console.log(
      `${count.updates} updates in ${((performance.now() - start) / 1000).toFixed(0)} s, ${count.failures.length} failures`,
    )
}
console.log([...count.kinds].map((each) => each.join(' ')).join(', '))
for (const failure of count.failures) console.log(failure)
process.exitCode = count.failures.length > 0 ? 1 : 0
