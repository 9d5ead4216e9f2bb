import { chanceFor } from '../../testing/seeded.ts'
import { theGuard } from './guarded.fixture.ts'
import { newCount, playRounds } from './hostile.fixture.ts'
import { summary } from './summary.fixture.ts'

/** Hostile updates on demand: `npm run fuzz -- <updates> <seed>`, or a million updates of a fresh seed. */
const [updates = '1000000', seed] = process.argv.slice(2)
const chance = chanceFor('hostile updates against the guard', seed === undefined ? undefined : Number(seed))
const count = newCount()
const start = performance.now()
const PIECE = 50_000
while (count.updates < Number(updates)) {
  playRounds(chance.below(2 ** 32), Math.min(PIECE, Number(updates) - count.updates), theGuard, count)
  const { rss } = process.memoryUsage()
  console.log(
    `${count.updates} updates in ${((performance.now() - start) / 1000).toFixed(0)} s, ${Math.round(rss / 2 ** 20)} MB, ${count.failures.length} failures`,
  )
}
console.log(summary(count))
process.exitCode = count.failures.length > 0 ? 1 : 0
