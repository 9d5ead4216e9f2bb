import { type NoteView, type OutcomeId, readBoard, wallOf } from '@quintet/shared/board'
import { addNote, hangNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { keyAt } from '@quintet/shared/order'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { moveBy, type NoteList, putNote } from './lists.ts'

const WALL: NoteList = { kind: 'wall', phase: 'gaps' }
const UNHUNG: NoteList = { kind: 'unhung', phase: 'gaps', ranked: false }
const under = (parent: string): NoteList => ({
  kind: 'under',
  phase: 'gaps',
  parent: parent as OutcomeId,
  ranked: false,
})
const id = (name: string) => name as NoteId

/** A board of gaps `a` to `e`: a and b hang under s, c under t, d and e under nothing. */
function board() {
  const doc = new Y.Doc()
  const parents: Record<string, string | null> = { a: 's', b: 's', c: 't', d: null, e: null }
  for (const [name, parent] of Object.entries(parents)) {
    const order = keyAt(wallOf(readBoard(doc), 'gaps'), Number.POSITIVE_INFINITY)
    addNote({ id: id(name), phase: 'gaps', author: null, at: 0, text: name, order, under: parent as OutcomeId })(doc)
  }
  const notes = () => wallOf(readBoard(doc), 'gaps')
  const standing = (list: NoteList): readonly NoteView[] => {
    if (list.kind === 'wall') return notes()
    const parent = list.kind === 'under' ? list.parent : null
    return notes().filter((note) => note.under === parent)
  }
  const note = (name: string) => {
    const found = notes().find((each) => each.id === name)
    if (!found) throw new Error(`no note ${name}`)
    return found
  }
  const names = (list: NoteList) =>
    standing(list)
      .map((each) => each.id)
      .join('')
  return { doc, standing, note, names }
}

describe('putNote', () => {
  it.each([
    { note: 'a', into: WALL, index: 2, list: WALL, after: 'bcade' },
    { note: 'e', into: WALL, index: 0, list: WALL, after: 'eabcd' },
    { note: 'a', into: WALL, index: 99, list: WALL, after: 'bcdea' },
    { note: 'd', into: under('s'), index: 1, list: under('s'), after: 'adb' },
    { note: 'd', into: under('t'), index: 0, list: under('t'), after: 'dc' },
    { note: 'a', into: under('t'), index: 5, list: under('t'), after: 'ca' },
    { note: 'a', into: UNHUNG, index: 1, list: UNHUNG, after: 'dae' },
    { note: 'b', into: under('s'), index: 0, list: under('s'), after: 'ba' },
  ])('puts $note at $index', ({ note, into, index, list, after }) => {
    const { doc, standing, note: read, names } = board()
    putNote(read(note), into, standing(into), index)?.(doc)
    expect(names(list)).toBe(after)
  })

  it.each([
    { note: 'a', into: WALL, index: 0 },
    { note: 'b', into: under('s'), index: 1 },
    { note: 'e', into: WALL, index: 99 },
  ])('is nothing where $note already stands at $index', ({ note, into, index }) => {
    const { standing, note: read } = board()
    expect(putNote(read(note), into, standing(into), index)).toBeNull()
  })

  it('hangs a note last where votes give the order, and moves none that hangs there', () => {
    const { doc, standing, note, names } = board()
    const ranked: NoteList = { kind: 'under', phase: 'gaps', parent: 's' as OutcomeId, ranked: true }
    expect(putNote(note('b'), ranked, standing(ranked), 0)).toBeNull()
    putNote(note('d'), ranked, standing(ranked), 0)?.(doc)
    expect(names(ranked)).toBe('abd')
  })

  it('writes place and thread as one edit, with one inverse', () => {
    const { doc, standing, note, names } = board()
    const inverse = putNote(note('d'), under('s'), standing(under('s')), 0)?.(doc)
    expect(names(under('s'))).toBe('dab')
    inverse?.apply(doc)
    expect(names(WALL)).toBe('abcde')
    expect(note('d').under).toBeNull()
  })

  it('keeps a link to something removed when the note only changes its place in the tray', () => {
    const { doc, note } = board()
    hangNote(id('e'), 'gone' as OutcomeId)(doc)
    putNote(note('e'), UNHUNG, [note('d'), note('e')], 0)?.(doc)
    expect(note('e').under).toBe('gone')
  })
})

describe('moveBy', () => {
  it.each([
    { note: 'b', list: WALL, by: -1 as const, after: 'bacde' },
    { note: 'b', list: WALL, by: 1 as const, after: 'acbde' },
    { note: 'a', list: under('s'), by: 1 as const, after: 'ba' },
    { note: 'a', list: under('s'), by: -1 as const, after: 'ab' },
    { note: 'e', list: WALL, by: 1 as const, after: 'abcde' },
  ])('moves $note by $by', ({ note, list, by, after }) => {
    const { doc, standing, note: read, names } = board()
    moveBy(read(note), list, standing(list), by)?.(doc)
    expect(names(list)).toBe(after)
  })
})
