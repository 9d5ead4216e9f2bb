import { once } from 'node:events'
import type { Socket } from 'node:net'
import { addNote } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { BUDGETS, HOPELESS } from '@quintet/shared/limits'
import { MESSAGE, SCREEN_SEAT } from '@quintet/shared/protocol'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { notebookOf } from '../room/books.ts'
import { type RawSocket, syncMessage } from '../testing/rawSocket.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

describe('too much', () => {
  test('waits in the network while its document is not open: the server reads next to nothing of it', async () => {
    const { promise: asked, resolve: admit } = Promise.withResolvers<void>()
    const { server } = await scene.start({ beforeIdentify: () => asked })
    const connected = once(server, 'connection')
    const early = scene.raw('person-1')
    const [line] = (await connected) as [Socket]
    await early.opened
    for (let count = 0; count < 48; count++) early.send(new Uint8Array(1024 * 1024))
    // As much has left as the network takes.
    let waiting = Number.POSITIVE_INFINITY
    await until('no more of it leaves', async () => {
      const before = waiting
      waiting = early.socket.bufferedAmount
      await scene.rawAt('/elsewhere').closed
      return waiting === before
    })
    expect(waiting).toBeGreaterThan(0)
    expect(line.bytesRead).toBeLessThan(256 * 1024)
    admit()
    expect(await early.closed).not.toBe(1006)
  })

  test('is another socket of somebody who has as many as sixteen tabs; the big screen’s are on who opened it', async () => {
    await scene.start()
    const sockets = Array.from({ length: HOPELESS.sockets }, (_, index) =>
      scene.raw(index % 2 === 0 ? SCREEN_SEAT : 'person-0', 'stage'),
    )
    await Promise.all(sockets.map((socket) => socket.opened))
    await Promise.all(sockets.map((socket) => socket.fence()))
    expect(await scene.raw('person-0', 'board').closed).toBe('tooMuch')
    expect(await scene.raw(SCREEN_SEAT, 'board').closed).toBe('tooMuch')
    const other = scene.raw('person-1', 'board')
    await other.opened
    await other.fence()
    sockets[0]?.socket.close()
    await sockets[0]?.closed
    await until('there is room again', async () => {
      const next = scene.raw('person-0', 'board')
      const closed = await Promise.race([next.closed, next.opened.then(() => next.fence())]).catch(() => 'tooMuch')
      return closed !== 'tooMuch'
    })
  })

  test('is to be refused over and over: who sends on is told so', async () => {
    await scene.start()
    const doc = new Y.Doc()
    note('n1')(doc)
    const forbidden = syncMessage('update', Y.encodeStateAsUpdate(doc))
    const most = (BUDGETS.person.refusals.perSecond * BUDGETS.person.refusals.burst) / 1_000
    const beRefused = async () => {
      const watcher = scene.raw(OBSERVER_SEAT)
      await watcher.opened
      watcher.send(forbidden)
      await until('it is refused', () => watcher.of(MESSAGE.refusal).length > 0)
      watcher.socket.close()
      return watcher.closed
    }
    for (let count = 0; count < most; count++) expect(await beRefused()).not.toBe('tooMuch')
    // While this went on they may have got another one.
    for (let more = 0; (await beRefused()) !== 'tooMuch'; more++) expect(more).toBeLessThan(2)
  })
})

test('a notebook is on whoever opens it, who first pays what they owe', async () => {
  const rig = await scene.start()
  const room = await rig.rooms.open(rig.workshop)
  const key = notebookOf('person-1' as PersonId)
  // More than may be written at once.
  const board = await comeBack(1, 300, 'x'.repeat(1_950))
  await until('it is saved', () => board.marked === 1)
  const notebook = scene.raw('person-1', 'notebook')
  await notebook.opened
  const other = scene.raw('person-2', 'notebook')
  await other.opened
  await other.fence()
  expect(room.isLoaded(key)).toBe(false)
  await until('it is paid', () => room.isLoaded(key))
  notebook.socket.close()
  await until('it is let go', () => !room.isLoaded(key))
  const actor = { person: 'person-1' as PersonId, role: 'member' } as const
  const spent: number[] = []
  const open = () => room.bind({ document: 'notebook', actor }, [], actor.person, (ms) => spent.push(ms))
  // Who comes while it is being opened pays nothing more.
  await Promise.all([open(), open()])
  expect(spent).toHaveLength(1)
})

/** Somebody comes back with notes that they wrote offline. */
async function comeBack(index: number, notes: number, words: string): Promise<RawSocket> {
  const client = 10_000 + index
  const author = `person-${index}` as PersonId
  const doc = new Y.Doc()
  doc.clientID = client
  for (let count = 0; count < notes; count++) {
    const id = `${author}-${count}` as NoteId
    addNote({ id, phase: 'principles', author, at: Date.now(), text: words, order: 'a0', under: null })(doc)
  }
  const socket = scene.raw(author, 'board', { client })
  await socket.opened
  socket.send(syncMessage('step1', Y.encodeStateVector(doc)))
  socket.send(syncMessage('step2', Y.encodeStateAsUpdate(doc)))
  return socket
}

describe('too much is not', () => {
  test('sixty people who come back at once, each with what they wrote in an evening offline', async () => {
    await scene.start({ people: 61 })
    const words = 'Product teams wait three days for a new database, and nobody can say why.'
    const sockets = await Promise.all(Array.from({ length: 60 }, (_, index) => comeBack(index + 1, 40, words)))
    await until('all of it is saved', () => sockets.every((socket) => socket.marked === 1), 20_000)
    for (const socket of sockets) {
      expect(socket.of(MESSAGE.refusal)).toEqual([])
      expect(socket.socket.readyState).toBe(WebSocket.OPEN)
    }
  }, 30_000)

  test('the largest offline copy that one message holds', async () => {
    await scene.start()
    const socket = await comeBack(1, 950, 'x'.repeat(1_950))
    await until('it is saved', () => socket.marked === 1)
    expect(socket.of(MESSAGE.refusal)).toEqual([])
    expect(socket.socket.readyState).toBe(WebSocket.OPEN)
    const other = scene.raw('person-2')
    await other.opened
    await other.fence()
  })
})
