import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { expect, test } from 'vitest'
import { parseRecent, type RecentWorkshop, withVisit } from './recent.ts'

const visit = (workshop: string, visited: number): RecentWorkshop => ({
  workshop: workshop as WorkshopId,
  title: `Workshop ${workshop}`,
  role: 'member',
  person: 'p1' as PersonId,
  visited,
})

test.each([null, '', 'not json', '{}', '42', '"text"', 'null'])('what is no list is an empty one: %s', (stored) => {
  expect(parseRecent(stored)).toEqual([])
})

test('malformed entries are passed over and the others stay, newest first', () => {
  const stored = [
    visit('old', 1),
    { ...visit('a', 5), role: 'king' },
    { ...visit('b', 5), workshop: '../../etc' },
    { ...visit('c', 5), workshop: '__proto__' },
    { ...visit('d', 5), title: 'x'.repeat(121) },
    { ...visit('e', 5), visited: 'yesterday' },
    null,
    7,
    { ...visit('new', 9), surplus: true },
  ]
  expect(parseRecent(JSON.stringify(stored)).map((each) => each.workshop)).toEqual(['new', 'old'])
  expect(parseRecent(JSON.stringify(stored))[0]).toEqual(visit('new', 9))
})

test('a workshop is listed once, the list is short, and the newest stands first', () => {
  const many = Array.from({ length: 25 }, (_, index) => visit(`w${index}`, index))
  expect(parseRecent(JSON.stringify(many))).toHaveLength(20)
  const again = withVisit([visit('a', 2), visit('b', 1)], visit('b', 3))
  expect(again.map((each) => each.workshop)).toEqual(['b', 'a'])
  expect(withVisit(many.slice(0, 20), visit('z', 99))).toHaveLength(20)
})
