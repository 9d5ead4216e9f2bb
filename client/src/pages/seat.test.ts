import type { PersonId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import { chooseSeat } from './seat.ts'

const id = (text: string) => text as PersonId
const seats = [{ id: id('a') }, { id: id('b') }, { id: id('c') }]

test.each([
  // this tab's, last used → the seat
  ['b', 'c', 'b'],
  [null, 'c', 'c'],
  ['gone', 'c', 'c'],
  [null, null, 'a'],
  ['gone', 'gone', 'a'],
])('a tab with seat %s and last used %s sits on %s', (tab, last, seat) => {
  expect(chooseSeat(seats, tab === null ? null : id(tab), last === null ? null : id(last))?.id).toBe(seat)
})

test('without seats there is none', () => {
  expect(chooseSeat([], id('a'), id('b'))).toBeUndefined()
})
