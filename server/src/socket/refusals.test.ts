import { once } from 'node:events'
import type { Socket } from 'node:net'
import { boardEntry, entryText, readBoard } from '@quintet/shared/board'
import { LIMITS } from '@quintet/shared/limits'
import { CLOSE, MESSAGE, SCREEN_SEAT, SYNC } from '@quintet/shared/protocol'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { NOTHING_NEW, syncMessage } from '../testing/rawSocket.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

/** A document with so many notes of two thousand characters that an update of it is past a size. */
function docPast(bytes: number): Y.Doc {
  const doc = new Y.Doc()
  for (let count = 0; count * 2_000 <= bytes; count++) note(`n${count}`, 'x'.repeat(2_000))(doc)
  return doc
}

describe('what is refused', () => {
  test.each([OBSERVER_SEAT, SCREEN_SEAT])('%s writes nothing: refusal, close, nothing changed', async (seat) => {
    const { rooms, workshop } = await scene.start()
    const watcher = scene.enter(seat)
    await watcher.synced()
    note('n1')(watcher.doc)
    await until('it is refused', () => watcher.closes.length > 0)
    expect(watcher.closes).toEqual([CLOSE.forbidden.code])
    expect(watcher.refusals.map(({ code }) => code)).toEqual(['forbidden'])
    const room = await rooms.open(workshop)
    expect(await room.read(({ board }) => readBoard(board).notes.size)).toBe(0)
  })

  test.each(['person-0', 'person-1', OBSERVER_SEAT])('%s does not write the stage', async (seat) => {
    const { rooms, workshop } = await scene.start()
    const tab = scene.enter(seat, 'stage')
    await tab.synced()
    tab.doc.getMap('stage').set('title', 'mine')
    await until('it is refused', () => tab.closes.length > 0)
    expect(tab.closes).toEqual([CLOSE.forbidden.code])
    const room = await rooms.open(workshop)
    expect(room.stage.title).toBe('Platform team')
  })

  test('an observer is never asked for what it has', async () => {
    await scene.start()
    const watcher = scene.raw(OBSERVER_SEAT)
    await watcher.opened
    await watcher.fence()
    expect(watcher.of(MESSAGE.sync, SYNC.step1)).toEqual([])
  })

  test('a live update past its limit is refused, an answer of the same size is not', async () => {
    await scene.start()
    const doc = docPast(LIMITS.updateBytes)
    const big = Y.encodeStateAsUpdate(doc)
    const writer = scene.raw('person-1', 'board', { client: doc.clientID })
    await writer.opened
    writer.send(syncMessage('step2', big))
    await until('it is marked', () => writer.marked === 1)
    writer.send(syncMessage('update', big))
    expect(await writer.refused()).toBe('too-big')
    await writer.fence()
    expect(writer.marked).toBe(1)
  })

  test('an answer past its limit is refused, and past the message limit never read', async () => {
    await scene.start()
    const writer = scene.raw('person-1')
    await writer.opened
    writer.send(syncMessage('step2', new Uint8Array(LIMITS.resyncBytes + 1)))
    expect(await writer.refused()).toBe('too-big')
    writer.send(syncMessage('step2', new Uint8Array(LIMITS.resyncBytes * 2)))
    expect(await writer.closed).toBe(1009)
    expect(writer.marked).toBe(0)
  })

  test('what builds on something that never came is refused, and never comes alive', async () => {
    const { rooms, workshop } = await scene.start()
    const doc = new Y.Doc()
    note('n1')(doc)
    const first = Y.encodeStateAsUpdate(doc)
    const known = Y.encodeStateVector(doc)
    note('n2')(doc)
    const writer = scene.raw('person-1', 'board', { client: doc.clientID })
    await writer.opened
    writer.send(syncMessage('step2', NOTHING_NEW))
    writer.send(syncMessage('update', Y.encodeStateAsUpdate(doc, known)))
    expect(await writer.refused()).toBe('gap')

    // Had it been kept, it would come alive now.
    const again = scene.raw('person-1', 'board', { client: doc.clientID })
    await again.opened
    again.send(syncMessage('step2', first))
    await until('it is marked', () => again.marked === 1)
    const room = await rooms.open(workshop)
    expect(await room.read(({ board }) => [...readBoard(board).notes.keys()])).toEqual(['n1'])
    expect(await room.read(({ board }) => [board.store.pendingStructs, board.store.pendingDs])).toEqual([null, null])
  })
})

