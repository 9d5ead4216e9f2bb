import { bringBackNote, hangNote, removeNote, setOwner, targetText } from '@quintet/shared/edits'
import { mergeGroups, moveIntoGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId } from '@quintet/shared/ids'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { BoardViews } from './boardViews.ts'
import { documentViews } from './documentViews.ts'
import { StageViews } from './stageViews.ts'
import {
  watchBreaks,
  watchKept,
  watchOutcomes,
  watchParked,
  watchPlans,
  watchThread,
  watchUnparked,
} from './threadViews.ts'
import { put, putGroup, putMarks, sessionAlone } from './workshop.fixture.tsx'

let doc: Y.Doc
let board: BoardViews
let stage: StageViews
/** Frames of the screen that were asked for and not drawn. */
let frames: FrameRequestCallback[]
const drawFrame = () => {
  for (const each of frames.splice(0)) each(0)
}
const write = (id: string) => targetText(doc, { of: 'note', id: id as NoteId })?.insert(0, 'x')

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => frames.splice(0))
  doc = new Y.Doc()
  board = new BoardViews(doc)
  stage = new StageViews(new Y.Doc())
  put(doc, 'ideal', { phase: 'ideal' })
  put(doc, 'gap', { phase: 'gaps', under: 'ideal' })
  put(doc, 'action', { phase: 'actions', under: 'gap' })
})

describe('the thread of a note', () => {
  it('is its chain, the same object until one of its notes changes', () => {
    const { get, subscribe } = watchThread(board, 'action' as NoteId)
    const listener = vi.fn()
    subscribe(listener)
    const first = get()
    expect(first.map(({ outcome }) => outcome.id)).toEqual(['ideal', 'gap', 'action'])
    put(doc, 'other', { phase: 'gaps' })
    expect(listener).not.toHaveBeenCalled()
    expect(get()).toBe(first)
    write('ideal')
    expect(listener).toHaveBeenCalledOnce()
    expect(get()[0]?.outcome).toMatchObject({ text: 'xideal' })
  })

  it('breaks when a link of it is removed, heals when that comes back, and follows to a new parent', () => {
    const { get, subscribe } = watchThread(board, 'action' as NoteId)
    const listener = vi.fn()
    const stop = subscribe(listener)
    removeNote('gap' as NoteId)(doc)
    expect(get().map(({ outcome }) => outcome.id)).toEqual(['action'])
    bringBackNote('gap' as NoteId)(doc)
    expect(get()).toHaveLength(3)
    hangNote('action' as NoteId, 'later' as NoteId)(doc)
    expect(get()).toHaveLength(1)
    listener.mockClear()
    put(doc, 'later', { phase: 'gaps' })
    expect(listener).toHaveBeenCalled()
    expect(get().map(({ outcome }) => outcome.id)).toEqual(['later', 'action'])
    stop()
    listener.mockClear()
    write('action')
    expect(listener).not.toHaveBeenCalled()
  })
})

describe('the thread of a group', () => {
  it('goes through groups as they are made, merged and emptied, and hears of nothing else', () => {
    put(doc, 'gap2', { phase: 'gaps', order: 'a5' })
    put(doc, 'far', { phase: 'gaps', order: 'a6' })
    const { get, subscribe } = watchThread(board, 'action' as NoteId)
    const listener = vi.fn()
    subscribe(listener)
    const ids = () => get().map(({ outcome }) => outcome.id)
    // The second note comes first in the group and hangs nowhere: the group hangs where its other note does.
    putGroup(doc, 'g1', ['gap2', 'gap'])
    expect(ids()).toEqual(['ideal', 'g1', 'action'])
    putGroup(doc, 'g2', ['far'])
    mergeGroups('g1' as GroupId, 'g2' as GroupId)(doc)
    expect(ids()).toEqual(['ideal', 'g2', 'action'])
    listener.mockClear()
    put(doc, 'other', { phase: 'gaps' })
    write('other')
    expect(listener).not.toHaveBeenCalled()
    const chain = get()
    write('far')
    expect(get()).toBe(chain)
    // A note that comes to stand before the others decides where the group hangs.
    put(doc, 'i2', { phase: 'ideal' })
    hangNote('other' as NoteId, 'i2' as NoteId)(doc)
    listener.mockClear()
    moveIntoGroup('g2' as GroupId, [['other' as NoteId, 'Zz']])(doc)
    expect(listener).toHaveBeenCalled()
    expect(ids()).toEqual(['i2', 'g2', 'action'])
    removeNote('other' as NoteId)(doc)
    for (const id of ['gap', 'gap2', 'far'] as NoteId[]) removeNote(id)(doc)
    expect(ids()).toEqual(['action'])
  })
})

describe('what a phase hands on', () => {
  it('is all that stands and is not parked, and what was kept once something is; through groups and removals', () => {
    const session = sessionAlone()
    const { board, stage } = documentViews(session)
    for (const id of ['n1', 'n2', 'n3', 'n4']) put(session.docs.board, id, { order: id })
    const [outcomes, kept] = [watchOutcomes(board, stage, 'gaps'), watchKept(board, stage, 'gaps')]
    const [heard, unheard] = [vi.fn(), vi.fn()]
    outcomes.subscribe(heard)
    expect([outcomes.get(), kept.get()]).toEqual([['n1', 'n2', 'n3', 'n4'], []])
    putMarks(session, 'n4', { parked: true })
    expect(heard).toHaveBeenCalledOnce()
    expect(outcomes.get()).toEqual(['n1', 'n2', 'n3'])
    putMarks(session, 'n2', { kept: true })
    expect([outcomes.get(), kept.get()]).toEqual([['n2'], ['n2']])
    putGroup(session.docs.board, 'g1', ['n1', 'n2'], { order: 'a0' })
    expect([outcomes.get(), kept.get()]).toEqual([['g1'], ['g1']])
    putMarks(session, 'g1', { parked: true })
    expect([outcomes.get(), kept.get()]).toEqual([['n3'], []])
    const list = outcomes.get()
    outcomes.subscribe(unheard)
    targetText(session.docs.board, { of: 'note', id: 'n3' as NoteId })?.insert(0, 'x')
    expect(unheard).not.toHaveBeenCalled()
    expect(outcomes.get()).toBe(list)
  })
})

