import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ID_BYTES, ID_PATTERN, isId, KEY_BYTES, spell } from './ids.ts'

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

describe('spell', () => {
  // The test vectors of RFC 4648 section 10, without padding.
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
  ])('spells %j as %j', (bytes, text) => {
    expect(spell(ascii(bytes))).toBe(text)
  })

  it('uses the two URL-safe letters where base64 has + and /', () => {
    expect(spell(Uint8Array.of(0xfb, 0xef, 0xff))).toBe('--__')
  })

  it('spells six bits a letter, whatever the bytes, the last filled up with zeros', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const bits = (values: Iterable<number>, width: number) =>
      Array.from(values, (value) => value.toString(2).padStart(width, '0')).join('')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const letters = Array.from(spell(bytes), (letter) => alphabet.indexOf(letter))
        expect(letters).toHaveLength(Math.ceil((bytes.length * 8) / 6))
        expect(bits(letters, 6)).toBe(bits(bytes, 8).padEnd(letters.length * 6, '0'))
      }),
    )
  })

  it('gives ids of 16 characters and keys of 22', () => {
    expect(spell(new Uint8Array(ID_BYTES))).toMatch(ID_PATTERN)
    expect(spell(new Uint8Array(ID_BYTES))).toHaveLength(16)
    expect(spell(new Uint8Array(KEY_BYTES))).toHaveLength(22)
  })
})

describe('an id', () => {
  it.each(['a', 'A-z_0', 'x'.repeat(40), 'toString'])('may be %j', (text) => {
    expect(isId(text)).toBe(true)
  })

  it.each([
    '',
    'x'.repeat(41),
    'a b',
    'a/b',
    'é',
    'a\n',
    '__proto__',
    'constructor',
    'prototype',
    7,
    null,
    undefined,
    ['a'],
  ])('is never %j', (value) => {
    expect(isId(value)).toBe(false)
  })
})
