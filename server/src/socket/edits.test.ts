import { readBoard } from '@quintet/shared/board'
import { removeNote, transact } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { readDrafts } from '@quintet/shared/notebook'
import { CLOSE, MESSAGE, SYNC } from '@quintet/shared/protocol'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { StoreFailed } from '../store/store.ts'
import { handClock } from '../testing/handClock.ts'
import type { Participant } from '../testing/participant.ts'
import { NOTHING_KNOWN, NOTHING_NEW, payloadOf, syncMessage } from '../testing/rawSocket.ts'
import { writeDraft } from '../testing/rhythm.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

const notesOf = (tab: Participant) => [...readBoard(tab.doc).notes.keys()]

describe('[promise 1] seen is saved', () => {
  test('[promise 1] nobody sees an edit before it is durable, and its writer gets no mark before', async () => {
    const { store } = await scene.start()
    const writer = scene.enter('person-1')
    await writer.synced()
    await writer.saved()
    const reader = scene.raw('person-2')
    await reader.opened
    reader.send(syncMessage('step1', NOTHING_KNOWN))
    await until('the reader is synced', () => reader.of(MESSAGE.sync, SYNC.step2).length === 1)

    store.hold()
    note('n1')(writer.doc)
    await until('the commit is under way', () => store.held === 1)
    await reader.fence()
    expect(reader.of(MESSAGE.sync, SYNC.update)).toEqual([])
    expect(writer.isSaved).toBe(false)

    store.release()
    await until('the reader hears', () => reader.of(MESSAGE.sync, SYNC.update).length === 1)
    await writer.saved()
  })

  test.each([
    ['from nothing, as others did before', NOTHING_KNOWN],
    ['from a state that nobody asked from', new Uint8Array([1, 9, 0])],
  ])('[promise 1] a newcomer during a slow commit gets nothing that is not durable: %s', async (_case, known) => {
    const { store } = await scene.start()
    const writer = scene.enter('person-1')
    await writer.synced()
    await writer.saved()

    store.hold()
    note('n1')(writer.doc)
    await until('the commit is under way', () => store.held === 1)
    const newcomer = scene.raw('person-2')
    await newcomer.opened
    newcomer.send(syncMessage('step1', known))
    await newcomer.fence()
    const sees = () => {
      const doc = new Y.Doc()
      for (const message of newcomer.of(MESSAGE.sync))
        if (message[1] !== SYNC.step1) Y.applyUpdate(doc, payloadOf(message))
      return [...readBoard(doc).notes.keys()]
    }
    expect(sees()).toEqual([])

    store.release()
    await until('the newcomer sees it', () => sees().length > 0)
    expect(sees()).toEqual(['n1'])
    expect(newcomer.of(MESSAGE.sync, SYNC.step2).length).toBe(1)
  })

  test('a newcomer lacks nothing that was written while their answer was on its way', async () => {
    const { store } = await scene.start()
    const doc = new Y.Doc()
    const written = (id: string) => {
      const known = Y.encodeStateVector(doc)
      note(id)(doc)
      return syncMessage('update', Y.encodeStateAsUpdate(doc, known))
    }
    const writer = scene.raw('person-1', 'board', { client: doc.clientID })
    await writer.opened
    writer.send(syncMessage('step2', NOTHING_NEW))
    await until('the writer is live', () => writer.marked === 1)

    store.hold()
    writer.send(written('n1'))
    await until('the commit is under way', () => store.held === 1)
    const newcomer = scene.raw('person-2')
    await newcomer.opened
    newcomer.send(syncMessage('step1', NOTHING_KNOWN))
    await newcomer.fence()
    writer.send(written('n2'))
    await writer.fence()
    store.release()
    await until('all is saved', () => writer.marked === 3)
    writer.send(written('n3'))
    await until('all is saved', () => writer.marked === 4)
    await newcomer.fence()
    const seen = new Y.Doc()
    for (const message of newcomer.of(MESSAGE.sync))
      if (message[1] !== SYNC.step1) Y.applyUpdate(seen, payloadOf(message))
    expect(readBoard(seen).notes.size).toBe(3)
  })

  test('[promise 1] a failed append relays nothing and drops the room; clients return and send again', async () => {
    const { store, rooms, workshop } = await scene.start()
    const writer = scene.enter('person-1')
    const reader = scene.enter('person-2')
    await Promise.all([writer.synced(), reader.synced()])
    await writer.saved()
    const before = await rooms.open(workshop)

    store.fail(new StoreFailed('The disk is full.'))
    note('n1')(writer.doc)
    await until('both are closed', () => writer.closes.length > 0 && reader.closes.length > 0)
    expect(writer.closes[0]).toBe(CLOSE.storeFailed.code)
    expect(reader.closes[0]).toBe(CLOSE.storeFailed.code)
    expect(notesOf(reader)).toEqual([])
    await expect(before.read(() => 1)).rejects.toThrow('not open here')

    store.fail(null)
    await until('the reader sees it', () => notesOf(reader).length === 1)
    await writer.saved()
    expect(await rooms.open(workshop)).not.toBe(before)
  })

  test('[promise 1] on a disk that is really full nothing is seen that a restart would not find', async () => {
    const rig = await scene.start({ maxPages: 100 })
    const writer = scene.enter('person-1')
    const reader = scene.enter('person-2')
    await Promise.all([writer.synced(), reader.synced()])
    for (let count = 0; writer.closes.length === 0 && count < 200; count++) {
      transact(writer.doc, () => {
        for (let part = 0; part < 25; part++) note(`n${count}-${part}`, 'x'.repeat(2_000))(writer.doc)
      })
      await until('it is saved or refused', () => writer.isSaved || writer.closes.length > 0)
    }
    expect(writer.closes[0]).toBe(CLOSE.storeFailed.code)
    const seen = notesOf(reader)
    writer.leave()
    reader.leave()
    await rig.restart()
    const room = await rig.rooms.open(rig.workshop)
    const kept = await room.read(({ board }) => [...readBoard(board).notes.keys()])
    expect(kept.length).toBeGreaterThan(0)
    expect(kept).toEqual(expect.arrayContaining(seen))
    expect(kept.length).toBeLessThan(notesOf(writer).length)
  })

  test('[promise 1] a reading of the documents waits until what it saw is durable', async () => {
    const { store, rooms, workshop } = await scene.start()
    const writer = scene.enter('person-1')
    await writer.synced()
    await writer.saved()
    const room = await rooms.open(workshop)
    store.hold()
    note('n1')(writer.doc)
    await until('the commit is under way', () => store.held === 1)
    let answered = false
    const reading = room
      .read(({ board }) => readBoard(board).notes.size)
      .finally(() => {
        answered = true
      })
    const other = scene.raw('person-2')
    await other.opened
    await other.fence()
    expect(answered).toBe(false)
    store.release()
    expect(await reading).toBe(1)
  })
})

