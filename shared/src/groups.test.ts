import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { boardRoot, type GroupView, type NoteView, type OutcomeId, readBoard } from './board.ts'
import { addNote, moveNote, removeNote } from './edits.ts'
import { groupNotes, mergeGroups, splitGroup } from './groupEdits.ts'
import { blocksOf, groupOf, isGroup, outcomeOf, sourceOf, standsAs, targetOf, wordsOf } from './groups.ts'
import type { GroupId, NoteId } from './ids.ts'
import { hasNotes, liveSource } from './standing.ts'
import { groupWith, noteOf } from './workshop.fixture.ts'

const gid = (id: string) => id as GroupId
const nid = (id: string) => id as NoteId
const within = (group: string) => ({ group: gid(group) })

const boardOf = (notes: readonly NoteView[], groups: readonly GroupView[] = []) => ({
  notes: new Map(notes.map((note) => [note.id, note])),
  groups: new Map(groups.map((group) => [group.id, group])),
  plan: new Map(),
})

/** 1 and 2 in A, which is merged into B with 3; 4 in a group that was removed, 5 in one that is not there, 6 loose. */
const BOARD = boardOf(
  [
    noteOf('1', 'gaps', within('A')),
    noteOf('2', 'gaps', within('A')),
    noteOf('3', 'gaps', within('B')),
    noteOf('4', 'gaps', within('R')),
    noteOf('5', 'gaps', within('none')),
    noteOf('6', 'gaps'),
    noteOf('7', 'gaps', { removed: true, ...within('B') }),
    noteOf('8', 'actions', within('B')),
  ],
  [
    groupWith('A', 'gaps', { into: gid('B'), removed: true }),
    groupWith('B', 'gaps'),
    groupWith('R', 'gaps', { removed: true }),
    groupWith('E', 'gaps'),
  ],
)

describe('what stands on a wall', () => {
  it('is each loose note and each group with its notes, in order; a note whose group is gone is loose', () => {
    const said = blocksOf(BOARD, 'gaps').map((each) => [
      outcomeOf(each).id,
      each.kind === 'group' ? each.notes.map(({ id }) => id) : [],
    ])
    expect(said).toEqual([
      ['4', []],
      ['5', []],
      ['6', []],
      ['B', ['1', '2', '3']],
    ])
    expect(blocksOf(BOARD, 'actions').map((each) => outcomeOf(each).id)).toEqual(['8'])
  })

  it('is found for each id: a note as its group, a merged group as the one that is left', () => {
    const source = sourceOf(BOARD)
    const as = (id: string) => standsAs(id as OutcomeId, source)?.id
    expect(['1', '3', '4', '5', '6', '7', '8', 'A', 'B', 'R', 'E', 'none'].map((id) => [id, as(id)])).toEqual([
      ['1', 'B'],
      ['3', 'B'],
      ['4', '4'],
      ['5', '5'],
      ['6', '6'],
      ['7', undefined],
      ['8', '8'],
      ['A', 'B'],
      ['B', 'B'],
      ['R', undefined],
      ['E', 'E'],
      ['none', undefined],
    ])
    for (const note of BOARD.notes.values())
      if (!note.removed) expect(groupOf(note, source)?.id ?? note.id).toBe(as(note.id))
  })

  it('is told apart: a group, or a note', () => {
    expect(blocksOf(BOARD, 'gaps').map((each) => isGroup(outcomeOf(each)))).toEqual([false, false, false, true])
  })

  it('takes no dot where nobody sees it', () => {
    const filled = new Set(['B'])
    const on = (id: string) => targetOf(id as OutcomeId, sourceOf(BOARD), (group) => filled.has(group))?.id
    expect(['1', 'A', 'E', '6', '7'].map(on)).toEqual(['B', 'B', undefined, '6', undefined])
  })
})

describe('the words of an outcome', () => {
  it.each([
    ['a note', noteOf('1', 'gaps', { text: 'Slow' }), undefined, 'Slow'],
    ['a group with a name', groupWith('A', 'gaps', { name: 'Waiting' }), noteOf('1', 'gaps'), 'Waiting'],
    ['a group without a name', groupWith('A', 'gaps', { name: ' \n' }), noteOf('1', 'gaps', { text: 'Slow' }), 'Slow'],
    ['a group of which no note is known', groupWith('A', 'gaps'), undefined, ''],
  ])('are those of %s', (_, outcome, first, words) => {
    expect(wordsOf(outcome, first)).toBe(words)
  })
})

describe('a board that is not read whole', () => {
  const doc = new Y.Doc()
  const add = (id: string, phase: 'gaps' | 'actions' = 'gaps') =>
    addNote({ id: nid(id), phase, author: null, at: 1, text: id, order: id, under: null })(doc)
  for (const id of ['1', '2', '3']) add(id)
  const group = (id: string, ...notes: readonly string[]) =>
    groupNotes(
      { id: gid(id), phase: 'gaps', name: '', order: id },
      notes.map((each) => [nid(each), each]),
    )(doc)
  group('A', '1')
  group('B', '2')
  group('C')

  it('gives the same views', () => {
    const [live, whole] = [liveSource(doc), sourceOf(readBoard(doc))]
    for (const id of ['1', '2', '3', 'none']) expect(live.note(nid(id))).toEqual(whole.note(nid(id)))
    for (const id of ['A', 'B', 'C', 'none']) expect(live.group(gid(id))).toEqual(whole.group(gid(id)))
  })

  it('says whether a group has notes, as the wall does, whatever becomes of them', () => {
    const check = () => {
      const shown = new Set(blocksOf(readBoard(doc), 'gaps').map((each) => outcomeOf(each).id))
      for (const id of ['A', 'B', 'C', 'none']) {
        const stands = standsAs(gid(id), liveSource(doc))
        expect([id, hasNotes(doc, gid(id))]).toEqual([id, stands !== undefined && shown.has(stands.id)])
      }
    }
    check()
    expect(hasNotes(doc, gid('C'))).toBe(false)
    mergeGroups(gid('A'), gid('B'))(doc)
    check()
    removeNote(nid('2'))(doc)
    check()
    expect(hasNotes(doc, gid('B'))).toBe(true)
    moveNote(nid('1'), { group: null, order: 'a' })(doc)
    check()
    expect(hasNotes(doc, gid('B'))).toBe(false)
    add('8', 'actions')
    moveNote(nid('8'), { group: gid('B'), order: 'a' })(doc)
    check()
    splitGroup(gid('B'), [])(doc)
    check()
    boardRoot(doc, 'notes').set('odd', 'text' as never)
    check()
  })
})
