import type { NoteId } from '@quintet/shared/ids'
import { describe, expect, it } from 'vitest'
import { composedOf } from './useComposed.ts'

const ids = (...all: string[]) => all as NoteId[]
const words =
  (texts: Record<string, string>, became: string | null = null, removed = false) =>
  (id: NoteId) => ({ text: texts[id] ?? '', became: became as NoteId | null, removed })

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

  it('stays the one that is being written though another tab made it ready', () => {
    expect(composedOf(ids('b'), 'a' as NoteId, words({ b: 'later' }))).toBe('a')
  })

  it('lets go of one that was shared or removed', () => {
    expect(composedOf(ids('b'), 'a' as NoteId, words({ b: 'later' }, 'n1'))).toBe('b')
    expect(composedOf(ids('b'), 'a' as NoteId, words({ b: 'later' }, null, true))).toBe('b')
  })
})
