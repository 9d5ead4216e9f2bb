import { bringBackNote, hangNote, removeNote, setOwner, targetText } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { BoardViews } from './boardViews.ts'
import { StageViews } from './stageViews.ts'
import { watchBreaks, watchPlans, watchThread } from './threadViews.ts'
import { put } from './workshop.fixture.tsx'

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

describe('the breaks of the thread', () => {
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
