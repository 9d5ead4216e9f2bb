// @vitest-environment node
import { boardRoot, readBoard } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { MESSAGE } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Y from 'yjs'
import { type Device, stubDevice } from './device.fixture.ts'
import type { HandBack, HandedBack } from './handBack.ts'
import { cameBefore, draftsOf, isKept, openKeeping, openOffline, wordsOf, write } from './keeping.fixture.ts'
import { becomes, eventually, isSaved, startServer, stubPage, type TestServer } from './server.fixture.ts'
import type { Session } from './session.ts'
import { readTray } from './tray.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let server: TestServer
let page: EventTarget
let device: Device
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  page = stubPage()
  device = stubDevice()
  vi.stubGlobal('dispatchEvent', page.dispatchEvent.bind(page))
  server.wire.mend()
})

/** Takes back what is refused, as the tray does, and keeps what it was handed for the test to look at. */
function takesBack(does: HandBack = () => Promise.resolve()) {
  const handed: HandedBack[] = []
  const words = (doc: Y.Doc) => [...readBoard(doc).notes.values()].map(({ text }) => text).toSorted()
  const handBack: HandBack = (each) => {
    handed.push(each)
    return does(each)
  }
  return {
    handed,
    options: { loadHandBack: () => Promise.resolve(handBack) },
    /** What the board of mine has that theirs lacks, each time. */
    lacking: () => handed.map(({ mine, theirs }) => words(mine).filter((text) => !words(theirs).includes(text))),
  }
}

/** Writes something that no rule allows: a note whose time is no whole number. */
function writeWrongly({ docs, me }: Session, id: string): void {
  const fields = { id: id as NoteId, phase: 'principles', author: me.id, at: 1.5, order: 'a0', under: null } as const
  addNote({ ...fields, text: id })(docs.board)
}

/** Writes a note that is longer than any. */
function writeTooMuch({ docs, me }: Session, id: string): void {
  const fields = {
    id: id as NoteId,
    phase: 'principles',
    author: me.id,
    at: Date.now(),
    order: 'a0',
    under: null,
  } as const
  addNote({ ...fields, text: id.repeat(2 * LIMITS.noteMerged) })(docs.board)
}

const isRefusal = (type: number) => type === MESSAGE.refusal

