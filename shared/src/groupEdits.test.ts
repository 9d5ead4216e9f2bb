import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type NoteView, readBoard } from './board.ts'
import { addNote, EDIT, type Edit, type Inverse, setOwner, targetText, writeText } from './edits.ts'
import { groupNotes, mergeGroups, moveGroup, moveIntoGroup, splitGroup } from './groupEdits.ts'
import { blocksOf } from './groups.ts'
import type { GroupId, NoteId, PersonId } from './ids.ts'
import type { PhaseId } from './phases.ts'

const nid = (id: string) => id as NoteId
const gid = (id: string) => id as GroupId
const newNote = (id: string, phase: PhaseId = 'gaps'): Edit =>
  addNote({ id: nid(id), phase, author: null, at: 1, text: id, order: `a${id}`, under: null })
const placed = (...ids: readonly string[]) => ids.map((id) => [nid(id), `a${id}`] as const)
const grouped = (id: string, notes: readonly string[], phase: PhaseId = 'gaps'): Edit =>
  groupNotes({ id: gid(id), phase, name: '', order: `b${id}` }, placed(...notes))

function boardWith(...edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc()
  for (const edit of edits) edit(doc)
  return doc
}

/** Notes 1 to 6 of Gaps and 7 of Actions; A holds 1 and 2, B holds 3 and 4. */
const NOTES = ['1', '2', '3', '4', '5', '6']
const filled = () =>
  boardWith(
    ...NOTES.map((id) => newNote(id)),
    newNote('7', 'actions'),
    grouped('A', ['1', '2']),
    grouped('B', ['3', '4']),
  )

function done(doc: Y.Doc, edit: Edit): Inverse {
  const inverse = edit(doc)
  if (!inverse) throw new Error('The edit had no effect')
  return inverse
}

function merge(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), 'merge')
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), 'merge')
}

function twin(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  merge(copy, doc)
  return copy
}

function append(doc: Y.Doc, id: string, words: string): void {
  const text = targetText(doc, { of: 'group', id: gid(id) })
  if (text) writeText(text, { at: text.length, remove: 0, insert: words })
}

/** The wall in a line: `A(1 2) 5 6`. */
function wall(doc: Y.Doc, phase: PhaseId = 'gaps'): string {
  const blocks = blocksOf(readBoard(doc), phase)
  const idsOf = (notes: readonly NoteView[]) => notes.map(({ id }) => id).join(' ')
  return blocks
    .map((each) => (each.kind === 'note' ? each.note.id : `${each.group.id}(${idsOf(each.notes)})`))
    .join(' ')
}

function sends(doc: Y.Doc, act: () => void): unknown[] {
  const origins: unknown[] = []
  const listen = (_: Uint8Array, origin: unknown) => origins.push(origin)
  doc.on('update', listen)
  act()
  doc.off('update', listen)
  return origins
}

const EDITS: readonly (readonly [name: string, edit: Edit, wall: string])[] = [
  ['group loose notes', grouped('C', ['6', '5']), 'A(1 2) B(3 4) C(5 6)'],
  ['group notes out of groups', grouped('C', ['2', '3', '5']), '6 A(1) B(4) C(2 3 5)'],
  ['put into a group', moveIntoGroup(gid('A'), placed('3', '5')), '6 A(1 2 3 5) B(4)'],
  ['move a group', moveGroup(gid('A'), 'c'), '5 6 B(3 4) A(1 2)'],
  ['merge groups', mergeGroups(gid('A'), gid('B')), '5 6 B(1 2 3 4)'],
  ['split a group', splitGroup(gid('A'), placed('1', '2')), '1 2 5 6 B(3 4)'],
]

