import { removeNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type DocumentViews, documentViews } from './documentViews.ts'
import { type Alone, goTo, put, putDot, putGroup, putRound, sessionAlone } from './workshop.fixture.tsx'

let session: Alone
let views: DocumentViews
beforeEach(() => {
  session = sessionAlone()
  views = documentViews(session)
  goTo(session, 'gaps', 'vote')
  for (const id of ['n1', 'n2', 'n3']) put(session.docs.board, id, { order: id })
})

const dots = (id: string) => views.ballot.dots.at(id as NoteId).getState()
const left = () => views.ballot.left.getState()

describe('one’s own ballot', () => {
  it('is counted from the open round of the step, and from no other', () => {
    expect(left()).toBeNull()
    const round = putRound(session, 'gaps', { budget: 3 })
    expect(left()).toEqual({ placed: 0, left: 3, returned: 0 })
    putDot(session, round, 'n1')
    putDot(session, round, 'n1')
    expect([dots('n1'), dots('n2')]).toEqual([2, 0])
    expect(left()).toEqual({ placed: 2, left: 1, returned: 0 })
    goTo(session, 'gaps', 'decide')
    expect([left(), dots('n1')]).toEqual([null, 0])
    goTo(session, 'gaps', 'vote')
    expect(dots('n1')).toBe(2)
    putRound(session, 'gaps', { budget: 3, state: 'closed', closedAt: 2 })
    expect([left(), dots('n1')]).toEqual([null, 0])
  })

  it('gives a dot on a note to the group that it was put into, and back with a removal', () => {
    const round = putRound(session, 'gaps')
    for (const id of ['n1', 'n2', 'n3']) putDot(session, round, id)
    putGroup(session.docs.board, 'g1', ['n1', 'n2'])
    expect([dots('g1'), dots('n1'), dots('n2'), dots('n3')]).toEqual([2, 0, 0, 1])
    removeNote('n3' as NoteId)(session.docs.board)
    expect(dots('n3')).toBe(0)
    expect(left()).toEqual({ placed: 2, left: 3, returned: 1 })
  })

  it('says of no dot that it came back while the board is still on its way', () => {
    const round = putRound(session, 'gaps')
    for (const id of ['n1', 'n2']) putDot(session, round, id)
    const { board } = session.docs
    const late = sessionAlone()
    const lateViews = documentViews({ ...session, docs: { ...session.docs, board: late.docs.board } })
    expect(lateViews.ballot.left.getState()).toEqual({ placed: 2, left: 3, returned: 0 })
    removeNote('n2' as NoteId)(board)
    Y.applyUpdate(late.docs.board, Y.encodeStateAsUpdate(board))
    expect(lateViews.ballot.left.getState()).toEqual({ placed: 1, left: 4, returned: 1 })
  })

  it('tells only of what changed', () => {
    const round = putRound(session, 'gaps')
    putDot(session, round, 'n1')
    const told: string[] = []
    for (const id of ['n1', 'n2', 'n3']) views.ballot.dots.at(id as NoteId).subscribe(() => told.push(id))
    views.ballot.left.subscribe(() => told.push('left'))
    putDot(session, round, 'n2')
    expect(told.splice(0)).toEqual(['n2', 'left'])
    put(session.docs.board, 'n4')
    expect(told).toEqual([])
  })

  it('is none for observers', () => {
    session = sessionAlone({ role: 'observer' })
    goTo(session, 'gaps', 'vote')
    putRound(session, 'gaps')
    expect(documentViews(session).ballot.left.getState()).toBeNull()
  })
})
