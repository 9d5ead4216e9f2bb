import type { NoteView } from '@quintet/shared/board'
import { readBoard } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId, PersonId, RequestId, WorkshopId } from '@quintet/shared/ids'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { NotePiece } from './pieces.ts'
import { putBack } from './putBack.ts'
import { forget, isAway, type Kept, keep, markAsked, putAway, readTray } from './tray.ts'
import { keptKeys, watchKept } from './trayKeys.ts'

const OWNER = { workshop: 'w' as WorkshopId, person: 'ines' as PersonId }
const OTHERS = { workshop: 'w' as WorkshopId, person: 'ines2' as PersonId }

function kept(id: string, at = 1): Kept & { readonly piece: NotePiece } {
  const note: NoteView = {
    id: id as NoteId,
    phase: 'gaps',
    author: OWNER.person,
    at,
    text: `words of ${id}`,
    group: null,
    order: 'a0',
    under: null,
    removed: false,
  }
  return {
    piece: { is: 'note', key: `notes/${id} 0`, at, touched: false, note, plan: null },
    handedAt: 9,
    why: null,
    asked: null,
  }
}

beforeEach(() => localStorage.clear())

describe('the tray', () => {
  it('keeps pieces in the order in which they were written, each of a person for themselves', () => {
    keep(OWNER, [kept('b', 2)])
    keep(OWNER, [kept('a', 1)])
    keep(OTHERS, [kept('c')])
    expect(readTray(OWNER)).toEqual([kept('a', 1), kept('b', 2)])
    expect(readTray(OTHERS)).toEqual([kept('c')])
    expect(readTray({ ...OWNER, workshop: 'w2' as WorkshopId })).toEqual([])
  })

  it('holds a piece once, as it was first handed back, however many tabs hand it back', () => {
    keep(OWNER, [kept('a')])
    markAsked(OWNER, 'notes/a 0', 'request' as RequestId)
    keep(OWNER, [kept('a')])
    expect(readTray(OWNER)).toEqual([{ ...kept('a'), asked: 'request' }])
  })

  it('forgets one piece and leaves the others', () => {
    keep(OWNER, [kept('a')])
    keep(OWNER, [kept('b')])
    forget(OWNER, ['notes/a 0'])
    expect(readTray(OWNER)).toEqual([kept('b')])
  })

  it('is put away until something new comes, and forgets that when it is empty', () => {
    keep(OWNER, [kept('a')])
    putAway(OWNER, true)
    expect(isAway(OWNER)).toBe(true)
    expect(readTray(OWNER)).toHaveLength(1)
    keep(OWNER, [kept('b')])
    expect(isAway(OWNER)).toBe(false)
    putAway(OWNER, true)
    forget(OWNER, ['notes/a 0', 'notes/b 0'])
    expect(keptKeys(OWNER)).toEqual([])
  })

  it('tells of every change here, and of those in other tabs', () => {
    const changed = vi.fn()
    const end = watchKept(changed)
    keep(OWNER, [kept('a')])
    keep(OWNER, [kept('b'), kept('c')])
    const here = changed.mock.calls.length
    expect(here).toBe(2)
    dispatchEvent(new StorageEvent('storage'))
    expect(changed.mock.calls.length).toBe(here + 1)
    end()
    forget(OWNER, ['notes/a 0'])
    expect(changed.mock.calls.length).toBe(here + 1)
  })

  it('leaves alone what it cannot read', () => {
    keep(OWNER, [kept('a')])
    localStorage.setItem('quintet-tray w ines notes/x 0', '{"piece":{"is":"of a later version"},"handedAt":1}')
    localStorage.setItem('quintet-tray w ines notes/y 0', 'no json')
    expect(readTray(OWNER)).toEqual([kept('a')])
    expect(localStorage.getItem('quintet-tray w ines notes/x 0')).not.toBeNull()
  })

  it('is kept as long as the page where the browser stores nothing', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    expect(keep(OWNER, [kept('m')])).toBe(false)
    expect(readTray(OWNER)).toEqual([kept('m')])
    forget(OWNER, ['notes/m 0'])
    expect(readTray(OWNER)).toEqual([])
  })
})

it('puts a note back under a fresh id where its own is in use', () => {
  const board = new Y.Doc()
  const { piece } = kept('a')
  addNote({ ...piece.note, text: 'Something else' })(board)
  putBack(piece, () => 'fresh' as NoteId)(board)
  expect([...readBoard(board).notes.values()].map(({ id, text }) => [id, text])).toEqual([
    ['a', 'Something else'],
    ['fresh', 'words of a'],
  ])
})