describe('saved-marks', () => {
  test('[promise 1] a mark counts this socket’s update messages, deletions too', async () => {
    await scene.start()
    const writer = scene.enter('person-1')
    await writer.synced()
    note('n1')(writer.doc)
    note('n2')(writer.doc)
    removeNote('n1' as NoteId)(writer.doc)
    await writer.saved()
    // Its answer to the server's question is the first.
    expect(writer.marked).toBe(4)
    const text = writer.doc.getMap('notes').get('n2') as Y.Map<Y.Text>
    text.get('text')?.delete(0, 2)
    await writer.saved()
    expect(writer.marked).toBe(5)
  })

  test('[promise 1] a mark never counts what came after the commit began', async () => {
    const { store } = await scene.start()
    const doc = new Y.Doc()
    const writer = scene.raw('person-1', 'board', { client: doc.clientID })
    await writer.opened
    writer.send(syncMessage('step2', NOTHING_NEW))
    await until('the writer is live', () => writer.marked === 1)
    doc.on('update', (update: Uint8Array) => writer.send(syncMessage('update', update)))
    store.hold()
    note('n1')(doc)
    await until('the first commit is under way', () => store.held === 1)
    note('n2')(doc)
    await writer.fence()
    store.step()
    await until('the second commit is under way', () => store.held === 1)
    await writer.fence()
    expect(writer.marked).toBe(2)
    store.release()
    await until('both are marked', () => writer.marked === 3)
  })

  test('an update without content is counted, and is anyone’s to send', async () => {
    await scene.start()
    const watcher = scene.raw(OBSERVER_SEAT)
    await watcher.opened
    watcher.send(syncMessage('step2', NOTHING_NEW))
    watcher.send(syncMessage('update', NOTHING_NEW))
    await until('both are marked', () => watcher.marked === 2)
  })

  test('what comes before the answer to the server’s question is held, and counted after it', async () => {
    const { rooms, workshop } = await scene.start()
    const doc = new Y.Doc()
    note('n1')(doc)
    const first = Y.encodeStateAsUpdate(doc)
    const known = Y.encodeStateVector(doc)
    note('n2')(doc)
    const writer = scene.raw('person-1', 'board', { client: doc.clientID })
    await writer.opened
    writer.send(syncMessage('update', Y.encodeStateAsUpdate(doc, known)))
    await writer.fence()
    const room = await rooms.open(workshop)
    expect(await room.read(({ board }) => readBoard(board).notes.size)).toBe(0)
    expect(writer.marked).toBe(0)
    writer.send(syncMessage('step2', first))
    await until('both are marked', () => writer.marked === 2)
    expect(await room.read(({ board }) => new Set(readBoard(board).notes.keys()))).toEqual(new Set(['n1', 'n2']))
  })

  test('what comes before an answer that never comes is held for half a minute; who has said nothing may be silent', async () => {
    const clock = handClock({ goes: false })
    await scene.start({ clock })
    const doc = new Y.Doc()
    doc.clientID = 3
    note('n1')(doc)
    const [writer, silent, honest] = [1, 2, 3].map((client) => scene.raw('person-1', 'board', { client }))
    if (!writer || !silent || !honest) throw new Error('Nobody came.')
    await Promise.all([writer, silent, honest].map((each) => each.opened))
    for (const each of [writer, honest]) each.send(syncMessage('update', Y.encodeStateAsUpdate(doc)))
    honest.send(syncMessage('step2', NOTHING_NEW))
    await Promise.all([writer, silent, honest].map((each) => each.fence()))
    clock.forward(29_000)
    await writer.fence()
    clock.forward(1_001)
    expect(await writer.closed).toBe('resynchronise')
    for (const each of [silent, honest]) await each.fence()
  })
})