describe.each(EDITS)('the edit: %s', (_, edit, expected) => {
  it('is one transaction of our own origin, and does what it says', () => {
    const doc = filled()
    expect(wall(doc)).toBe('5 6 A(1 2) B(3 4)')
    expect(sends(doc, () => edit(doc))).toEqual([EDIT])
    expect(wall(doc)).toBe(expected)
  })

  it('writes nothing when it changes nothing, or what it speaks of is not there', () => {
    const doc = filled()
    edit(doc)
    expect(sends(doc, () => expect(edit(doc)).toBeNull())).toEqual([])
  })

  it('is taken back by its inverse, done again by the inverse of that, and so on', () => {
    const doc = filled()
    let next = done(doc, edit)
    for (const each of ['5 6 A(1 2) B(3 4)', expected, '5 6 A(1 2) B(3 4)', expected]) {
      next = done(doc, next.apply)
      expect(wall(doc)).toBe(each)
    }
  })

  it('is not taken back twice', () => {
    const doc = filled()
    const inverse = done(doc, edit)
    inverse.apply(doc)
    expect(inverse.apply(doc)).toBeNull()
  })
})

describe('grouping', () => {
  it('of actions brings an empty plan for the group, of anything else none', () => {
    const doc = boardWith(newNote('7', 'actions'), grouped('C', ['7'], 'actions'))
    expect(readBoard(doc).plan.get(gid('C'))).toMatchObject({ owner: null, due: null, status: 'open' })
    expect(readBoard(filled()).plan.has(gid('A'))).toBe(false)
  })

  it('does nothing under an id that is taken', () => {
    const doc = filled()
    expect(sends(doc, () => expect(grouped('A', ['5'])(doc)).toBeNull())).toEqual([])
  })

  it('into a group that is gone does nothing', () => {
    const doc = filled()
    splitGroup(gid('A'), placed('1', '2'))(doc)
    for (const id of ['A', 'none']) expect(moveIntoGroup(gid(id), placed('5'))(doc)).toBeNull()
    expect(wall(doc)).toBe('1 2 5 6 B(3 4)')
  })

  it('of the same notes by two people at once leaves each note in one of the groups', () => {
    const here = filled()
    const there = twin(here)
    grouped('C', ['4', '5', '6'])(here)
    grouped('D', ['5', '6', '1'])(there)
    merge(here, there)
    expect(wall(here)).toBe(wall(there))
    expect(wall(here)).toMatch(/^A\(2\) B\(3\) C\(4( 5)?( 6)?\) D\(1( 5)?( 6)?\)$/)
    for (const id of ['5', '6']) expect(wall(here).split(id)).toHaveLength(2)
  })

  it.each([
    ['named the group', (doc: Y.Doc) => append(doc, 'C', 'Waiting')],
    ['merged the group', (doc: Y.Doc) => mergeGroups(gid('C'), gid('A'))(doc)],
  ])('is not taken back once a colleague %s', (_, act) => {
    const here = filled()
    const inverse = done(here, grouped('C', ['5', '6']))
    const there = twin(here)
    act(there)
    merge(here, there)
    const before = readBoard(here)
    expect(sends(here, () => expect(inverse.apply(here)).toBeNull())).toEqual([])
    expect(readBoard(here)).toEqual(before)
  })

  it('of actions is not taken back once a colleague planned the group', () => {
    const here = boardWith(newNote('7', 'actions'))
    const inverse = done(here, grouped('C', ['7'], 'actions'))
    setOwner(gid('C'), { person: 'ines' as PersonId })(here)
    expect(inverse.apply(here)).toBeNull()
    expect(wall(here, 'actions')).toBe('C(7)')
  })

  it('is taken back once more after it was done again, and still not once it was named meanwhile', () => {
    const doc = filled()
    const again = done(doc, done(doc, grouped('C', ['5', '6'])).apply)
    const inverse = done(doc, again.apply)
    append(doc, 'C', 'Waiting')
    expect(inverse.apply(doc)).toBeNull()
    expect(wall(doc)).toBe('A(1 2) B(3 4) C(5 6)')
  })

  it('when taken back leaves a group into which a colleague put a note, and their note in it', () => {
    const here = filled()
    const inverse = done(here, grouped('C', ['5', '6']))
    const there = twin(here)
    moveIntoGroup(gid('C'), placed('4'))(there)
    merge(here, there)
    inverse.apply(here)
    expect(wall(here)).toBe('5 6 A(1 2) B(3) C(4)')
  })
})

