import type { OutcomeId } from '@quintet/shared/board'
import { describe, expect, it } from 'vitest'
import { type Box, type DropTarget, dropAt, type ListOnScreen, neighbour, placeAt, stepPlace } from './dropPlace.ts'

/** Boxes of 100 × 50 with gaps of 10, `across` in a row, from the given corner. */
function boxes(count: number, across: number, left = 0, top = 0): Box[] {
  return Array.from({ length: count }, (_, index) => {
    const x = left + (index % across) * 110
    const y = top + Math.floor(index / across) * 60
    return { left: x, top: y, right: x + 100, bottom: y + 50 }
  })
}

const grid: ListOnScreen = {
  key: 'wall',
  flow: 'grid',
  box: { left: 0, top: 0, right: 320, bottom: 170 },
  others: boxes(7, 3),
}
const column = (key: string, left: number, count: number): ListOnScreen => ({
  key,
  flow: 'column',
  box: { left, top: 0, right: left + 100, bottom: 400 },
  others: boxes(count, 1, left, 100),
})

describe('placeAt', () => {
  it.each([
    { name: 'left half of the first', x: 20, y: 20, index: 0 },
    { name: 'right half of the first', x: 80, y: 20, index: 1 },
    { name: 'between second and third', x: 215, y: 20, index: 2 },
    { name: 'after the end of a row', x: 319, y: 20, index: 3 },
    { name: 'start of the second row', x: 5, y: 70, index: 3 },
    { name: 'in the gap between rows', x: 160, y: 55, index: 3 },
    { name: 'after the last', x: 200, y: 160, index: 7 },
    { name: 'a little below the list', x: 50, y: 200, index: 7 },
  ])('on a wall: $name', ({ x, y, index }) => {
    expect(placeAt(x, y, [grid])).toEqual({ key: 'wall', index })
  })

  it.each([
    { name: 'over the heading of a column', x: 50, y: 20, place: { key: 'a', index: 0 } },
    { name: 'lower half of its first note', x: 50, y: 140, place: { key: 'a', index: 1 } },
    { name: 'below its notes', x: 50, y: 380, place: { key: 'a', index: 2 } },
    { name: 'an empty column', x: 170, y: 300, place: { key: 'b', index: 0 } },
    { name: 'between two columns, nearer to the second', x: 112, y: 110, place: { key: 'b', index: 0 } },
    { name: 'far from everything', x: 900, y: 110, place: null },
  ])('in columns: $name', ({ x, y, place }) => {
    expect(placeAt(x, y, [column('a', 0, 2), column('b', 120, 0)])).toEqual(place)
  })
})

describe('dropAt', () => {
  const ids = (names: string) => [...names].map((name) => name as OutcomeId)
  /** Loose notes a, b, c in a row; beside them a group of d and e, with a head of 40 px. */
  const loose: DropTarget = {
    key: 'wall',
    flow: 'grid',
    box: { left: 0, top: 0, right: 320, bottom: 50 },
    others: boxes(3, 3),
    ids: ids('abc'),
    takesOnto: true,
    takesBetween: true,
  }
  const group: DropTarget = {
    key: 'group g',
    flow: 'grid',
    box: { left: 400, top: 0, right: 640, bottom: 100 },
    others: boxes(2, 2, 410, 40),
    ids: ids('de'),
    takesOnto: false,
    takesBetween: true,
  }
  const into = (key: string, index: number, last: string | null, next: string | null) => ({
    is: 'between',
    key,
    index,
    last,
    next,
  })

  it.each([
    { name: 'the middle of a note', x: 50, y: 20, drop: { is: 'onto', key: 'wall', id: 'a' } },
    { name: 'its left quarter', x: 20, y: 20, drop: into('wall', 0, null, 'a') },
    { name: 'its right quarter', x: 80, y: 20, drop: into('wall', 1, 'a', 'b') },
    { name: 'behind the last', x: 330, y: 20, drop: into('wall', 3, 'c', null) },
    { name: 'a little under a note', x: 50, y: 54, drop: into('wall', 3, 'c', null) },
    { name: 'the head of a group', x: 500, y: 20, drop: into('group g', 0, null, 'd') },
    { name: 'the middle of a note in a group', x: 470, y: 60, drop: into('group g', 1, 'd', 'e') },
    { name: 'under the notes of a group', x: 470, y: 95, drop: into('group g', 2, 'e', null) },
    { name: 'far from everything', x: 900, y: 900, drop: null },
  ])('means $name', ({ x, y, drop }) => {
    expect(dropAt(x, y, [loose, group])).toEqual(drop)
  })

  it('goes into the inner one of two lists', () => {
    const around = { ...loose, key: 'around', box: { left: 0, top: 0, right: 900, bottom: 900 }, others: [], ids: [] }
    expect(dropAt(500, 20, [group, around])).toMatchObject({ key: 'group g' })
    expect(dropAt(500, 20, [around, group])).toMatchObject({ key: 'group g' })
  })

  it('takes no place by hand where votes give the order, and still groups', () => {
    const sorted = { ...loose, key: 'sorted', takesBetween: false }
    expect(dropAt(20, 20, [sorted])).toEqual(into('sorted', 3, null, null))
    expect(dropAt(50, 20, [sorted])).toEqual({ is: 'onto', key: 'sorted', id: 'a' })
  })
})

describe('stepPlace', () => {
  const columns = [column('a', 0, 2), column('b', 120, 0)]
  const rows = [grid, { ...grid, key: 'next' }]
  it.each([
    { from: { key: 'wall', index: 3 }, key: 'ArrowRight' as const, lists: [grid], to: { key: 'wall', index: 4 } },
    { from: { key: 'wall', index: 0 }, key: 'ArrowLeft' as const, lists: [grid], to: { key: 'wall', index: 0 } },
    { from: { key: 'wall', index: 7 }, key: 'ArrowDown' as const, lists: [grid], to: { key: 'wall', index: 7 } },
    { from: { key: 'wall', index: 7 }, key: 'ArrowRight' as const, lists: rows, to: { key: 'next', index: 0 } },
    { from: { key: 'next', index: 0 }, key: 'ArrowLeft' as const, lists: rows, to: { key: 'wall', index: 7 } },
    { from: { key: 'a', index: 2 }, key: 'ArrowUp' as const, lists: columns, to: { key: 'a', index: 1 } },
    { from: { key: 'a', index: 2 }, key: 'ArrowRight' as const, lists: columns, to: { key: 'b', index: 0 } },
    { from: { key: 'b', index: 0 }, key: 'ArrowRight' as const, lists: columns, to: { key: 'b', index: 0 } },
    { from: { key: 'b', index: 0 }, key: 'ArrowLeft' as const, lists: columns, to: { key: 'a', index: 0 } },
  ])('$key from $from.key $from.index', ({ from, key, lists, to }) => {
    expect(stepPlace(from, key, lists)).toEqual(to)
  })
})

describe('neighbour', () => {
  it.each([
    { from: 0, key: 'ArrowRight' as const, to: 1 },
    { from: 0, key: 'ArrowDown' as const, to: 3 },
    { from: 4, key: 'ArrowUp' as const, to: 1 },
    { from: 4, key: 'ArrowLeft' as const, to: 3 },
    { from: 0, key: 'ArrowUp' as const, to: undefined },
    { from: 2, key: 'ArrowRight' as const, to: undefined },
  ])('$key from $from', ({ from, key, to }) => {
    expect(neighbour(grid.others, from, key)).toBe(to)
  })
})
