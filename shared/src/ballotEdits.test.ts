import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fillSlots, placeDot, takeDotBack } from './ballotEdits.ts'
import type { OutcomeId } from './board.ts'
import { EDIT, type Edit, type Inverse } from './edits.ts'
import type { RoundId } from './ids.ts'
import { ballotOf, ballots } from './notebook.ts'
import { dotsLeft, dotsOn, type StandsAs, tallyOf } from './tally.ts'

const oid = (id: string) => id as OutcomeId
const round = 'r1' as RoundId
const BUDGET = 3
/** `a` stands in group `g`, `b` and the group by themselves, anything else nowhere. */
const standsAs: StandsAs = (id) => (id === 'a' || id === 'g' ? oid('g') : id === 'b' ? id : undefined)

const place = (target: string, of = round): Edit => placeDot(of, BUDGET, oid(target), standsAs)
const takeBack = (target: string): Edit => takeDotBack(round, BUDGET, oid(target), standsAs)
const ballot = (doc: Y.Doc, of = round) => ballotOf(doc, of, BUDGET)

function bookWith(...edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc()
  for (const edit of edits) edit(doc)
  return doc
}

function done(doc: Y.Doc, edit: Edit): Inverse {
  const inverse = edit(doc)
  if (!inverse) throw new Error('The edit had no effect')
  return inverse
}

function sends(doc: Y.Doc, act: () => void): unknown[] {
  const origins: unknown[] = []
  const listen = (_: Uint8Array, origin: unknown) => origins.push(origin)
  doc.on('update', listen)
  act()
  doc.off('update', listen)
  return origins
}

function merge(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), 'merge')
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), 'merge')
}

describe('placing a dot', () => {
  it('fills the first free slot, in one transaction of our own origin, also with the first dot of a round', () => {
    const doc = new Y.Doc()
    expect(sends(doc, () => place('b')(doc))).toEqual([EDIT])
    expect(sends(doc, () => place('a')(doc))).toEqual([EDIT])
    expect(ballot(doc)).toEqual(['b', 'a', null])
  })

  it('past the budget writes nothing', () => {
    const doc = bookWith(place('b'), place('b'), place('a'))
    expect(sends(doc, () => expect(place('b')(doc)).toBeNull())).toEqual([])
    expect(ballot(doc)).toEqual(['b', 'b', 'a'])
  })

  it('with no budget writes nothing', () => {
    const doc = new Y.Doc()
    expect(sends(doc, () => expect(placeDot(round, 0, oid('b'), standsAs)(doc)).toBeNull())).toEqual([])
  })

  it('takes a dot that stood on something removed, and taking that back leaves it there', () => {
    const still: StandsAs = (id) => id
    const doc = bookWith(...['b', 'gone', 'b'].map((id) => placeDot(round, BUDGET, oid(id), still)))
    const inverse = done(doc, place('a'))
    expect(ballot(doc)).toEqual(['b', 'a', 'b'])
    inverse.apply(doc)
    expect(ballot(doc)).toEqual(['b', 'gone', 'b'])
  })

  it('of one round leaves the others alone', () => {
    const doc = bookWith(place('b'), place('g', 'r2' as RoundId))
    expect(ballot(doc)).toEqual(['b', null, null])
    expect(ballot(doc, 'r2' as RoundId)).toEqual(['g', null, null])
  })
})

describe('taking a dot back', () => {
  it('takes the one placed last on what it stands as now', () => {
    const doc = bookWith(place('a'), place('b'), place('g'))
    expect(sends(doc, () => takeBack('g')(doc))).toEqual([EDIT])
    expect(ballot(doc)).toEqual(['a', 'b', null])
    takeBack('g')(doc)
    expect(ballot(doc)).toEqual([null, 'b', null])
  })

  it('writes nothing where there is none', () => {
    const doc = bookWith(place('b'))
    expect(sends(doc, () => expect(takeBack('g')(doc)).toBeNull())).toEqual([])
    expect(sends(new Y.Doc(), () => expect(takeBack('g')(doc)).toBeNull())).toEqual([])
  })
})

describe('undo', () => {
  it.each([
    ['placing', place('b')],
    ['taking back', takeBack('g')],
  ])('of %s a dot is done, done again, and not twice', (_, edit) => {
    const doc = bookWith(place('a'))
    const before = ballot(doc)
    const inverse = done(doc, edit)
    const after = ballot(doc)
    const again = done(doc, inverse.apply)
    expect(ballot(doc)).toEqual(before)
    expect(inverse.apply(doc)).toBeNull()
    again.apply(doc)
    expect(ballot(doc)).toEqual(after)
  })

  it('does nothing where the slot holds another dot since', () => {
    const doc = bookWith()
    const inverse = done(doc, place('b'))
    takeBack('b')(doc)
    place('a')(doc)
    expect(sends(doc, () => expect(inverse.apply(doc)).toBeNull())).toEqual([])
    expect(ballot(doc)).toEqual(['a', null, null])
  })
})

it('fills slots as they were meant, but not where another dot was put in since', () => {
  const book = bookWith(place('b'), place('b'))
  const inverse = done(
    book,
    fillSlots(round, [
      { slot: 0, target: oid('a'), was: oid('b') },
      { slot: 1, target: oid('a'), was: null },
      { slot: 2, target: oid('a'), was: null },
    ]),
  )
  expect(ballot(book)).toEqual(['a', 'b', 'a'])
  inverse.apply(book)
  expect(ballot(book)).toEqual(['b', 'b', null])
})

describe('one person with two tabs', () => {
  const play = fc.record({
    tab: fc.nat(1),
    act: fc.constantFrom('place', 'place', 'take back', 'undo', 'meet'),
    target: fc.constantFrom('a', 'b', 'g'),
  })

  it('has one ballot in the end, the same in both and within the budget, whatever both did at once', () => {
    fc.assert(
      fc.property(fc.array(play, { maxLength: 40, size: 'max' }), (plays) => {
        const tabs = [new Y.Doc(), new Y.Doc()] as const
        const undo: Inverse[][] = [[], []]
        for (const { tab, act, target } of plays) {
          const doc = tabs[tab] as Y.Doc
          const edit: Edit =
            act === 'place'
              ? place(target)
              : act === 'take back'
                ? takeBack(target)
                : (each) => undo[tab]?.pop()?.apply(each) ?? null
          if (act === 'meet') merge(...tabs)
          else {
            const inverse = edit(doc)
            if (inverse && act !== 'undo') undo[tab]?.push(inverse)
          }
          const { placed, left } = dotsLeft(ballot(doc), standsAs)
          expect(placed + left).toBe(BUDGET)
        }
        merge(...tabs)
        expect(ballot(tabs[0])).toEqual(ballot(tabs[1]))
        expect(tallyOf([ballot(tabs[0])], standsAs).dots).toBeLessThanOrEqual(BUDGET)
        expect(Object.keys(ballots(tabs[0]).get(round)?.toJSON() ?? {}).every((slot) => Number(slot) < BUDGET)).toBe(
          true,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('keeps the dots of both where the ballot was begun before', () => {
    const [one, two] = [bookWith(place('b')), new Y.Doc()]
    merge(one, two)
    place('b')(one)
    takeBack('b')(two)
    place('a')(two)
    place('a')(two)
    merge(one, two)
    expect(ballot(one)).toEqual(ballot(two))
    expect(dotsOn(ballot(one), oid('g'), standsAs)).toBeGreaterThan(0)
  })
})
