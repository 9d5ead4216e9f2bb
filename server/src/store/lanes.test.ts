import { expect, test } from 'vitest'
import { openLanes, type SlicedWork } from './lanes.ts'
import type { Outcome } from './messages.ts'

const done: Outcome = { kind: 'done', output: undefined }

/** Lanes whose work and answers are noted in one log, with a promise for the end. */
function noted() {
  const log: string[] = []
  const lanes = openLanes<string>(
    (writes) => {
      log.push(`commit ${writes.join(' ')}`)
      return writes.map(() => done)
    },
    (answers) => log.push(`answer ${answers.map(({ id }) => id).join(' ')}`),
  )
  function* steps(name: string, count: number): Generator<void, void> {
    for (let step = 1; step <= count; step++) {
      log.push(`${name}${step}`)
      if (step < count) yield
    }
  }
  const ended = (id: number) => new Promise<void>((resolve) => lanes.end(id, resolve))
  return { log, lanes, steps, ended }
}

test('writes that wait share one commit and are answered together', async () => {
  const { log, lanes, ended } = noted()
  lanes.write(1, 'a')
  lanes.write(2, 'b')
  lanes.look(3, () => 'at once')
  await ended(4)
  expect(log).toEqual(['answer 3', 'commit a b', 'answer 1 2', 'answer 4'])
})

test('a write waits for one slice of long work at most, and long work takes turns', async () => {
  const { log, lanes, steps, ended } = noted()
  function* interrupted(): Generator<void, void> {
    yield* steps('x', 2)
    lanes.write(3, 'meanwhile')
  }
  lanes.slice(1, interrupted())
  lanes.slice(2, steps('y', 3))
  await ended(4)
  expect(log).toEqual([
    'x1',
    'y1',
    'x2',
    'answer 1',
    'commit meanwhile',
    'answer 3',
    'y2',
    'y3',
    'answer 2',
    'answer 4',
  ])
})

test('writes without end do not starve long work', async () => {
  const { log, lanes, steps, ended } = noted()
  let id = 10
  function* writing(work: SlicedWork): Generator<void, void> {
    for (const _ of work) {
      id += 1
      lanes.write(id, 'w')
      yield
    }
  }
  lanes.slice(1, writing(steps('x', 3)))
  await ended(2)
  expect(log.filter((entry) => !entry.startsWith('answer'))).toEqual(['x1', 'commit w', 'x2', 'commit w', 'x3'])
})

test('work that throws is answered as failed and the rest goes on', async () => {
  const outcomes: string[] = []
  const lanes = openLanes<string>(
    () => [],
    (answers) => outcomes.push(...answers.map(({ outcome }) => outcome.kind)),
  )
  lanes.look(1, () => {
    throw new Error('no')
  })
  lanes.slice(
    2,
    // biome-ignore lint/correctness/useYield: it fails in its first slice
    (function* (): SlicedWork {
      throw new Error('no')
    })(),
  )
  await new Promise<void>((resolve) => lanes.end(3, resolve))
  expect(outcomes).toEqual(['failed', 'failed', 'done'])
})
