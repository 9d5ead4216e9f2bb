import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from './limits.ts'
import { compareOrder, keyAfter, keyAt, type Ordered } from './order.ts'

const sorted = (things: readonly Ordered[]) => [...things].sort(compareOrder)
const thing = (order: string, id: string): Ordered => ({ id, order })

/** A wall built as people build one: each new thing is put at some index. */
const wall = fc.array(fc.nat(1_000), { maxLength: 40 }).map((picks) => {
  let things: readonly Ordered[] = []
  for (const [count, pick] of picks.entries()) {
    const added = thing(keyAt(things, pick % (things.length + 1)), `n${count}`)
    things = sorted([...things, added])
  }
  return things
})

/** Keys as a foreign client may spell them. */
const foreignKey = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .tuple(fc.constantFrom('a0', 'a1', 'a', 'Zz'), fc.string({ unit: 'binary', maxLength: 3 }))
    .map((parts) => parts.join('')),
  fc.constantFrom('', '~', 'a', 'a0', 'a00', 'a0~', 'a~', 'aé', 'Zz', 'zz', `A${'0'.repeat(26)}`, `z${'z'.repeat(26)}`),
  fc.string({ unit: fc.constantFrom('0', 'a', 'z', 'A', 'Z'), maxLength: LIMITS.orderKey }),
)

/** Keys as we write them at first: short ones, surely sound. */
const PLAIN = /^a[0-9A-Za-z]$/

describe('order on the wall', () => {
  it('is by key, then by id, by code unit on every machine', () => {
    const things = [thing('a1', 'x'), thing('a0', 'ä'), thing('a0', 'z'), thing('Zz', 'é'), thing('a0', 'Z')]
    expect(sorted(things).map(({ id }) => id)).toEqual(['é', 'Z', 'z', 'ä', 'x'])
  })

  it('puts a thing exactly where it was asked for among distinct keys', () => {
    fc.assert(
      fc.property(wall, fc.nat(1_000), (things, pick) => {
        const index = pick % (things.length + 1)
        const added = thing(keyAt(things, index), 'new')
        expect(sorted([...things, added]).indexOf(added)).toBe(index)
      }),
    )
  })

  it('takes an index past either end as that end', () => {
    const things = [thing('a0', '1'), thing('a1', '2')]
    expect(keyAt(things, -3) < 'a0').toBe(true)
    expect(keyAt(things, 9) > 'a1').toBe(true)
  })

  it('goes after a run of equal keys, between which there is no room', () => {
    const things = [thing('a0', '1'), thing('a1', '2'), thing('a1', '3'), thing('a1', '4'), thing('a2', '5')]
    for (const index of [2, 3, 4]) {
      const key = keyAt(things, index)
      expect(key > 'a1' && key < 'a2').toBe(true)
    }
    const first = keyAt(things, 1)
    expect(first > 'a0' && first < 'a1').toBe(true)
  })

  it('keeps order among sound keys, whatever others a foreign client wrote', () => {
    fc.assert(
      fc.property(fc.array(foreignKey, { maxLength: 12 }), fc.nat(12), (keys, pick) => {
        const things = sorted(keys.map((key, at) => thing(key, `n${at}`)))
        const index = Math.min(pick, things.length)
        const key = keyAt(things, index)
        expect(key).toMatch(/^[A-Za-z][0-9A-Za-z]*$/)
        expect(key).not.toContain('undefined')
        expect(key.length).toBeLessThanOrEqual(LIMITS.orderKey)
        const before = things.slice(0, index).filter(({ order }) => PLAIN.test(order))
        const after = things.slice(index).filter(({ order }) => PLAIN.test(order))
        expect(before.every(({ order }) => order < key)).toBe(true)
        expect(after.every(({ order }) => order > key || before.some((each) => each.order === order))).toBe(true)
        // What is added next still finds its place: the new key is one that can be built on.
        expect(keyAt([thing(key, 'new')], 0) < key).toBe(true)
        expect(keyAt([thing(key, 'new')], 1) > key).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps a place among sound keys when garbage stands between them', () => {
    const things = sorted([thing('a0', '1'), thing('a0~', 'garbage'), thing('a1', '2'), thing('~', 'last')])
    const key = keyAt(things, 2)
    expect(key > 'a0' && key < 'a1').toBe(true)
    expect(keyAt(things, 4) > 'a1').toBe(true)
  })

  it('puts a thing after all of a wall that comes in any order, beside garbage too', () => {
    const keys = fc.array(fc.oneof(foreignKey, fc.constantFrom('a0', 'a1', 'a5', 'b00')), { maxLength: 20 })
    fc.assert(
      fc.property(keys, (orders) => {
        const things = sorted(orders.map((order, index) => thing(order, `n${index}`)))
        expect(keyAfter(orders)).toBe(keyAt(things, things.length))
      }),
      { numRuns: 1_000 },
    )
  })

  it('stays within the limit in a place that is used again and again, and then stands beside its neighbour', () => {
    let things: readonly Ordered[] = [thing('a0', 'left'), thing('a1', 'right')]
    for (let count = 0; count < 1_500; count++) {
      const key = keyAt(things, 1)
      expect(key.length).toBeLessThanOrEqual(LIMITS.orderKey)
      expect(key >= 'a0' && key < 'a1').toBe(true)
      things = sorted([...things, thing(key, `n${count}`)])
    }
  })

  it('ends the same for two people who insert at the same place at once', () => {
    fc.assert(
      fc.property(wall, fc.nat(1_000), fc.boolean(), (things, pick, swapped) => {
        const index = pick % (things.length + 1)
        const [ours, theirs] = [thing(keyAt(things, index), 'ours'), thing(keyAt(things, index), 'theirs')]
        const here = sorted([...things, ours, theirs])
        const there = sorted(swapped ? [theirs, ...things, ours] : [ours, ...things, theirs])
        expect(here).toEqual(there)
        expect(here.slice(index, index + 2)).toEqual([ours, theirs])
      }),
    )
  })
})
