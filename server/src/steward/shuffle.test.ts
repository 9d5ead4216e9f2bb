import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chanceFor } from '../testing/seeded.ts'
import { type Random, shuffled } from './shuffle.ts'

/** Random bytes that spell these numbers (32 bits, big-endian), one after the other. */
function drawing(numbers: readonly number[]): Random {
  const left = [...numbers]
  return (bytes) => {
    const view = new DataView(new ArrayBuffer(bytes))
    for (let at = 0; at < bytes; at += 4) view.setUint32(at, left.shift() ?? 0)
    return new Uint8Array(view.buffer)
  }
}

describe('shuffling', () => {
  test('keeps every thing, once', () => {
    const things = fc.array(fc.integer(), { maxLength: 50 })
    fc.assert(
      fc.property(things, fc.array(fc.nat(2 ** 32 - 1)), (given, numbers) => {
        expect(shuffled(given, drawing(numbers)).toSorted()).toEqual(given.toSorted())
      }),
    )
  })

  test('gives every order by exactly one run of draws, so that even draws make even orders', () => {
    const orders = new Set<string>()
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 3; b++)
        for (let c = 0; c < 2; c++) orders.add(shuffled(['k', 'l', 'm', 'n'], drawing([a, b, c])).join(''))
    expect(orders.size).toBe(24)
  })

  test('draws again past the last whole multiple, where the first places would come up more often', () => {
    // 2³² = 3 · 1,431,655,765 + 1: only the highest number is past it.
    const [atEnd, past] = [2 ** 32 - 2, 2 ** 32 - 1]
    expect(shuffled(['k', 'l', 'm'], drawing([atEnd, 1]))).toEqual(shuffled(['k', 'l', 'm'], drawing([2, 1])))
    expect(shuffled(['k', 'l', 'm'], drawing([past, 1, 1]))).toEqual(shuffled(['k', 'l', 'm'], drawing([1, 1])))
  })

  test('tells nothing of where a thing stood', () => {
    const chance = chanceFor('shuffle')
    const random: Random = (bytes) => Uint8Array.from({ length: bytes }, () => chance.below(256))
    const [things, runs] = [5, 6_000]
    const counts = Array.from({ length: things }, () => Array.from({ length: things }, () => 0))
    for (let run = 0; run < runs; run++)
      shuffled([0, 1, 2, 3, 4], random).forEach((from, to) => {
        const row = counts[from]
        if (row) row[to] = (row[to] ?? 0) + 1
      })
    const even = runs / things
    const chiSquared = counts.flat().reduce((sum, count) => sum + (count - even) ** 2 / even, 0)
    // 16 degrees of freedom: past 60 once in two million runs.
    expect(chiSquared).toBeLessThan(60)
  })
})
