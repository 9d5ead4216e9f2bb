import { expect, it } from 'vitest'
import { processorTime } from './processorTime.ts'

/** Keeps the processor busy until it was used for so long, ms. */
function work(ms: number): void {
  const began = process.threadCpuUsage()
  const used = () => {
    const { user, system } = process.threadCpuUsage(began)
    return (user + system) / 1_000
  }
  while (used() < ms);
}

it('is what was used, and not the time in which others used the processor', () => {
  const wait = 400
  const took = processorTime(() => {
    work(20)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait)
  })
  expect(took).toBeGreaterThanOrEqual(20)
  expect(took).toBeLessThan(wait)
})

it('is never less than what was used, right after other work too', () => {
  processorTime(() => work(30))
  expect(processorTime(() => work(5))).toBeGreaterThanOrEqual(5)
})
