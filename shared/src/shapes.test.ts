import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoteId } from './ids.ts'
import { amount, bool, fields, idOf, listOf, oneOf, orNull, type Shape, text } from './shapes.ts'

const note = fields({ id: idOf<NoteId>(), words: text, by: orNull(text), tone: oneOf('calm', 'loud') })
const GOOD = { id: 'n1', words: '', by: null, tone: 'calm' } as const

describe('a shape', () => {
  it('gives back what is of it, without anything else', () => {
    expect(note({ ...GOOD, more: 1 })).toEqual(GOOD)
    expect(note({ ...GOOD, by: 'ines' })).toEqual({ ...GOOD, by: 'ines' })
    expect(listOf(note)([GOOD, GOOD])).toEqual([GOOD, GOOD])
    expect(listOf(note)([])).toEqual([])
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'n1'],
    ['an object without a field', { id: 'n1', words: '', by: null }],
    ['a field that is none of its own', Object.create(GOOD)],
    ['an id with a space', { ...GOOD, id: 'a b' }],
    ['an id that means something to objects', { ...GOOD, id: '__proto__' }],
    ['a number for words', { ...GOOD, words: 1 }],
    ['a value that is none of those', { ...GOOD, tone: 'angry' }],
    ['no value where null may be', { ...GOOD, by: undefined }],
  ])('is not %s', (_what, value) => {
    expect(note(value)).toBeUndefined()
    expect(listOf(note)([GOOD, value])).toBeUndefined()
  })

  it.each([
    ['an amount', amount, [0, 1.5], [-1, Number.NaN, Number.POSITIVE_INFINITY, '1']],
    ['true or false', bool, [true, false], [0, null, 'true']],
    ['one of a few', oneOf(true), [true], [false, 1]],
    ['a list', listOf(text), [[], ['a']], [{ length: 0 }, [1], 'a']],
  ] as const)('tells %s from anything else', (_what, shape: Shape<unknown>, good, bad) => {
    for (const value of good) expect(shape(value)).toEqual(value)
    for (const value of bad) expect(shape(value)).toBeUndefined()
  })

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (value) => void [note(value), listOf(note)(value)]))
  })
})