describe('what was put aside', () => {
  it('leaves every list but its own, in groups too', () => {
    const session = sessionAlone()
    const { board, stage } = documentViews(session)
    for (const id of ['n1', 'n2', 'n3']) put(session.docs.board, id, { order: id })
    putGroup(session.docs.board, 'g1', ['n2', 'n3'], { order: 'n2' })
    const unparked = watchUnparked(board.blocks('gaps'), stage)
    const parked = watchParked(board, stage, 'gaps')
    expect([unparked.get(), parked.get()]).toEqual([['n1', 'g1'], []])
    for (const id of ['n1', 'n3']) putMarks(session, id, { parked: true })
    expect([unparked.get(), parked.get()]).toEqual([['g1'], ['n1', 'n3']])
    putMarks(session, 'g1', { parked: true })
    expect([unparked.get(), parked.get()]).toEqual([[], ['n1', 'g1', 'n3']])
    removeNote('n1' as NoteId)(session.docs.board)
    expect(parked.get()).toEqual(['g1', 'n3'])
  })
})

describe('the breaks of the thread', () => {
  it('follow what facilitators say, and groups', () => {
    const session = sessionAlone()
    const { board, breaks } = documentViews(session)
    put(session.docs.board, 'ideal', { phase: 'ideal' })
    breaks.subscribe(() => undefined)
    const found = () => {
      drawFrame()
      return breaks.get().map(({ kind, outcome }) => `${outcome.id}: ${kind}`)
    }
    expect(found()).toEqual(['ideal: statement without a gap'])
    putMarks(session, 'ideal', { true: true })
    expect(found()).toEqual([])
    put(session.docs.board, 'gap', { under: 'ideal' })
    putGroup(session.docs.board, 'g1', ['gap'])
    expect(found()).toEqual(['g1: gap without an action'])
    put(session.docs.board, 'action', { phase: 'actions', under: 'gap' })
    setOwner('action' as NoteId, { name: 'The vendor' })(session.docs.board)
    expect(found()).toEqual([])
    targetText(session.docs.board, { of: 'group', id: 'g1' as GroupId })?.insert(0, 'x')
    expect(found()).toEqual([])
    expect(board.group('g1' as GroupId)?.name).toBe('xg1')
  })

  it('are found once per frame, however much happens, and only while somebody looks', () => {
    const { get, subscribe } = watchBreaks(board, stage)
    const kinds = () => get().map(({ kind, outcome }) => `${outcome.id}: ${kind}`)
    expect(kinds()).toEqual(['action: action without an owner'])
    const listener = vi.fn()
    const stop = subscribe(listener)
    expect(frames).toHaveLength(0)
    put(doc, 'loose', { phase: 'gaps', order: 'a5' })
    setOwner('action' as NoteId, { person: 'ines' as PersonId })(doc)
    write('gap')
    expect(frames).toHaveLength(1)
    expect(listener).not.toHaveBeenCalled()
    drawFrame()
    expect(listener).toHaveBeenCalledOnce()
    expect(kinds()).toEqual(['loose: gap without a statement', 'loose: gap without an action'])
    stop()
    write('loose')
    expect(frames).toHaveLength(0)
  })

  it('stay the same object while others’ words change, and take over the words of their own notes', () => {
    const { get, subscribe } = watchBreaks(board, stage)
    subscribe(() => undefined)
    const before = get()
    write('gap')
    drawFrame()
    expect(get()).toBe(before)
    write('action')
    drawFrame()
    expect(get()[0]?.outcome).toMatchObject({ text: 'xaction' })
  })

  it('tell one break of a note from another', () => {
    put(doc, 'loose', { phase: 'gaps', order: 'a5', under: 'ideal' })
    const { get, subscribe } = watchBreaks(board, stage)
    subscribe(() => undefined)
    expect(get().map(({ kind }) => kind)).toContain('gap without an action')
    doc.transact(() => {
      put(doc, 'answer', { phase: 'actions', under: 'loose' })
      setOwner('answer' as NoteId, { person: 'ines' as PersonId })(doc)
      hangNote('loose' as NoteId, null)(doc)
    })
    drawFrame()
    expect(
      get()
        .filter(({ outcome }) => outcome.id === 'loose')
        .map(({ kind }) => kind),
    ).toEqual(['gap without a statement'])
  })
})

describe('the plans', () => {
  it('are those of the actions that stand, in their order', () => {
    put(doc, 'first', { phase: 'actions', order: 'Zz' })
    const { get, subscribe } = watchPlans(board, stage)
    subscribe(() => undefined)
    expect(get().map(({ id }) => id)).toEqual(['first', 'action'])
    removeNote('first' as NoteId)(doc)
    setOwner('action' as NoteId, { name: 'The vendor' })(doc)
    drawFrame()
    expect(get()).toMatchObject([{ id: 'action', owner: { name: 'The vendor' } }])
  })
})
