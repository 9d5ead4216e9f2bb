import { addDraft, carryOn, markChanging, readyDraft } from '@quintet/shared/draftEdits'
import { targetText } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { draftEntry, isSecret, readDrafts } from '@quintet/shared/notebook'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { createStore } from 'zustand/vanilla'
import type { SessionState } from '../session/session.ts'
import { carryOnDrafts, OTHERS_FIRST } from './carryingOn.ts'
import { put } from './workshop.fixture.tsx'

const ID = 'd1' as NoteId

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** The server's documents, and a tab of Ines that is apart from them until it joins. */
function server() {
  const docs = { stage: new Y.Doc(), board: new Y.Doc(), notebook: new Y.Doc(), desk: undefined }
  const note = { id: ID, phase: 'gaps', author: null, at: 1, text: 'Old', order: 'a0', under: null } as const
  addDraft({ ...note, ready: true })(docs.notebook)
  return {
    ...docs,
    reveal: (text = 'Old') => {
      draftEntry(docs.notebook, ID)?.set('became', 'n1')
      put(docs.board, 'n1', { text })
    },
  }
}

function tab(of: ReturnType<typeof server>, { knows = true } = {}) {
  const docs = { stage: new Y.Doc(), board: new Y.Doc(), notebook: new Y.Doc(), desk: undefined }
  const state = createStore<SessionState>(() => ({ is: 'live' }))
  const unsaved = createStore<ReadonlySet<string>>(() => new Set())
  const join = () => {
    merge(docs.notebook, of.notebook)
    merge(docs.board, of.board)
  }
  if (knows) join()
  const end = carryOnDrafts({ docs, state, unsaved })
  const text = targetText(docs.notebook, { of: 'draft', id: ID })
  return {
    ...docs,
    state,
    unsaved,
    end,
    join,
    type: (words: string) =>
      docs.notebook.transact(() => {
        markChanging(docs.notebook, ID)
        text?.insert(text.length, words)
      }),
    alone: () => secrets(docs.notebook),
  }
}

function merge(one: Y.Doc, other: Y.Doc): void {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other), 'provider')
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one), 'provider')
}

const secrets = (doc: Y.Doc) =>
  readDrafts(doc)
    .filter(isSecret)
    .map(({ text, ready }) => [text, ready])

describe('words written into a draft while it was shared', () => {
  it('go on as a draft that is not ready, once the wall is known', () => {
    const on = server()
    const ines = tab(on)
    ines.type(' and new')
    on.reveal()
    merge(ines.notebook, on.notebook)
    expect(ines.alone()).toEqual([])
    ines.join()
    expect(ines.alone()).toEqual([['Old and new', false]])
    expect(readDrafts(ines.notebook).find(({ id }) => id === ID)).toMatchObject({ ready: true, became: 'n1' })
    ines.join()
    expect(secrets(on.notebook)).toEqual([['Old and new', false]])
  })

  it('go on once, by the wall that took the place of another', () => {
    const on = server()
    const ines = tab(on)
    ines.type(' and new')
    readyDraft(ID, true)(ines.notebook)
    const board = new Y.Doc()
    const { state, unsaved, notebook } = ines
    carryOnDrafts({ docs: { stage: new Y.Doc(), board, notebook, desk: undefined }, state, unsaved }, ines.end())
    on.reveal()
    ines.join()
    expect(ines.alone()).toEqual([])
    merge(board, on.board)
    expect(ines.alone()).toEqual([['Old and new', false]])
  })

  it('go on also where one had left the draft, and it was ready again', () => {
    const on = server()
    const ines = tab(on)
    ines.type(' and new')
    readyDraft(ID, true)(ines.notebook)
    on.reveal()
    ines.join()
    expect(ines.alone()).toEqual([['Old and new', false]])
  })

  it('go on also where the tab that wrote them is gone, and this device’s copy had them', () => {
    const on = server()
    const before = tab(on)
    before.type(' and new')
    readyDraft(ID, true)(before.notebook)

    const ines = tab(on, { knows: false })
    ines.state.setState({ is: 'joining' }, true)
    Y.applyUpdate(ines.notebook, Y.encodeStateAsUpdate(before.notebook), 'copy')
    ines.unsaved.setState(new Set([ID]), true)
    ines.state.setState({ is: 'live' }, true)
    on.reveal()
    ines.join()
    expect(ines.alone()).toEqual([['Old and new', false]])
  })

  it('are not there twice where the wall has them', () => {
    const on = server()
    const ines = tab(on)
    ines.type(' and new')
    readyDraft(ID, true)(ines.notebook)
    ines.join()
    on.reveal('Old and new')
    ines.join()
    expect(ines.alone()).toEqual([])
  })

  it('are nothing to carry on where all was saved, though the wall has other words by now', () => {
    const on = server()
    const ines = tab(on)
    ines.type(' and new')
    readyDraft(ID, true)(ines.notebook)
    ines.join()
    ines.state.setState({ is: 'offline', waiting: 0 }, true)
    on.reveal('Old and new, and reworded')
    ines.join()
    ines.state.setState({ is: 'live' }, true)
    expect(ines.alone()).toEqual([])
  })

  it('take along what comes out of an input method after that', () => {
    const on = server()
    const ines = tab(on)
    ines.type(' and')
    on.reveal()
    ines.join()
    ines.type(' new')
    expect(ines.alone()).toEqual([['Old and new', false]])
  })

  it('are carried on by the tab in which they were written, and once', () => {
    const on = server()
    const [laptop, phone] = [tab(on), tab(on)]
    laptop.type(' and new')
    on.reveal()
    phone.join()
    merge(laptop.notebook, phone.notebook)
    expect(phone.alone()).toEqual([])
    laptop.join()
    expect(laptop.alone()).toEqual([['Old and new', false]])
    phone.join()
    vi.advanceTimersByTime(OTHERS_FIRST)
    phone.join()
    laptop.join()
    for (const each of [laptop, phone]) expect(each.alone()).toEqual([['Old and new', false]])
  })

  it('are carried on by any tab, after a moment, where the one in which they were written is gone', () => {
    const on = server()
    const gone = tab(on)
    gone.type(' and new')
    on.reveal()
    merge(gone.notebook, on.notebook)
    const later = tab(on, { knows: false })
    later.join()
    expect(later.alone()).toEqual([])
    vi.advanceTimersByTime(OTHERS_FIRST)
    expect(later.alone()).toEqual([['Old and new', false]])
  })

  it('are found in what a tab has from the start', () => {
    const on = server()
    on.reveal()
    draftEntry(on.notebook, ID)?.set('ready', false)
    targetText(on.notebook, { of: 'draft', id: ID })?.insert(3, ', rewritten')
    const ines = tab(on)
    vi.advanceTimersByTime(OTHERS_FIRST)
    expect(ines.alone()).toEqual([['Old, rewritten', false]])
    expect(carryOn(ID)(ines.notebook)).toBeNull()
  })
})