/** A promise that a test resolves. */
function latch(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

/** The name of a copy of somebody's, without its epoch. */
const resets = async () =>
  (await device.names()).map((name) => [name.split(':')[2], Number(name.split(':').at(-1))] as const)

describe('after a refusal', () => {
  it('a fresh document goes on, and what the server does not have is handed back once', async () => {
    const { maren, guest } = await cameBefore(server, page)
    const back = takesBack()
    const offline = await openOffline(server, guest)
    write.note(offline, 'In the train')
    writeWrongly(offline, 'Wrong')
    write.draft(offline, 'For me alone')
    await isKept(offline, page)
    offline.close()
    server.wire.mend()

    const ines = await openKeeping(server, guest, back.options)
    const old = ines.docs
    await eventually(() => expect(ines.generation.getState()).toBe(1))
    expect(ines.docs.board).not.toBe(old.board)
    expect(ines.docs.notebook).toBe(old.notebook)
    await becomes(ines, 'live')
    expect(back.lacking()).toEqual([['In the train', 'Wrong']])
    const [handed] = back.handed
    expect(handed).toMatchObject({ document: 'board', person: { id: guest.person.id }, refusal: { code: 'invalid' } })
    expect(handed?.own.size).toBeGreaterThanOrEqual(2)
    // What was there before the train is older than any edit that was not saved.
    const known = [...(handed?.since ?? [])].reduce((sum, [, clock]) => sum + clock, 0)
    expect(known).toBe(stateOf(ines.docs.board))
    expect(wordsOf(ines)).toEqual(['Before'])
    expect(draftsOf(ines)).toEqual(['For me alone'])

    write.note(ines, 'Afterwards')
    await isSaved(ines)
    await eventually(() => expect(wordsOf(maren)).toEqual(['Afterwards', 'Before']))
    await eventually(async () =>
      expect(await resets()).toEqual([
        ['board', 1],
        ['notebook', 0],
        ['stage', 0],
      ]),
    )
    ines.close()

    const later = await openOffline(server, guest)
    expect(wordsOf(later)).toEqual(['Afterwards', 'Before'])
  })

  it('what is put back meanwhile is sent, and what is written while it happens is handed back too', async () => {
    const { maren, guest } = await cameBefore(server, page)
    const back = takesBack(({ theirs, mine }) => {
      for (const { id, text } of readBoard(mine).notes.values())
        if (id !== 'Wrong' && !boardRoot(theirs, 'notes').has(id)) putBack(theirs, { id, text, by: guest.person.id })
      return Promise.resolve()
    })
    const ines = await openKeeping(server, guest, back.options)
    await becomes(ines, 'live')
    ines.docs.board.transact(() => {
      writeWrongly(ines, 'Wrong')
      write.note(ines, 'Right')
    })
    await new Promise<void>((resolve) => {
      ines.state.subscribe(({ is }) => is === 'loading' && resolve())
    })
    write.note(ines, 'While it happens')
    await eventually(() => expect(ines.generation.getState()).toBe(1))
    expect(back.lacking()).toEqual([['Wrong']])
    await eventually(() => expect(wordsOf(maren)).toEqual(['Before', 'Right', 'While it happens']))
    await isSaved(ines)
  })

  it('what is put back and refused again is handed back once more, and is not put back; a third time ends', async () => {
    const { guest } = await cameBefore(server, page)
    const durable = latch()
    const back = takesBack(({ theirs, again }) => {
      boardRoot(theirs, 'notes').get('Before')?.set('at', 2.5)
      return again ? durable.opened : Promise.resolve()
    })
    const ines = await openKeeping(server, guest, back.options)
    await becomes(ines, 'live')
    writeWrongly(ines, 'Wrong')
    await eventually(() => expect(ines.generation.getState()).toBe(2))
    expect(back.handed.map(({ again }) => again)).toEqual([false, true])
    // Not before what was handed back is durable.
    await eventually(() => expect(ines.heardOn('board').filter(isRefusal)).toHaveLength(3))
    expect(ines.state.getState().is).not.toBe('refused')
    durable.open()
    await becomes(ines, 'refused')
    expect(back.handed).toHaveLength(2)
  })

  it('nothing is lost where nothing is kept and what is put back is refused again', async () => {
    const facilitator = await server.create()
    const maren = server.open(facilitator)
    await becomes(maren, 'live')
    // A refusal names one of them; the others are put back.
    maren.docs.board.transact(() => {
      for (const id of ['W1', 'W2', 'W3']) writeTooMuch(maren, id)
      write.note(maren, 'Fine')
    })
    await eventually(() => expect(maren.generation.getState()).toBe(2))
    await becomes(maren, 'live')
    await isSaved(maren)
    const kept = readTray({ workshop: maren.workshop, person: maren.me.id }).map(({ piece }) => piece.key.split(' ')[0])
    const there = wordsOf(maren)
    for (const id of ['W1', 'W2', 'W3']) expect(kept).toContain(`notes/${id}`)
    expect(there.includes('Fine') || kept.includes('notes/Fine')).toBe(true)
    write.note(maren, 'Goes on')
    await isSaved(maren)
  })

  it('what may be put back is asked of a stage that is complete', async () => {
    const { maren, guest } = await cameBefore(server, page)
    const locks: unknown[] = []
    const back = takesBack(({ stage }) => {
      locks.push(readStage(stage)?.locks.principles)
      return Promise.resolve()
    })
    const ines = await openOffline(server, guest, back.options)
    writeWrongly(ines, 'Wrong')
    await maren.command({ name: 'lock phase', phase: 'principles', locked: true })
    const release = server.wire.holdBack('/stage')
    server.wire.mend()
    const onFresh = () => ines.heardOn('board').slice(ines.heardOn('board').findIndex(isRefusal))
    await eventually(() => expect(onFresh().filter((type) => type === MESSAGE.sync).length).toBeGreaterThan(1))
    release()
    await eventually(() => expect(locks).toEqual([expect.objectContaining({ by: maren.me.id })]))
  })

  it('a refusal is dealt with again once somebody has written in between', async () => {
    const { guest } = await cameBefore(server, page)
    const back = takesBack()
    const ines = await openKeeping(server, guest, back.options)
    await becomes(ines, 'live')
    const listening = process.listenerCount('exit')
    writeWrongly(ines, 'Wrong')
    await eventually(() => expect(ines.generation.getState()).toBe(1))
    await becomes(ines, 'live')
    writeWrongly(ines, 'WrongAgain')
    await eventually(() => expect(ines.generation.getState()).toBe(2))
    await becomes(ines, 'live')
    // The connections of the documents before are gone, as if they had never been.
    expect(process.listenerCount('exit')).toBe(listening)
    expect(back.lacking()).toEqual([['Wrong'], ['WrongAgain']])
    await eventually(async () => expect(await resets()).toContainEqual(['board', 2]))
  })

  it('who closes the tab before it is durable gets it back the next time', async () => {
    const { guest } = await cameBefore(server, page)
    const never = takesBack(() => new Promise(() => undefined))
    const ines = await openKeeping(server, guest, never.options)
    await becomes(ines, 'live')
    writeWrongly(ines, 'Wrong')
    await eventually(() => expect(ines.generation.getState()).toBe(1))
    await becomes(ines, 'live')
    write.note(ines, 'Afterwards')
    await isSaved(ines)
    await isKept(ines, page)
    ines.close()

    const back = takesBack()
    const again = await openKeeping(server, guest, back.options)
    await eventually(() => expect(again.generation.getState()).toBe(1))
    expect(back.lacking()).toEqual([['Wrong']])
    await becomes(again, 'live')
    expect(wordsOf(again)).toEqual(['Afterwards', 'Before'])
    await eventually(async () =>
      expect(await resets()).toEqual([
        ['board', 1],
        ['notebook', 0],
        ['stage', 0],
      ]),
    )
  })

  it('the words of another tab, which was closed without a network, are not lost with the old copy', async () => {
    const { guest } = await cameBefore(server, page)
    const back = takesBack()
    server.wire.mend()
    const ines = await openKeeping(server, guest, back.options)
    await becomes(ines, 'live')
    const other = await openOffline(server, guest)
    write.note(other, 'In the other tab')
    await isKept(other, page)
    other.close()
    await becomes(ines, 'offline')
    writeWrongly(ines, 'Wrong')
    server.wire.mend()
    await eventually(() => expect(ines.generation.getState()).toBe(1))
    expect(back.lacking()).toEqual([['In the other tab', 'Wrong']])
    expect(back.handed[0]?.own).toContain(other.docs.board.clientID)
  })

  it('commands that waited for it are given', async () => {
    const facilitator = await server.create()
    const maren = server.open(facilitator, takesBack().options)
    await becomes(maren, 'live')
    writeWrongly(maren, 'Wrong')
    const answer = maren.command({ name: 'start timer' })
    expect(await answer).toEqual({ ok: true })
    expect(maren.generation.getState()).toBe(1)
  })
})

describe('after the server was restored from a backup', () => {
  it('all documents start anew, and what the server lacks is handed back', async () => {
    const { facilitator, guest } = await cameBefore(server, page)
    await server.stop('SIGTERM')
    const restore = await server.backUp()
    await server.start()
    const first = await openKeeping(server, guest)
    await becomes(first, 'live')
    write.note(first, 'After the backup')
    write.draft(first, 'A draft after it')
    await isSaved(first)
    await isKept(first, page)
    first.close()
    await server.stop('SIGTERM')
    await restore()
    await server.start()

    const back = takesBack()
    const ines = await openKeeping(server, guest, back.options)
    await eventually(() => expect(ines.generation.getState()).toBe(1))
    await becomes(ines, 'live')
    expect(back.handed.map(({ document, refusal }) => [document, refusal])).toEqual(
      expect.arrayContaining([
        ['board', null],
        ['notebook', null],
      ]),
    )
    const board = back.handed.find(({ document }) => document === 'board')
    expect(readBoard(board?.mine ?? ines.docs.board).notes.has('Afterthebackup' as NoteId)).toBe(true)
    expect(wordsOf(ines)).toEqual(['Before'])
    const epoch = await server.epoch(facilitator)
    await eventually(async () => {
      const names = await device.names()
      expect(names.map((name) => name.split(':').slice(4).join(':'))).toEqual(Array(3).fill(`${epoch}:0`))
    })
  })
})

interface PutBack {
  readonly id: NoteId
  readonly text: string
  readonly by: Session['me']['id']
}

function putBack(theirs: Y.Doc, { id, text, by }: PutBack): void {
  addNote({ id, phase: 'principles', author: by, at: Date.now(), text, order: 'a0', under: null })(theirs)
}

/** How much a document holds of all clients. */
function stateOf(doc: Y.Doc): number {
  return [...doc.store.clients.keys()].reduce((sum, client) => {
    const last = doc.store.clients.get(client)?.at(-1)
    return sum + (last ? last.id.clock + last.length : 0)
  }, 0)
}
