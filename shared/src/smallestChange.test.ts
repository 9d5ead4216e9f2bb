import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { smallestChange, type TextChange, writeText } from './edits.ts'

/** Letters that hurt when they are cut: pairs that share a half, sequences of several, other directions, accents. */
const LETTERS = [
  'a',
  'a',
  'b',
  ' ',
  '👍',
  '👎',
  '👍🏽',
  '👩‍👩‍👧',
  '👩‍👧',
  '🇩🇪',
  '🇩🇰',
  'e\u0301',
  'é',
  'ש',
  'م',
  '\u200f',
  '\n',
]
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...LETTERS), { maxLength: 10 }).map((letters) => letters.join('')),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
)

/** A text, and the same after one edit somewhere: something taken out, something put in. */
const edited = fc.tuple(anyText, anyText, anyText, anyText).map(([start, out, put, end]) => ({
  before: start + out + end,
  after: start + put + end,
  most: Math.max(out.length, put.length),
  caret: start.length + put.length,
}))

const applied = (before: string, { at, remove, insert }: TextChange) =>
  before.slice(0, at) + insert + before.slice(at + remove)

const splitsPair = (text: string, at: number) =>
  text.slice(at - 1, at + 1).length === 2 && !text.slice(0, at).isWellFormed()

describe('the smallest change', () => {
  it('makes one text of the other, wherever the caret is', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.option(fc.nat(60), { nil: undefined }), (before, after, caret) => {
        const change = smallestChange(before, after, caret)
        if (change === null) expect(after).toBe(before)
        else expect(applied(before, change)).toBe(after)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never cuts a surrogate pair, in the text before, in the text after, or in what is put in', () => {
    fc.assert(
      fc.property(fc.oneof(edited, fc.record({ before: anyText, after: anyText, caret: fc.nat(60) })), (texts) => {
        const { before, after, caret } = texts
        const change = smallestChange(before, after, caret)
        if (!change) return
        expect(splitsPair(before, change.at) || splitsPair(before, change.at + change.remove)).toBe(false)
        expect(splitsPair(after, change.at) || splitsPair(after, change.at + change.insert.length)).toBe(false)
        expect(change.insert.isWellFormed()).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is no larger than the edit that was made, but for the halves of a pair at its edges', () => {
    fc.assert(
      fc.property(edited, ({ before, after, most, caret }) => {
        const change = smallestChange(before, after, caret)
        if (change) expect(Math.max(change.remove, change.insert.length)).toBeLessThanOrEqual(most + 2)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is as small as can be where no letter has two halves', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
    fc.assert(
      fc.property(letters, letters, fc.nat(8), (before, after, caret) => {
        const change = smallestChange(before, after, caret)
        const smallest = everyChange(before, after).reduce((least, each) => Math.min(least, each), Infinity)
        expect(change ? change.remove + change.insert.length : 0).toBe(before === after ? 0 : smallest)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    // before, after, caret, at, remove, insert
    ['', 'a', 1, 0, 0, 'a'],
    ['a', '', 0, 0, 1, ''],
    ['ac', 'abc', 2, 1, 0, 'b'],
    ['abc', 'ac', 1, 1, 1, ''],
    ['one two', 'one 2', 5, 4, 3, '2'],
    // Which of several equal letters was typed or taken, only the caret knows.
    ['aa', 'aaa', 1, 0, 0, 'a'],
    ['aa', 'aaa', 2, 1, 0, 'a'],
    ['aa', 'aaa', 3, 2, 0, 'a'],
    ['aaa', 'aa', 0, 0, 1, ''],
    ['aaa', 'aa', 1, 1, 1, ''],
    ['aaa', 'aa', 2, 2, 1, ''],
    ['👍👍', '👍👍👍', 4, 2, 0, '👍'],
    ['lala', 'lalala', 4, 2, 0, 'la'],
    // Halves that are shared stay together.
    ['👍', '👎', 2, 0, 2, '👎'],
    ['a👍b', 'a👎b', 3, 1, 2, '👎'],
    ['\ud83d\udc4d', '\ud83e\udc4d', 2, 0, 2, '\ud83e\udc4d'],
    // Parts of a sequence are letters of their own: an edit inside of it is an edit.
    ['👩‍👧', '👩‍👩‍👧', 6, 3, 0, '👩‍'],
    ['e', 'e\u0301', 2, 1, 0, '\u0301'],
    ['שלום', 'שלוום', 4, 3, 0, 'ו'],
    // A caret that the text does not have is taken as its end.
    ['aa', 'aaa', 99, 2, 0, 'a'],
  ])('of %j to %j with the caret at %i is at %i: %i out, %j in', (before, after, caret, at, remove, insert) => {
    expect(smallestChange(before, after, caret)).toEqual({ at, remove, insert })
  })

  it('is none where nothing changed', () => {
    expect(smallestChange('a', 'a', 0)).toBeNull()
  })

  it('leaves alone what a colleague writes elsewhere in the text', () => {
    fc.assert(
      fc.property(edited, ({ before, after, caret }) => {
        const here = new Y.Doc()
        here.getText('t').insert(0, `${before}|`)
        const there = new Y.Doc()
        Y.applyUpdate(there, Y.encodeStateAsUpdate(here))
        there.getText('t').insert(before.length + 1, '<theirs>')
        const change = smallestChange(before, after, caret)
        if (change) writeText(here.getText('t'), change)
        Y.applyUpdate(here, Y.encodeStateAsUpdate(there))
        expect(here.getText('t').toString()).toBe(`${after}|<theirs>`)
      }),
    )
  })
})

/** The size of every single replacement that makes one text of another. */
function everyChange(before: string, after: string): number[] {
  const sizes: number[] = []
  for (let at = 0; at <= before.length; at++)
    for (let remove = 0; remove <= before.length - at; remove++) {
      const length = after.length - before.length + remove
      if (length >= 0 && applied(before, { at, remove, insert: after.slice(at, at + length) }) === after)
        sizes.push(remove + length)
    }
  return sizes
}
