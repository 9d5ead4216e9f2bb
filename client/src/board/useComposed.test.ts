import type { NoteId } from '@quintet/shared/ids'
import { describe, expect, it } from 'vitest'
import { composedOf } from './useComposed.ts'

const ids = (...all: string[]) => all as NoteId[]
const words = (texts: Record<string, string>) => (id: NoteId) => ({ text: texts[id] ?? '' })

describe('what stands in the composer', () => {
  it('is nothing where nothing is unfinished', () => {
    expect(composedOf([], null, words({}))).toBeNull()
  })

  it('is the latest draft with words', () => {
    expect(composedOf(ids('a', 'b', 'c'), null, words({ a: 'one', b: 'two', c: '' }))).toBe('b')
  })

  it('is the latest where none has words', () => {
    expect(composedOf(ids('a', 'b'), null, words({}))).toBe('b')
  })

  it('stays the one that is being written, whatever comes from another device', () => {
    expect(composedOf(ids('a', 'b'), 'a' as NoteId, words({ b: 'later' }))).toBe('a')
  })

  it('lets go of one that was finished elsewhere', () => {
    expect(composedOf(ids('b'), 'a' as NoteId, words({ b: 'later' }))).toBe('b')
  })
})
