import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import type { OutcomeId } from '@quintet/shared/board'
import { moveNote, removeNote, type TextTarget, targetText } from '@quintet/shared/edits'
import { splitGroup } from '@quintet/shared/groupEdits'
import type { NoteId } from '@quintet/shared/ids'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import * as Y from 'yjs'
import { type Alone, goTo, INES, put, putGroup, putRound, sessionAlone } from '../document/workshop.fixture.tsx'
import { watchNoEffect } from './noEffect.ts'
import { readTray } from './tray.ts'

let session: Alone
beforeEach(() => {
  localStorage.clear()
  session = sessionAlone()
  put(session.docs.board, 'n1', { text: 'Test data is copied' })
})
afterEach(() => {
  session.presence.destroy()
  vi.useRealTimers()
})

const watch = () => onTestFinished(watchNoEffect(session))
const note = (id: string): TextTarget => ({ of: 'note', id: id as NoteId })
const write = (target: TextTarget, words: string) => {
  const text = targetText(session.docs.board, target)
  text?.insert(text.length, words)
}
/** What somebody else does, who knows what the board holds now; it arrives when told. */
function another(does: (board: Y.Doc) => unknown): () => void {
  const board = new Y.Doc()
  Y.applyUpdate(board, Y.encodeStateAsUpdate(session.docs.board))
  does(board)
  return () => Y.applyUpdate(session.docs.board, Y.encodeStateAsUpdate(board), 'server')
}
const remove = (id: string) => (board: Y.Doc) => removeNote(id as NoteId)(board)
const inTray = () => readTray({ workshop: session.workshop, person: INES.id }).map(({ piece }) => piece)
const offline = () => session.state.setState({ is: 'offline', waiting: 0 }, true)
const live = () => session.state.setState({ is: 'live' }, true)

describe('words in what was removed meanwhile', () => {
  it('are handed back when they waited for the network, as they were left', () => {
    watch()
    const arrives = another((board) => {
      remove('n1')(board)
      // A minute later the server keeps the words elsewhere.
      const text = targetText(board, note('n1'))
      text?.delete(0, text.length)
    })
    write(note('n1'), ' by hand')
    session.unsaved.setState(new Set(['n1']), true)
    vi.setSystemTime(Date.now() + 60_000)
    arrives()
    expect(inTray()).toMatchObject([
      { is: 'words', gone: true, phase: 'gaps', mine: 'Test data is copied by hand', target: { of: 'note', id: 'n1' } },
    ])
  })

  it('are handed back when somebody else removes it while one writes', () => {
    watch()
    write(note('n1'), ' by hand')
    another(remove('n1'))()
    expect(inTray()).toMatchObject([{ mine: 'Test data is copied by hand' }])
  })

  it('are handed back when they come after it was removed, as those of an input method do', () => {
    watch()
    another(remove('n1'))()
    expect(inTray()).toEqual([])
    write(note('n1'), 'ね')
    expect(inTray()).toMatchObject([{ mine: 'Test data is copiedね' }])
  })

  it('are not, once they are saved and long done', () => {
    watch()
    write(note('n1'), ' by hand')
    vi.setSystemTime(Date.now() + 60_000)
    another(remove('n1'))()
    expect(inTray()).toEqual([])
  })

  it('are not, where one removed it oneself or wrote nothing in it', () => {
    put(session.docs.board, 'n2')
    watch()
    write(note('n1'), ' by hand')
    removeNote('n1' as NoteId)(session.docs.board)
    moveNote('n2' as NoteId, { group: null, order: 'b0' })(session.docs.board)
    session.unsaved.setState(new Set(['n1', 'n2']), true)
    another(remove('n2'))()
    expect(inTray()).toEqual([])
  })

  it('are handed back from before the page was opened again', () => {
    session.unsaved.setState(new Set(['n1']), true)
    watch()
    another(remove('n1'))()
    expect(inTray()).toMatchObject([{ mine: 'Test data is copied' }])
  })

  it('are handed back where both came before this watched', () => {
    another((board) => ['n2', 'n3', 'n4'].forEach((id) => void put(board, id)))()
    for (const id of ['n2', 'n3']) write(note(id), ' by hand')
    removeNote('n3' as NoteId)(session.docs.board)
    another((board) => ['n1', 'n2', 'n4'].forEach((id) => void remove(id)(board)))()
    expect(inTray()).toEqual([])
    // That one made n1 is no sign of writing in it.
    onTestFinished(watchNoEffect(session, new Set(['n1', 'n2', 'n3'])))
    expect(inTray()).toMatchObject([{ mine: 'n2 by hand' }])
    expect(inTray()).toHaveLength(1)
  })

  it('are those of a group’s name, too', () => {
    const group = putGroup(session.docs.board, 'g1', ['n1'], { name: 'Waiting' })
    watch()
    write({ of: 'group', id: group }, ' for others')
    another((board) => splitGroup(group, [])(board))()
    expect(inTray()).toMatchObject([{ target: { of: 'group', id: 'g1' }, mine: 'Waiting for others' }])
  })

  it('are heard of in the documents that a session goes on with', () => {
    watch()
    const board = new Y.Doc()
    Y.applyUpdate(board, Y.encodeStateAsUpdate(session.docs.board))
    Object.assign(session, { docs: { ...session.docs, board } })
    session.generation.setState(1, true)
    write(note('n1'), ' by hand')
    another(remove('n1'))()
    expect(inTray()).toMatchObject([{ mine: 'Test data is copied by hand' }])
  })
})

describe('dots', () => {
  const place = (target: string) => {
    if (session.docs.notebook) placeDot(ROUND, 5, target as OutcomeId, (id) => id)(session.docs.notebook)
  }
  const ROUND = 'round-gaps' as ReturnType<typeof putRound>
  beforeEach(() => {
    goTo(session, 'gaps', 'vote')
    putRound(session, 'gaps')
    watch()
  })

  it('that were placed offline in a vote which closed meanwhile were not counted, and that is said', () => {
    place('n1')
    offline()
    place('n1')
    putRound(session, 'gaps', { state: 'closed', closedAt: 2 })
    expect(inTray()).toEqual([])
    live()
    expect(inTray()).toMatchObject([{ is: 'dots', round: ROUND, slots: [{ slot: 1, mine: 'n1', theirs: null }] }])
  })

  it('say nothing where the vote is still open, or closes only later', () => {
    offline()
    place('n1')
    live()
    putRound(session, 'gaps', { state: 'closed', closedAt: 2 })
    expect(inTray()).toEqual([])
  })

  it('say nothing where they were placed before, or are as they were', () => {
    place('n1')
    offline()
    place('n2')
    if (session.docs.notebook) takeDotBack(ROUND, 5, 'n2' as OutcomeId, (id) => id)(session.docs.notebook)
    putRound(session, 'gaps', { state: 'closed', closedAt: 2 })
    live()
    expect(inTray()).toEqual([])
  })
})
