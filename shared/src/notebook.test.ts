import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { NoteId } from './ids.ts'
import { ballots, draftOf, drafts, readBallot, readDraft } from './notebook.ts'

function draft(values: Readonly<Record<string, unknown>>): unknown {
  const doc = new Y.Doc()
  drafts(doc).set('d1', new Y.Map(Object.entries(values)))
  return drafts(doc).get('d1')
}

function ballot(slots: Readonly<Record<string, unknown>>): unknown {
  const doc = new Y.Doc()
  ballots(doc).set('r1', new Y.Map(Object.entries(slots)))
  return ballots(doc).get('r1')
}

describe('a draft', () => {
  it('is a note that is ready only when it says so', () => {
    const note = { phase: 'gaps', text: new Y.Text('Words') }
    expect(readDraft('d1', draft({ ...note, ready: true }))).toMatchObject({ text: 'Words', ready: true })
    for (const ready of [undefined, false, 'true', 1])
      expect(readDraft('d1', draft({ ...note, text: new Y.Text(), ready }))).toMatchObject({ ready: false })
  })

  it('is nothing where there is no note', () => {
    expect(readDraft('d1', draft({ ready: true }))).toBeUndefined()
    expect(readDraft('d1', 'text')).toBeUndefined()
  })
})

it('the draft of a note is found without reading the words of the others', () => {
  const doc = new Y.Doc()
  for (const id of ['d1', 'd2', 'd3']) {
    const words = new Y.Text(id)
    const became = id === 'd1' ? [] : [['became', `n-${id}`]]
    drafts(doc).set(id, new Y.Map([['phase', 'gaps'], ['text', words], ...became] as [string, unknown][]))
    if (id !== 'd2')
      words.toString = () => {
        throw new Error('The words of another were read.')
      }
  }
  expect(draftOf(doc, 'n-d2' as NoteId)).toMatchObject({ id: 'd2', text: 'd2' })
  expect(draftOf(doc, 'n-none' as NoteId)).toBeUndefined()
})

describe('a ballot', () => {
  it('has as many slots as the budget, and no dot more', () => {
    expect(readBallot(ballot({ 0: 'n1', 1: null, 2: 'n1', 3: 'n2', more: 'n3' }), 3)).toEqual(['n1', null, 'n1'])
    expect(readBallot(undefined, 2)).toEqual([null, null])
  })

  it('counts a slot that holds no id as empty', () => {
    expect(readBallot(ballot({ 0: 'a b', 1: 7, 2: '__proto__', 3: ['n1'] }), 4)).toEqual([null, null, null, null])
  })
})
