import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { OutcomeId } from './board.ts'
import type { RoundId } from './ids.ts'
import { ballotOf, ballots } from './notebook.ts'
import { type Ballot, dotsLeft, dotsOn, type StandsAs, type Tally, tallyOf } from './tally.ts'
import { totalOf, totalsAsCounted, totalsOf } from './totals.ts'

const oid = (id: string) => id as OutcomeId
const ballot = (...slots: readonly (string | null)[]): Ballot => slots.map((id) => (id === null ? null : oid(id)))

/** Where `a` and `b` stand in group `g`, `c` and the group by themselves, and `gone` nowhere. */
const WALL: Readonly<Record<string, string | undefined>> = { a: 'g', b: 'g', c: 'c', g: 'g', toString: 'toString' }
const standsAs: StandsAs = (id) => (Object.hasOwn(WALL, id) ? (WALL[id] as OutcomeId) : undefined)
const asItself: StandsAs = (id) => id

const slot = fc.constantFrom(null, ...['a', 'b', 'c', 'g', 'gone', 'toString'].map(oid))
const BUDGET = 4
const someBallots = fc.array(fc.array(slot, { minLength: BUDGET, maxLength: BUDGET }), { maxLength: 12 })
const dotsIn = (tally: Tally, id: OutcomeId) => totalOf(totalsAsCounted(tally), id).dots
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)

describe('a tally', () => {
  it('counts each dot for what it stands on now, and leaves out what stands nowhere', () => {
    const tally = tallyOf([ballot('a', 'a', 'c'), ballot('b', 'gone', null), ballot('gone', null, null)], standsAs)
    expect(tally).toEqual({ totals: { c: 1, g: 3 }, dots: 4, voted: 2, people: 3 })
  })

  it('of nobody is empty', () => {
    expect(tallyOf([], standsAs)).toEqual({ totals: {}, dots: 0, voted: 0, people: 0 })
  })

  it('counts somebody without a ballot among the people alone', () => {
    const doc = new Y.Doc()
    const tally = tallyOf([ballotOf(doc, 'r1' as RoundId, BUDGET), ballot('c', null, null, null)], standsAs)
    expect(tally).toEqual({ totals: { c: 1 }, dots: 1, voted: 1, people: 2 })
  })

  it('has totals that sum up to the dots that count, and no more voters than dots or people', () => {
    fc.assert(
      fc.property(someBallots, (all) => {
        const { totals, dots, voted, people } = tallyOf(all, standsAs)
        const counting = all.flat().filter((target) => target !== null && standsAs(target) !== undefined)
        expect(sum(Object.values(totals))).toBe(dots)
        expect(dots).toBe(counting.length)
        expect(people).toBe(all.length)
        expect(voted).toBe(all.filter((each) => each.some((target) => target && standsAs(target))).length)
        for (const total of Object.values(totals)) expect(total).toBeGreaterThan(0)
      }),
    )
  })

  it('gives each thing what a count by hand gives it', () => {
    fc.assert(
      fc.property(someBallots, fc.constantFrom(...['c', 'g', 'a', 'gone', 'toString'].map(oid)), (all, id) => {
        expect(dotsIn(tallyOf(all, standsAs), id)).toBe(sum(all.map((each) => dotsOn(each, id, standsAs))))
      }),
    )
  })

  it('is the same, to the byte, whatever the order of the ballots and of their slots', () => {
    const shuffled = (all: readonly Ballot[]) => fc.shuffledSubarray([...all], { minLength: all.length })
    fc.assert(
      fc.property(
        someBallots.chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([all, mixed]) => {
          const turned = mixed.map((each) => [...each].reverse())
          expect(JSON.stringify(tallyOf(turned, standsAs))).toBe(JSON.stringify(tallyOf(all, standsAs)))
        },
      ),
    )
  })

  it('comes to the same whether things are grouped before it is counted or after', () => {
    fc.assert(
      fc.property(someBallots, (all) => {
        const loose = tallyOf(all, (id) => (standsAs(id) === undefined ? undefined : id))
        const grouped = tallyOf(all, standsAs)
        expect(totalsOf(loose, standsAs)).toEqual(totalsAsCounted(grouped))
        expect(grouped.dots).toBe(loose.dots)
      }),
    )
  })

  it('gives nobody more than the budget, whatever their notebook holds', () => {
    const stranger = fc.dictionary(
      fc.oneof(fc.nat(30).map(String), fc.constantFrom('-1', '00', 'budget', '1e1')),
      fc.oneof(fc.constantFrom<unknown>('a', 'c', 'gone', null, 7, '__proto__', ['a']), fc.string()),
    )
    fc.assert(
      fc.property(fc.array(stranger, { maxLength: 5 }), fc.integer({ min: 1, max: 20 }), (books, budget) => {
        const read = books.map((slots) => {
          const doc = new Y.Doc()
          ballots(doc).set('r1', new Y.Map(Object.entries(slots)))
          return ballotOf(doc, 'r1' as RoundId, budget)
        })
        for (const each of read) expect(tallyOf([each], asItself).dots).toBeLessThanOrEqual(budget)
        expect(tallyOf(read, asItself).dots).toBeLessThanOrEqual(budget * books.length)
      }),
    )
  })
})

describe('what is left of a budget', () => {
  it('counts a dot on something removed as returned, and free again', () => {
    expect(dotsLeft(ballot('a', 'gone', null, 'c'), standsAs)).toEqual({ placed: 2, left: 2, returned: 1 })
    expect(dotsLeft(ballot(null, null), standsAs)).toEqual({ placed: 0, left: 2, returned: 0 })
  })

  it('is the budget, placed or left, and what is placed is what the tally counts', () => {
    fc.assert(
      fc.property(fc.array(slot, { maxLength: 20 }), (each) => {
        const { placed, left, returned } = dotsLeft(each, standsAs)
        expect(placed + left).toBe(each.length)
        expect(returned).toBeLessThanOrEqual(left)
        expect(placed).toBe(tallyOf([each], standsAs).dots)
      }),
    )
  })

  it('comes back when what a dot stands on is removed, and goes again when that is brought back', () => {
    const mine = ballot('c', 'a', null)
    const without: StandsAs = (id) => (id === 'c' ? undefined : standsAs(id))
    expect(dotsLeft(mine, without)).toEqual({ placed: 1, left: 2, returned: 1 })
    expect(dotsIn(tallyOf([mine], without), oid('c'))).toBe(0)
    expect(dotsLeft(mine, standsAs)).toEqual({ placed: 2, left: 1, returned: 0 })
  })
})