describe('what has to wait or to go', () => {
  test('is bounded for somebody who never answers the server’s question', async () => {
    const { rooms, workshop } = await scene.start()
    const writer = scene.raw('person-1')
    await writer.opened
    const big = new Uint8Array(250_000)
    const most = (LIMITS.resyncBytes + 4 * LIMITS.updateBytes) / big.length
    for (let count = 0; count < Math.floor(most); count++) writer.send(syncMessage('update', big))
    await writer.fence()
    writer.send(syncMessage('update', big))
    expect(await writer.closed).toBe('resynchronise')
    const room = await rooms.open(workshop)
    expect(await room.read(({ board }) => readBoard(board).notes.size)).toBe(0)
  })

  test('a deletion of something unknown is refused, and never comes to pass', async () => {
    const { rooms, workshop } = await scene.start()
    const doc = new Y.Doc()
    note('n1', 'kept')(doc)
    const written = Y.encodeStateAsUpdate(doc)
    const known = Y.encodeStateVector(doc)
    entryText(boardEntry(doc, 'notes', 'n1'), 'text')?.delete(0, 4)
    const writer = scene.raw('person-1', 'board', { client: doc.clientID })
    await writer.opened
    writer.send(syncMessage('step2', NOTHING_NEW))
    writer.send(syncMessage('update', Y.encodeStateAsUpdate(doc, known)))
    expect(await writer.refused()).toBe('pre-delete')
    expect(await writer.closed).toBe('impossible')
    const again = scene.raw('person-1', 'board', { client: doc.clientID })
    await again.opened
    again.send(syncMessage('step2', written))
    await until('it is marked', () => again.marked === 1)
    const room = await rooms.open(workshop)
    expect(await room.read(({ board }) => [...readBoard(board).notes.values()].map(({ text }) => text))).toEqual([
      'kept',
    ])
  })
})

describe('who says too much', () => {
  test('is read later, in order and whole, and holds up nobody else', async () => {
    const { server, rooms, workshop } = await scene.start()
    const connected = once(server, 'connection')
    const doc = new Y.Doc()
    const busy = scene.raw('person-1', 'board', { client: doc.clientID })
    const [line] = (await connected) as [Socket]
    await busy.opened
    busy.send(syncMessage('step2', NOTHING_NEW))
    await until('it is read', () => busy.marked === 1)
    doc.on('update', (update: Uint8Array) => busy.send(syncMessage('update', update)))
    const most = ((LIMITS.updatesPerSecond + LIMITS.presencePerSecond) * LIMITS.burst) / 1_000
    // Most of it says nothing, so that a slow machine too reads it faster than it may.
    const isNote = (count: number) => count % 20 === 19
    let said = 0
    const sayMore = (more: number) => {
      for (const end = said + more; said < end; said++)
        if (isNote(said)) note(`n${said}`)(doc)
        else busy.send(syncMessage('update', NOTHING_NEW))
    }
    sayMore(most)
    // The slower it is read, the more it takes: what may be said grows meanwhile.
    await until('it is not read any more', () => {
      sayMore(10)
      return line.isPaused()
    })
    const other = scene.raw('person-2')
    await other.opened
    await other.fence()
    await until('everything is saved', () => busy.marked === said + 1)
    await until('it is read again', () => !line.isPaused())
    const room = await rooms.open(workshop)
    const notes = Array.from({ length: said }, (_, count) => count).filter(isNote)
    expect(await room.read(({ board }) => [...readBoard(board).notes.keys()])).toEqual(notes.map((at) => `n${at}`))
  })
})
