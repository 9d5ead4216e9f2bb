import { expect, it, vi } from 'vitest'
import { chanceFor } from '../../testing/seeded.ts'
import { newCount, playRounds } from './hostile.fixture.ts'
import { plainYjs } from './scene.fixture.ts'
import { BREACHES, type Breach } from './witness.fixture.ts'

/** Updates after which every breach was seen many times over; most runs end long before. */
const MOST = 20_000

/** Not a way in which plain Yjs fails: nothing judges there. */
const NEVER: ReadonlySet<Breach> = new Set(['touched the document while judging'])

it('what the guard holds off breaks a document that plain Yjs keeps, in every way that is watched for', () => {
  // Yjs says on the console when somebody writes under the client id of a document.
  vi.spyOn(console, 'log').mockReturnValue()
  const chance = chanceFor('hostile updates against plain Yjs')
  const count = newCount()
  const unseen = new Set(BREACHES.filter((breach) => !NEVER.has(breach)))
  while (count.updates < MOST && unseen.size > 0) {
    playRounds(chance.below(2 ** 32), 500, plainYjs, count)
    for (const { findings } of count.failures) for (const { breach } of findings) unseen.delete(breach)
  }
  const times = BREACHES.map((breach) => {
    const met = count.failures.filter(({ findings }) => findings.some((each) => each.breach === breach))
    return `${String(met.length).padStart(6)} ${breach}`
  })
  process.stdout.write(`${count.updates} updates against plain Yjs:\n${times.join('\n')}\n`)
  expect([...unseen]).toEqual([])
}, 120_000)