describe('newcomers', () => {
  test('[promise 7] sixty newcomers at once cost one encoding', async () => {
    const { rooms, workshop } = await scene.start({ people: 61, write: (board) => void note('n1')(board) })
    const room = await rooms.open(workshop)
    const newcomers = Array.from({ length: 60 }, (_, index) => scene.raw(`person-${index + 1}`))
    await Promise.all(newcomers.map((newcomer) => newcomer.opened))
    for (const newcomer of newcomers) newcomer.send(syncMessage('step1', NOTHING_KNOWN))
    await until('all are synced', () => newcomers.every((each) => each.of(MESSAGE.sync, SYNC.step2).length === 1))
    expect(room.encodings('board')).toBe(1)
    const [first] = newcomers[0]?.of(MESSAGE.sync, SYNC.step2) ?? []
    for (const each of newcomers) expect(each.of(MESSAGE.sync, SYNC.step2)[0]).toEqual(first)
  })

  test('who have something that the server lacks, or say nothing in many words, share one encoding too', async () => {
    const { rooms, workshop } = await scene.start({ write: (board) => void note('n1')(board) })
    const room = await rooms.open(workshop)
    const vectors = [
      NOTHING_KNOWN,
      new Uint8Array([1, 5, 0]),
      new Uint8Array([2, 5, 0, 9, 0]),
      new Uint8Array([1, 6, 7]),
    ]
    for (const vector of vectors) {
      const newcomer = scene.raw('person-1', 'board', { client: 6 })
      await newcomer.opened
      newcomer.send(syncMessage('step1', vector))
      await until('it is synced', () => newcomer.of(MESSAGE.sync, SYNC.step2).length === 1)
    }
    expect(room.encodings('board')).toBe(1)
  })

  test('someone who comes back gets only what they lack', async () => {
    await scene.start({ write: (board) => void note('n1', 'x'.repeat(1_000))(board) })
    const tab = scene.enter('person-1')
    await tab.synced()
    const back = scene.raw('person-1')
    await back.opened
    back.send(syncMessage('step1', Y.encodeStateVector(tab.doc)))
    await until('it is synced', () => back.of(MESSAGE.sync, SYNC.step2).length === 1)
    expect(back.of(MESSAGE.sync, SYNC.step2)[0]?.length).toBeLessThan(100)
  })
})

describe('whose documents', () => {
  test('[promise 8] a notebook is its person’s alone, and outlives its room', async () => {
    const rig = await scene.start()
    const mine = scene.enter('person-1', 'notebook')
    const yours = scene.enter('person-2', 'notebook')
    await Promise.all([mine.synced(), yours.synced()])
    writeDraft(mine, 'd1', { text: 'a secret' })
    await mine.saved()
    writeDraft(yours, 'd2', { text: 'another' })
    await yours.saved()
    const textsOf = (tab: Participant) => readDrafts(tab.doc).map(({ text }) => text)
    expect(textsOf(yours)).toEqual(['another'])
    await rig.restart()
    const again = scene.enter('person-1', 'notebook')
    await again.synced()
    expect(textsOf(again)).toEqual(['a secret'])
  })

  test('the desk is for facilitators, the notebook is for people', async () => {
    await scene.start()
    expect(await scene.raw('person-1', 'desk').closed).toBe('forbidden')
    expect(await scene.raw(OBSERVER_SEAT, 'desk').closed).toBe('forbidden')
    expect(await scene.raw(OBSERVER_SEAT, 'notebook').closed).toBe('forbidden')
    const desk = scene.raw('person-0', 'desk')
    await desk.opened
    await desk.fence()
  })
})
