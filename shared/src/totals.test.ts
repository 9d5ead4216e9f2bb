import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type OutcomeId, readBoard } from './board.ts'
import { addNote, bringBackNote, type Edit, type Inverse, moveNote, removeNote } from './edits.ts'
import { groupNotes, mergeGroups, moveIntoGroup, splitGroup } from './groupEdits.ts'
import { blocksOf } from './groups.ts'
import type { GroupId, NoteId } from './ids.ts'
import { hasNotes, liveSource } from './standing.ts'
import type { StandsAs, Tally } from './tally.ts'
import { ranked, standsInPhase, type Totals, totalOf, totalsAsCounted, totalsOf } from './totals.ts'

const oid = (id: string) => id as OutcomeId
const gid = (id: string) => id as GroupId
const nid = (id: string) => id as NoteId
const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, each) => all + each, 0)

const tallyWith = (totals: Readonly<Record<string, number>>): Tally => ({
  totals: totals as Tally['totals'],
  dots: sum(Object.values(totals)),
  voted: 1,
  people: 1,
})
const said = ({ on, gone }: Totals) => [
  ...[...on].map(([id, { dots, tied }]) => `${id} ${dots}${tied ? ' tied' : ''}`).sort(),
  `gone ${gone}`,
]

describe('the totals of a vote', () => {
  it('are summed up on what stands, tied where that came to the same, and gone where nothing does', () => {
    const standsAs: StandsAs = (id) => ({ a: oid('g'), b: oid('g'), c: oid('c'), d: oid('d') })[id as string]
    const totals = totalsOf(tallyWith({ a: 2, b: 1, c: 3, d: 1, e: 4, f: 1 }), standsAs)
    expect(said(totals)).toEqual(['c 3 tied', 'd 1', 'g 3 tied', 'gone 5'])
    expect(totalOf(totals, oid('a'))).toEqual({ dots: 0, tied: false })
    expect(totalOf(null, oid('g'))).toEqual({ dots: 0, tied: false })
  })

  it('are what was counted, as long as nobody asks for what stands', () => {
    expect(said(totalsAsCounted(tallyWith({ a: 2, e: 2 })))).toEqual(['a 2 tied', 'e 2 tied', 'gone 0'])
  })

  it('take nothing for a total that every object has', () => {
    const totals = totalsAsCounted(tallyWith({ valueOf: 1 }))
    expect([totalOf(totals, oid('toString')).dots, totalOf(totals, oid('valueOf')).dots]).toEqual([0, 1])
  })
})

describe('a ranking', () => {
  const things = (...ids: readonly string[]) => ids.map((id) => ({ id: oid(id) }))
  const order = (...of: Parameters<typeof ranked>) => ranked(...of).map(({ id }) => id)

  it('puts most first; equal ones keep their order, and so do all where nothing was counted', () => {
    const totals = totalsAsCounted(tallyWith({ a: 2, b: 5, c: 2, d: 1 }))
    expect(order(things('e', 'a', 'b', 'c', 'd', 'f'), totals)).toEqual(['b', 'a', 'c', 'd', 'e', 'f'])
    expect(order(things('b', 'a'), null)).toEqual(['b', 'a'])
  })

  it('is what the definition says, word for word', () => {
    const given = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 1, max: 3 }))
    const ids = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'])
    fc.assert(
      fc.property(given, ids, (dots, before) => {
        const after = order(things(...before), totalsAsCounted(tallyWith(dots)))
        const places = after.map((id) => [-(dots[id] ?? 0), before.indexOf(id)] as const)
        expect([...after].sort()).toEqual([...before].sort())
        expect(places).toEqual([...places].sort((a, b) => a[0] - b[0] || a[1] - b[1]))
      }),
    )
  })
})

/** Seven gaps on a wall, of which 1 and 2 stood in `A` and 3 and 4 in `B` when the vote was counted, and what it came to. */
const NOTES = ['1', '2', '3', '4', '5', '6', '7'] as const
const COUNTED = ['A', 'B', '5', '6', '7'] as const

function board(): Y.Doc {
  const doc = new Y.Doc()
  for (const id of NOTES)
    addNote({ id: nid(id), phase: 'gaps', author: null, at: 1, text: id, order: id, under: null })(doc)
  grouping('A', '1', '2')(doc)
  grouping('B', '3', '4')(doc)
  return doc
}

