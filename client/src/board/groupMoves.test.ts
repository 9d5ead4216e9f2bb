import { type OutcomeId, readBoard, readGroup } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import { blocksOf, outcomeOf } from '@quintet/shared/groups'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import { compareOrder } from '@quintet/shared/order'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { groupOnto, merge, newGroup, putGroup, split } from './groupMoves.ts'
import { keysAt } from './lists.ts'

const NEW = 'new' as GroupId

/** A wall of gaps: group `g` of a and b, loose c, group `h` of d, loose e; written as `g(ab) c h(d) e`. */
function wall() {
  const doc = new Y.Doc()
  const keys = keysAt(
    [],
    0,
    [...'agbchde'].map((id) => ({ id })),
  )
  const order = Object.fromEntries([...'agbchde'].map((id, at) => [id, keys[at] as string]))
  for (const id of 'abcde')
    addNote({
      id: id as NoteId,
      phase: 'gaps',
      author: null,
      at: 0,
      text: id,
      order: order[id] as string,
      under: null as OutcomeId | null,
    })(doc)
  newGroup([note('a'), note('b')], { id: 'g' as GroupId, name: 'g', order: order.g as string })?.(doc)
  newGroup([note('d')], { id: 'h' as GroupId, name: 'h', order: order.h as string })?.(doc)

  function note(id: string) {
    const found = readBoard(doc).notes.get(id as NoteId)
    if (!found) throw new Error(`no note ${id}`)
    return found
  }
  const group = (id: string) => {
    const found = readGroup(id, doc.getMap('groups').get(id))
    if (!found) throw new Error(`no group ${id}`)
    return found
  }
  const notes = (ids: string) => [...ids].map(note)
  const blocks = () => blocksOf(readBoard(doc), 'gaps')
  const outcomes = () => blocks().map(outcomeOf)
  const groups = () => outcomes().filter((each) => 'into' in each)
  const members = (id: string) =>
    blocks().flatMap((block) => (block.kind === 'group' && block.group.id === id ? block.notes : []))
  const onto = (id: string) => outcomes().find((each) => each.id === id) ?? note(id)
  const reads = () =>
    blocks()
      .map((block) =>
        block.kind === 'note' ? block.note.id : `${block.group.id}(${block.notes.map(({ id }) => id).join('')})`,
      )
      .join(' ')
  return { doc, note, group, notes, groups, members, outcomes, onto, reads }
}

it('begins as it is described', () => {
  expect(wall().reads()).toBe('g(ab) c h(d) e')
})

describe('groupOnto', () => {
  it.each([
    {
      name: 'a loose note onto a loose one: a group where that stood',
      notes: 'e',
      onto: 'c',
      after: 'g(ab) new(ce) h(d)',
    },
    { name: 'two onto a loose one, in their order', notes: 'eb', onto: 'c', after: 'g(a) new(ceb) h(d)' },
    { name: 'a selection onto one of itself', notes: 'ce', onto: 'c', after: 'g(ab) new(ce) h(d)' },
    { name: 'a loose note onto a group: behind its notes', notes: 'c', onto: 'g', after: 'g(abc) h(d) e' },
    { name: 'several onto a group', notes: 'ce', onto: 'h', after: 'g(ab) h(dce)' },
    { name: 'one of another group', notes: 'a', onto: 'h', after: 'g(b) c h(da) e' },
    { name: 'the last of a group: the empty one goes', notes: 'd', onto: 'g', after: 'g(abd) c e' },
    { name: 'some that are in it already', notes: 'ac', onto: 'g', after: 'g(abc) h(d) e' },
  ])('$name', ({ notes, onto, after }) => {
    const board = wall()
    const change = groupOnto(board.notes(notes), board.onto(onto), board.members(onto), NEW)
    const inverse = change?.(board.doc)
    expect(board.reads()).toBe(after)
    inverse?.apply(board.doc)
    expect(board.reads()).toBe('g(ab) c h(d) e')
  })

  it.each([
    { name: 'a note onto its own group', notes: 'a', onto: 'g' },
    { name: 'a note onto itself', notes: 'c', onto: 'c' },
  ])('is nothing for $name', ({ notes, onto }) => {
    const board = wall()
    expect(groupOnto(board.notes(notes), board.onto(onto), board.members(onto), NEW)).toBeNull()
  })
})

describe('putGroup', () => {
  it.each([
    { group: 'h', index: 0, after: 'h(d) g(ab) c e' },
    { group: 'g', index: 1, after: 'c h(d) g(ab) e' },
    { group: 'g', index: 9, after: 'c h(d) g(ab) e' },
  ])('puts $group at $index of the groups, and back', ({ group, index, after }) => {
    const board = wall()
    const inverse = putGroup(board.group(group), board.groups(), index)?.(board.doc)
    expect([...board.reads().matchAll(/[gh]\(\w+\)/g)].join(' ')).toBe([...after.matchAll(/[gh]\(\w+\)/g)].join(' '))
    inverse?.apply(board.doc)
    expect(board.reads()).toBe('g(ab) c h(d) e')
  })

  it('is nothing where it stands', () => {
    const board = wall()
    expect(putGroup(board.group('h'), board.groups(), 1)).toBeNull()
  })
})

describe('merge and split', () => {
  it('merges one group into another, and takes it back', () => {
    const board = wall()
    const inverse = merge(board.group('h'), board.group('g'))?.(board.doc)
    expect(
      board
        .members('g')
        .map(({ id }) => id)
        .sort()
        .join(''),
    ).toBe('abd')
    expect(board.reads()).not.toContain('h(')
    inverse?.apply(board.doc)
    expect(board.reads()).toBe('g(ab) c h(d) e')
  })

  it('merges nothing into itself', () => {
    const board = wall()
    expect(merge(board.group('g'), board.group('g'))).toBeNull()
  })

  it('splits a group where it stood, its notes in their order', () => {
    const board = wall()
    const inverse = split(board.group('g'), board.members('g'), board.outcomes())(board.doc)
    expect(board.reads()).toBe('a b c h(d) e')
    inverse?.apply(board.doc)
    expect(board.reads()).toBe('g(ab) c h(d) e')
  })

  it('splits what was merged: all of its notes stand alone', () => {
    const board = wall()
    merge(board.group('h'), board.group('g'))?.(board.doc)
    split(board.group('g'), board.members('g'), board.outcomes())(board.doc)
    expect(board.reads().split(' ').sort().join(' ')).toBe('a b c d e')
  })
})

describe('keysAt', () => {
  it('gives as many keys as there are things, in order, between their neighbours', () => {
    const [low, high] = keysAt([], 0, [{ id: 'x' }, { id: 'y' }])
    const others = [
      { id: 'x', order: low as string },
      { id: 'y', order: high as string },
    ]
    const things = ['p', 'q', 'r'].map((id) => ({ id }))
    const keys = keysAt(others, 1, things)
    const all = [...others, ...things.map(({ id }, at) => ({ id, order: keys[at] as string }))].sort(compareOrder)
    expect(all.map(({ id }) => id).join('')).toBe('xpqry')
  })
})
