import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import { Reader } from './reader.ts'
import { Refused } from './refusals.ts'

const written = (write: (out: encoding.Encoder) => void) => {
  const out = encoding.createEncoder()
  write(out)
  return new Reader(encoding.toUint8Array(out))
}
const codeOf = (read: () => unknown) => {
  try {
    return ['read', read()]
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

const key = fc.string({ maxLength: 20 }).filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text))
const number = fc
  .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => value + 0)
/** UTF-16 units of any kind, and many plain ones. */
const units = fc.array(fc.oneof(fc.nat(127), fc.nat(0xffff)), { maxLength: 100 })
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    number,
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

describe('the reader', () => {
  it('reads plain values as lib0 writes them', () => {
    const same = (plain: unknown) => {
      const reader = written((out) => encoding.writeAny(out, plain as null))
      expect(reader.value()).toEqual(plain)
      expect(reader.left).toBe(0)
    }
    fc.assert(fc.property(value, same))
  })

  it('reads numbers and texts as lib0 writes them', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), units, (uint, codes) => {
        const whole = String.fromCharCode(...codes).toWellFormed()
        const reader = written((out) => {
          encoding.writeVarUint(out, uint)
          encoding.writeVarString(out, whole)
        })
        expect([reader.uint(), reader.text(), reader.left]).toEqual([uint, whole, 0])
      }),
    )
  })

  it.each([
    ['undefined', [127]],
    ['a big integer', [122, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['bytes', [116, 1, 0]],
    ['not a number', [123, 127, 248, 0, 0, 0, 0, 0, 0]],
    ['an endless number', [124, 127, 128, 0, 0]],
    ['half a number', [123, 0, 0]],
    ['a type that is none', [10]],
    ['nothing', []],
    ['a reserved name', [118, 1, 9, ...new TextEncoder().encode('__proto__'), 126]],
    ['one name twice', [118, 2, 1, 97, 126, 1, 97, 126]],
    ['lists that nest for ever', Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? 117 : 1))],
    ['a text past the end', [119, 5, 97]],
    ['a text that is none', [119, 2, 0xc3, 0x28]],
    ['half a surrogate pair', [119, 3, 0xed, 0xa0, 0x80]],
    ['a number that never ends', [125, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
  ])('refuses %s as a value', (_, bytes) => {
    expect(codeOf(() => new Reader(Uint8Array.from(bytes)).value())).toBe('malformed')
  })

  it.each([
    [
      'a number past what is exact',
      () => new Reader(Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 31])).uint(),
      'malformed',
    ],
    ['a number of noughts without end', () => new Reader(new Uint8Array(1000).fill(128)).uint(), 'malformed'],
    ['more parts than there are bytes', () => new Reader(Uint8Array.from([200, 200, 200, 10, 1])).count(2), 'too-big'],
    ['a key of a page', () => written((out) => encoding.writeVarString(out, 'x'.repeat(1000))).key(), 'too-big'],
    ['a client id past 32 bits', () => written((out) => encoding.writeVarUint(out, 2 ** 32)).client(), 'malformed'],
    ['a clock past 31 bits', () => written((out) => encoding.writeVarUint(out, 2 ** 31)).clock(), 'malformed'],
    ['a length of nothing', () => new Reader(Uint8Array.from([0])).length(0), 'malformed'],
    ['units past the last clock', () => new Reader(Uint8Array.from([5])).length(2 ** 31 - 3), 'malformed'],
  ])('refuses %s', (_, read, code) => {
    expect(codeOf(read)).toBe(code)
  })

  it('reads nothing of what lies behind its bytes', () => {
    const pool = new TextEncoder().encode('\u0005abcSECRET')
    expect(codeOf(() => new Reader(pool.subarray(0, 4)).text())).toBe('malformed')
  })
})
