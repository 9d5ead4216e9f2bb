import { once } from 'node:events'
import type { Socket } from 'node:net'
import { readBoard } from '@quintet/shared/board'
import { addNote, transact } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { type CloseName, decodeClock, encodeClock, MESSAGE, SYNC } from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { NOTHING_KNOWN, NOTHING_NEW, syncMessage } from '../testing/rawSocket.ts'
import { FOREIGN_ORIGIN, UNKNOWN_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

const at = (more: { workshop?: string; document?: string; query?: string } = {}): string => {
  const { workshop = scene.rig.workshop as string, document = 'board', query = 'v=1&seat=person-1&client=1' } = more
  return `/sync/${workshop}/${document}?${query}`
}

/** Somebody new comes, writes half a megabyte, and leaves: as much as one person's budget has at once. */
async function writeMuch(index: number): Promise<void> {
  const author = `person-${index}` as PersonId
  const writer = scene.raw(author, 'board', { client: 10_000 + index })
  await writer.opened
  writer.send(syncMessage('step2', NOTHING_NEW))
  const doc = new Y.Doc()
  doc.clientID = 10_000 + index
  doc.on('update', (update: Uint8Array) => writer.send(syncMessage('update', update)))
  for (let times = 0; times < 6; times++) fill(doc, author, times)
  await until('it is saved', () => writer.marked === 7)
  writer.socket.close()
  expect(await writer.closed).toBe(1005)
}

/** Fills forty notes of one's own with other words, all at once: 80 kB. */
function fill(doc: Y.Doc, author: PersonId, turn: number): void {
  const notes = doc.getMap<Y.Map<Y.Text>>('notes')
  const words = String(turn).repeat(2_000)
  transact(doc, () => {
    for (let index = 0; index < 40; index++) {
      const id = `${author}-${index}` as NoteId
      const text = notes.get(id)?.get('text')
      text?.delete(0, text.length)
      text?.insert(0, words)
      if (!text)
        addNote({ id, phase: 'principles', author, at: Date.now(), text: words, order: 'a0', under: null })(doc)
    }
  })
}

const REFUSED: readonly (readonly [CloseName, () => string])[] = [
  ['badRequest', () => '/sync/'],
  ['badRequest', () => '/sync/w/board/more?v=1&seat=person-1&client=1'],
  ['badRequest', () => at({ document: 'attic' })],
  ['badRequest', () => at({ workshop: '..%2f' })],
  ['badRequest', () => at({ workshop: '__proto__' })],
  ['badRequest', () => at({ query: 'seat=person-1&client=1' })],
  ['badRequest', () => at({ query: 'v=one&seat=person-1&client=1' })],
  ['badRequest', () => at({ query: 'v=1&client=1' })],
  ['badRequest', () => at({ query: 'v=1&seat=person-1' })],
  ['badRequest', () => at({ query: 'v=1&seat=person-1&client=' })],
  ['badRequest', () => at({ query: 'v=1&seat=person-1&client=-1' })],
  ['badRequest', () => at({ query: 'v=1&seat=person-1&client=4294967296' })],
  ['badRequest', () => at({ query: `v=1&seat=person-1&client=${Array(33).fill(7).join(',')}` })],
  ['newVersion', () => at({ query: 'v=0&seat=person-1&client=1' })],
  ['newVersion', () => at({ query: 'v=2&anything' })],
  ['noWorkshop', () => at({ workshop: 'nowhere' })],
  ['unknownSeat', () => at({ query: `v=1&seat=${UNKNOWN_SEAT}&client=1` })],
  ['forbidden', () => at({ document: 'desk' })],
  ['restored', () => at({ query: 'v=1&seat=person-1&client=1&epoch=another' })],
  ['restored', () => at({ query: 'v=1&seat=person-1&client=1&epoch=' })],
]

describe('who may come in', () => {
  test.each(REFUSED)('the upgrade is accepted, then closed: %s %#', async (close, path) => {
    await scene.start()
    const { socket, closed } = scene.rawAt(path())
    let accepted = false
    socket.on('open', () => {
      accepted = true
    })
    expect(await closed).toBe(close)
    expect(accepted).toBe(true)
  })

  test('a page of another origin is turned away before anything is looked up', async () => {
    await scene.start()
    expect(await scene.rawAt(at({ workshop: 'nowhere' }), { origin: FOREIGN_ORIGIN }).closed).toBe('forbidden')
  })

  test('as many client ids as the limit allows are taken', async () => {
    await scene.start()
    const socket = scene.rawAt(at({ query: `v=1&seat=person-1&client=${Array(32).fill(4_294_967_295).join(',')}` }))
    await socket.opened
    await socket.fence()
  })

  test('whoever knows the data of this epoch comes in', async () => {
    const { store } = await scene.start()
    const socket = scene.rawAt(at({ query: `v=1&seat=person-1&client=1&epoch=${await store.epoch()}` }))
    await socket.opened
    await socket.fence()
  })

  test('another upgrade is none of the sync’s business, and does not hang', async () => {
    await scene.start()
    expect(await scene.rawAt('/elsewhere').closed).toBe(1006)
  })

  test('nothing is read before it is known who asks, and nothing that was said is lost', async () => {
    const { promise: asked, resolve: admit } = Promise.withResolvers<void>()
    await scene.start({ beforeIdentify: () => asked })
    const doc = new Y.Doc()
    const early = scene.raw('person-1', 'board', { client: doc.clientID })
    await early.opened
    note('n1')(doc)
    early.send(syncMessage('step1', NOTHING_KNOWN))
    early.send(syncMessage('step2', Y.encodeStateAsUpdate(doc)))
    for (let more = 0; more < 50; more++) early.send(syncMessage('update', NOTHING_NEW))
    early.send(encodeClock(77))
    // Somebody else's whole round trip goes by, and the early one is not answered.
    await until('the server answers others', () => scene.rawAt('/elsewhere').closed.then((code) => code === 1006))
    expect(early.heard).toEqual([])
    admit()
    await until('everything is counted', () => early.marked === 51)
    expect(early.of(MESSAGE.sync, SYNC.step2).length).toBe(1)
    const room = await scene.rig.rooms.open(scene.rig.workshop)
    expect(await room.read(({ board }) => [...readBoard(board).notes.keys()])).toEqual(['n1'])
  })

  test('someone who leaves while they are looked up is not waited for', async () => {
    const { promise: asked, resolve: admit } = Promise.withResolvers<void>()
    const { rooms, workshop } = await scene.start({ beforeIdentify: () => asked, unloadAfter: 1 })
    const gone = scene.raw('person-1')
    await gone.opened
    gone.socket.terminate()
    await gone.closed
    admit()
    await rooms.open(workshop)
    await until('the room rests', () => rooms.loaded.length === 0)
  })
})

describe('who comes', () => {
  test('while the server stops is told to return', async () => {
    const { promise: asked, resolve: admit } = Promise.withResolvers<void>()
    const { rooms } = await scene.start({ beforeIdentify: () => asked })
    const late = scene.raw('person-1')
    await late.opened
    await rooms.close()
    admit()
    expect(await late.closed).toBe('stopping')
  })

  test('without a seat makes the server load nothing', async () => {
    const rig = await scene.start()
    await rig.restart()
    expect(await scene.raw(UNKNOWN_SEAT).closed).toBe('unknownSeat')
    expect(rig.store.loads).toEqual([])
    const seated = scene.raw('person-1')
    await seated.opened
    await seated.fence()
    expect(rig.store.loads).toEqual(['stage', 'board', 'desk'])
  })
})

describe('the connection itself', () => {
  test('the clock answers at once with the server’s time', async () => {
    await scene.start({ now: () => 1_234_567 })
    const socket = scene.raw('person-1', 'stage')
    await socket.opened
    socket.send(encodeClock(42))
    await until('it is answered', () => socket.of(MESSAGE.clock).length > 0)
    const decoder = decoding.createDecoder(socket.of(MESSAGE.clock)[0] ?? new Uint8Array())
    decoding.readVarUint(decoder)
    expect(decodeClock(decoder)).toEqual({ asked: 42, now: 1_234_567 })
  })

  test('says something unasked, and ends a connection that is gone', async () => {
    await scene.start({ heartbeat: 30 })
    const alive = scene.raw('person-1')
    await until('it beats', () => alive.of(MESSAGE.clock).length >= 3)
    const path = at({ query: 'v=1&seat=person-2&client=2' })
    const mute = new WebSocket(`ws://127.0.0.1:${scene.rig.port}${path}`, { autoPong: false })
    const closed = new Promise<number>((resolve) => mute.on('close', resolve))
    expect(await closed).toBe(1006)
    expect(alive.socket.readyState).toBe(WebSocket.OPEN)
  })

  test('a slow reader is closed and may come back, others notice nothing, and memory is bounded', async () => {
    const { server } = await scene.start({ people: 123 })
    const connected = once(server, 'connection')
    const slow = scene.raw('person-2')
    const [line] = (await connected) as [Socket]
    await slow.opened
    slow.send(syncMessage('step1', NOTHING_KNOWN))
    await until('it is synced', () => slow.of(MESSAGE.sync, SYNC.step2).length === 1)
    slow.socket.pause()
    const other = scene.enter('person-1')
    await other.synced()
    // How much the network takes differs from machine to machine; how much the server keeps for one line does not.
    let kept = 0
    let written = -1
    for (let count = 0; line.bytesWritten > written && count < 120; count++) {
      written = line.bytesWritten
      await writeMuch(3 + count)
      kept = Math.max(kept, line.writableLength)
    }
    expect(line.bytesWritten).toBe(written)
    expect(kept).toBeLessThan(6 * 1024 * 1024)
    expect(other.closes).toEqual([])
    slow.socket.resume()
    expect(await slow.closed).toBe('tooSlow')
  }, 60_000)
})