describe('merging', () => {
  it('both ways at once leaves one group, the same for everyone', () => {
    const here = filled()
    const there = twin(here)
    const ours = done(here, mergeGroups(gid('A'), gid('B')))
    mergeGroups(gid('B'), gid('A'))(there)
    merge(here, there)
    expect(wall(here)).toBe('5 6 A(1 2 3 4)')
    expect(wall(there)).toBe(wall(here))
    ours.apply(here)
    expect(wall(here)).toBe('5 6 A(1 2 3 4)')
  })

  it('of what was merged both ways takes all of it along', () => {
    const doc = filled()
    const there = twin(doc)
    mergeGroups(gid('A'), gid('B'))(doc)
    mergeGroups(gid('B'), gid('A'))(there)
    merge(doc, there)
    grouped('C', ['5'])(doc)
    mergeGroups(gid('B'), gid('C'))(doc)
    expect(wall(doc)).toBe('6 C(1 2 3 4 5)')
  })

  it('keeps both names', () => {
    const doc = filled()
    append(doc, 'A', 'Waiting')
    append(doc, 'B', 'Asking')
    const inverse = done(doc, mergeGroups(gid('A'), gid('B')))
    expect(blocksOf(readBoard(doc), 'gaps').at(-1)).toMatchObject({ group: { name: 'Asking' } })
    inverse.apply(doc)
    expect(readBoard(doc).groups.get(gid('A'))?.name).toBe('Waiting')
  })

  it('of a group with itself, with what it is part of, with what is gone, or across phases does nothing', () => {
    const doc = filled()
    grouped('C', ['7'], 'actions')(doc)
    grouped('D', ['5'])(doc)
    mergeGroups(gid('D'), gid('A'))(doc)
    for (const [from, into] of [
      ['A', 'A'],
      ['A', 'D'],
      ['D', 'A'],
      ['A', 'none'],
      ['none', 'A'],
      ['A', 'C'],
    ] as const)
      expect([from, into, sends(doc, () => mergeGroups(gid(from), gid(into))(doc))]).toEqual([from, into, []])
  })
})

describe('splitting', () => {
  it('brings home the notes of groups that were merged into it, and taking it back brings all back', () => {
    const doc = filled()
    mergeGroups(gid('A'), gid('B'))(doc)
    const inverse = done(doc, splitGroup(gid('B'), placed('1', '2', '3', '4')))
    expect(wall(doc)).toBe('1 2 3 4 5 6')
    inverse.apply(doc)
    expect(wall(doc)).toBe('5 6 B(1 2 3 4)')
  })

  it('leaves loose on the wall what a colleague put in at the same moment', () => {
    const here = filled()
    const there = twin(here)
    splitGroup(gid('A'), placed('1', '2'))(here)
    moveIntoGroup(gid('A'), placed('5'))(there)
    mergeGroups(gid('B'), gid('A'))(there)
    merge(here, there)
    expect(wall(here)).toBe('1 2 3 4 5 6')
    expect(wall(there)).toBe(wall(here))
  })

  it('of a group that stands in another, or is gone, does nothing', () => {
    const doc = filled()
    mergeGroups(gid('A'), gid('B'))(doc)
    for (const id of ['A', 'none'])
      expect(sends(doc, () => expect(splitGroup(gid(id), placed('1'))(doc)).toBeNull())).toEqual([])
  })

  it('when taken back leaves a note where a colleague has put it since', () => {
    const here = filled()
    const inverse = done(here, splitGroup(gid('A'), placed('1', '2')))
    moveIntoGroup(gid('B'), placed('2'))(here)
    inverse.apply(here)
    expect(wall(here)).toBe('5 6 A(1) B(2 3 4)')
  })
})