const placed = (notes: readonly string[]) => notes.map((id) => [nid(id), id] as const)
const grouping = (id: string, ...notes: readonly string[]): Edit =>
  groupNotes({ id: gid(id), phase: 'gaps', name: '', order: id }, placed(notes))
const totalsIn = (doc: Y.Doc, tally: Tally) =>
  totalsOf(
    tally,
    standsInPhase('gaps', liveSource(doc), (group) => hasNotes(doc, group)),
  )

describe('after the board was regrouped', () => {
  const tally = tallyWith({ A: 4, B: 2, '5': 1, '6': 3 })
  const totalsAfter = (...edits: readonly Edit[]) => {
    const doc = board()
    for (const edit of edits) expect(edit(doc)).not.toBeNull()
    return said(totalsIn(doc, tally))
  }
  const before = ['5 1', '6 3', 'A 4', 'B 2', 'gone 0']

  it('a note brings its dots into a group and takes them along', () => {
    const into = moveIntoGroup(gid('A'), placed(['6', '7']))
    expect(totalsAfter()).toEqual(before)
    expect(totalsAfter(into)).toEqual(['5 1', 'A 7', 'B 2', 'gone 0'])
    expect(totalsAfter(into, moveNote(nid('6'), { group: null, order: 'z' }))).toEqual(before)
  })

  it('a group of what was loose has the dots of all', () => {
    expect(totalsAfter(grouping('C', '5', '6', '7'))).toEqual(['A 4 tied', 'B 2', 'C 4 tied', 'gone 0'])
  })

  it('the dots of a group stay with it when notes leave, and go to none of its notes when it is taken apart', () => {
    expect(totalsAfter(moveNote(nid('1'), { group: null, order: 'z' }))).toEqual(before)
    const emptied = ['1', '2'].map((id) => moveNote(nid(id), { group: null, order: id }))
    expect(totalsAfter(...emptied)).toEqual(['5 1', '6 3', 'B 2', 'gone 4'])
    const split = splitGroup(gid('A'), placed(['1', '2', '6']))
    expect(totalsAfter(moveIntoGroup(gid('A'), placed(['6'])), split)).toEqual(['5 1', '6 3', 'B 2', 'gone 4'])
  })

  it('dots on what was removed are gone until it is brought back', () => {
    expect(totalsAfter(removeNote(nid('6')))).toEqual(['5 1', 'A 4', 'B 2', 'gone 3'])
    expect(totalsAfter(removeNote(nid('6')), bringBackNote(nid('6')))).toEqual(before)
  })

  it('two groups that are merged come to the same both ways, also when both ways are gone at once', () => {
    expect(totalsAfter(mergeGroups(gid('A'), gid('B')))).toEqual(['5 1', '6 3', 'B 6', 'gone 0'])
    expect(totalsAfter(mergeGroups(gid('B'), gid('A')))).toEqual(['5 1', '6 3', 'A 6', 'gone 0'])
    const [one, other] = [board(), new Y.Doc()]
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    mergeGroups(gid('A'), gid('B'))(one)
    mergeGroups(gid('B'), gid('A'))(other)
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    expect(said(totalsIn(other, tally))).toEqual(['5 1', '6 3', 'A 6', 'gone 0'])
  })

  it('a note that is in a group of another phase keeps its own', () => {
    const doc = board()
    groupNotes({ id: gid('X'), phase: 'actions', name: '', order: 'X' }, placed(['6']))(doc)
    expect(said(totalsIn(doc, tally))).toEqual(before)
  })
})

