import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Allowance } from './allowance.ts'

test('takes a burst at once, then the average', () => {
  const allowance = new Allowance(10, 3_000, 1_000)
  for (let count = 0; count < 30; count++) expect(allowance.take(1_000)).toBe(0)
  expect(allowance.take(1_000)).toBe(100)
  expect(allowance.take(1_000)).toBe(200)
  expect(allowance.take(1_300)).toBe(0)
  expect(allowance.take(1_350)).toBe(50)
  // A long rest gives no more than a burst.
  for (let count = 0; count < 30; count++) expect(allowance.take(99_000)).toBe(0)
  expect(allowance.take(99_000)).toBeGreaterThan(0)
})

test('whoever waits as told takes no more than the average and one burst, and never waits without need', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 }), (pauses) => {
      const allowance = new Allowance(20, 1_000, 0)
      let now = 0
      for (const [index, pause] of pauses.entries()) {
        const wait = allowance.take(now)
        expect(index + 1).toBeLessThanOrEqual(20 + ((now + wait) * 20) / 1_000 + 1e-6)
        if (pauses.slice(0, index).every((each) => each >= 50)) expect(wait).toBe(0)
        now += wait + pause
      }
    }),
  )
})
