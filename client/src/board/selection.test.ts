import type { NoteId } from '@quintet/shared/ids'
import { beforeEach, expect, it } from 'vitest'
import { between, clearSelection, selectAlso, selectedWith, toggleSelected, useSelection } from './selection.ts'

const ids = (names: string) => [...names].map((name) => name as NoteId)
const id = (name: string) => name as NoteId
const selected = () => [...useSelection.getState().ids].join('')

beforeEach(() => void clearSelection())

it('takes a note in and lets it go again, and says how many there are', () => {
  expect(toggleSelected(id('a'))).toBe(1)
  expect(toggleSelected(id('b'))).toBe(2)
  expect(toggleSelected(id('a'))).toBe(1)
  expect(selected()).toBe('b')
})

it('takes in several beside those that are', () => {
  toggleSelected(id('c'))
  expect(selectAlso(ids('bcd'))).toBe(3)
  expect(selected()).toBe('cbd')
})

it('says whether there was anything to let go of', () => {
  expect(clearSelection()).toBe(false)
  toggleSelected(id('a'))
  expect(clearSelection()).toBe(true)
  expect(selected()).toBe('')
})

it('is about all that are selected, in the order of the wall, for one of them; else about one alone', () => {
  selectAlso(ids('ca'))
  expect(selectedWith(id('c'), ids('abcd')).join('')).toBe('ac')
  expect(selectedWith(id('b'), ids('abcd')).join('')).toBe('b')
})

it.each([
  { from: 'b', to: 'd', notes: 'bcd' },
  { from: 'd', to: 'b', notes: 'bcd' },
  { from: 'b', to: 'b', notes: 'b' },
  { from: 'gone', to: 'b', notes: 'b' },
])('reaches from $from to $to', ({ from, to, notes }) => {
  expect(between(id(from), id(to), ids('abcde')).join('')).toBe(notes)
})