describe('random regrouping', () => {
  const kinds = ['group', 'put', 'put', 'merge', 'merge', 'split', 'loosen', 'remove', 'bring back'] as const
  const plays = fc.array(
    fc.record({
      act: fc.constantFrom(...kinds),
      notes: fc.subarray([...NOTES], { minLength: 1, maxLength: 3 }),
      groups: fc.tuple(fc.nat(9), fc.nat(9)),
    }),
    { maxLength: 25, size: 'max' },
  )
  const tallies = fc
    .record(Object.fromEntries(COUNTED.map((id) => [id, fc.nat(3)])))
    .map((dots) => tallyWith(Object.fromEntries(Object.entries(dots).filter(([, each]) => each > 0))))

  type Play = typeof plays extends fc.Arbitrary<readonly (infer T)[]> ? T : never

  const editOf = ({ act, notes, groups }: Play, ids: readonly string[], fresh: string): readonly Edit[] => {
    const [one, other] = groups.map((at) => gid(ids[at % ids.length] ?? 'A')) as [GroupId, GroupId]
    switch (act) {
      case 'group':
        return [grouping(fresh, ...notes)]
      case 'put':
        return [moveIntoGroup(one, placed(notes))]
      case 'merge':
        return [mergeGroups(one, other)]
      case 'split':
        return [splitGroup(one, placed(notes))]
      case 'loosen':
        return notes.map((id) => moveNote(nid(id), { group: null, order: id }))
      case 'remove':
        return notes.map((id) => removeNote(nid(id)))
      case 'bring back':
        return notes.map((id) => bringBackNote(nid(id)))
    }
  }

  /** What each thing on the wall has by the definition: found from the wall, not from what a dot was placed on. */
  const byHand = (doc: Y.Doc, { totals }: Tally) => {
    const read = readBoard(doc)
    const dots = (id: string) => (totals as Record<string, number>)[id] ?? 0
    const survivor = (id: GroupId): GroupId | undefined => {
      const seen: GroupId[] = []
      for (let at = read.groups.get(id); at; at = read.groups.get(at.into ?? gid(''))) {
        if (at.into === null) return at.id
        if (seen.includes(at.id)) return seen.slice(seen.indexOf(at.id)).sort()[0]
        seen.push(at.id)
      }
      return undefined
    }
    return blocksOf(read, 'gaps').map((block): readonly [OutcomeId, number] => {
      if (block.kind === 'note') return [block.note.id, dots(block.note.id)]
      const groups = [...read.groups.keys()].filter((id) => survivor(id) === block.group.id)
      return [block.group.id, sum([...block.notes.map(({ id }) => dots(id)), ...groups.map(dots)])]
    })
  }

  it('shows every dot that still stands, once, where it stands, and taking it all back restores what was', () => {
    fc.assert(
      fc.property(plays, tallies, (all, tally) => {
        const doc = board()
        const ids = ['A', 'B']
        const before = said(totalsIn(doc, tally))
        const undo: Inverse[] = []
        for (const [at, each] of all.entries()) {
          for (const edit of editOf(each, ids, `C${at}`)) undo.push(...[edit(doc) ?? []].flat())
          if (each.act === 'group') ids.push(`C${at}`)
          const { on, gone } = totalsIn(doc, tally)
          const hand = byHand(doc, tally)
          expect([...on].map(([id, { dots }]) => [id, dots]).sort()).toEqual(hand.filter(([, dots]) => dots > 0).sort())
          expect(sum([...on.values()].map(({ dots }) => dots)) + gone).toBe(tally.dots)
          for (const { dots, tied } of on.values())
            expect(tied).toBe(hand.filter(([, other]) => other === dots).length > 1)
        }
        for (const inverse of undo.reverse()) inverse.apply(doc)
        expect(said(totalsIn(doc, tally))).toEqual(before)
      }),
      { numRuns: 100 },
    )
  })

  it('comes to the same whichever of two groups is merged into the other', () => {
    fc.assert(
      fc.property(plays, tallies, fc.tuple(fc.nat(9), fc.nat(9)), (all, tally, [a, b]) => {
        const [one, other] = [0, 1].map((turned) => {
          const doc = board()
          const ids = ['A', 'B']
          for (const [at, each] of all.entries()) {
            for (const edit of editOf(each, ids, `C${at}`)) edit(doc)
            if (each.act === 'group') ids.push(`C${at}`)
          }
          const [from, into] = [a, b].map((at) => gid(ids[at % ids.length] ?? 'A')) as [GroupId, GroupId]
          mergeGroups(turned ? into : from, turned ? from : into)(doc)
          const { on, gone } = totalsIn(doc, tally)
          return [[...on.values()].map(({ dots }) => dots).sort(), gone]
        })
        expect(one).toEqual(other)
      }),
      { numRuns: 60 },
    )
  })
})
