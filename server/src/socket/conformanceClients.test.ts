import { readBoard } from '@quintet/shared/board'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { CLOSE, MESSAGE, SYNC } from '@quintet/shared/protocol'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { handClock } from '../testing/handClock.ts'
import { NOTHING_KNOWN, NOTHING_NEW, syncMessage } from '../testing/rawSocket.ts'
import { note, setScene } from '../testing/scene.ts'
import { watchBoard } from '../testing/sound.ts'
import { until } from '../testing/until.ts'

/* The conformance cases about Yjs client ids, which only a server can be asked. P and Q are members. */

const scene = setScene()
const watch = watchBoard(scene)
const [P, Q] = ['person-1', 'person-2']

const notesIn = (doc: Y.Doc) => [...readBoard(doc).notes.keys()].toSorted()

test('89. P, first write under a client id that Q named: refused as foreign', async () => {
  await watch.start()
  const q = scene.enter(Q)
  await q.synced()
  const doc = new Y.Doc()
  doc.clientID = q.doc.clientID
  note('n1')(doc)
  const p = scene.raw(P)
  await p.opened
  p.send(syncMessage('step2', NOTHING_NEW))
  p.send(syncMessage('update', Y.encodeStateAsUpdate(doc)))
  expect(await p.refused()).toBe('foreign-client')
  expect(await p.closed).toBe('impossible')
  note('n2', 'mine', Q)(q.doc)
  await q.saved()
  expect(notesIn(q.doc)).toEqual(['n2'])
})

test('90. P, comes with a client id that is Q’s, as their own or among earlier ones: closed', async () => {
  const rig = await watch.start()
  const q = scene.enter(Q)
  await q.synced()
  const { clientID } = q.doc
  expect(await scene.raw(P, 'board', { client: clientID }).closed).toBe('impossible')
  expect(await scene.raw(P, 'notebook', { client: clientID }).closed).toBe('impossible')
  // For ever, once something stands under it.
  note('n1', 'mine', Q)(q.doc)
  await q.saved()
  q.leave()
  await rig.restart()
  await watch.tab.back()
  expect(await scene.raw(P, 'board', { client: `77,${clientID}` }).closed).toBe('impossible')
  const again = scene.raw(Q, 'board', { client: clientID })
  await again.opened
  await again.fence()
})

test('91. P, comes with a client id of the server’s, of now or of before: closed', async () => {
  const { rooms, workshop } = await watch.start({ write: (board) => void note('n1')(board) })
  const room = await rooms.open(workshop)
  const ids = await room.read(({ board }) => [board.clientID, ...board.store.clients.keys()])
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThan(1)
  for (const client of ids) expect(await scene.raw(P, 'board', { client }).closed).toBe('impossible')
})

test(`92. P, names more than ${LIMITS.newClientIdsPerHour} new client ids within an hour: closed, and known ones come in`, async () => {
  const clock = handClock()
  await watch.start({ clock })
  const ids = Array.from({ length: LIMITS.newClientIdsPerHour }, (_, index) => 5_000 + index)
  const named = [ids.slice(0, LIMITS.clientIds), ids.slice(LIMITS.clientIds)].map((some) =>
    scene.raw(P, 'board', { client: some.join() }),
  )
  for (const socket of named) {
    await socket.opened
    await socket.fence()
  }
  expect(await scene.raw(P, 'board', { client: 6_000 }).closed).toBe('tooMuch')
  const [known, other] = [scene.raw(P, 'board', { client: 5_000 }), scene.raw(Q, 'board', { client: 6_001 })]
  for (const socket of [known, other]) {
    await socket.opened
    await socket.fence()
  }
  clock.forward(60 * 60 * 1_000)
  const later = scene.raw(P, 'board', { client: 6_000 })
  await later.opened
  await later.fence()
})

test.each(['named in the address', 'known of their other device'])(
  '93. P, second device sends what the first one wrote, %s: allowed',
  async (how) => {
    await watch.start()
    const first = new Y.Doc()
    note('n1')(first)
    if (how !== 'named in the address') {
      const device = scene.enter(P, 'board', { doc: first })
      await device.saved()
      device.leave()
      note('n2')(first)
    }
    const second = new Y.Doc()
    Y.applyUpdate(second, Y.encodeStateAsUpdate(first))
    note('n3')(second)
    const earlier = how === 'named in the address' ? [first.clientID] : []
    const tab = scene.enter(P, 'board', { doc: second, earlier })
    await tab.saved()
    expect(tab.refusals).toEqual([])
    await until('it is seen', () => readBoard(watch.tab.doc).notes.has('n3' as NoteId))
    expect(notesIn(watch.tab.doc)).toEqual(notesIn(second))
  },
)

test('94. Q, sends what P wrote and the server has: allowed, nothing applied, nobody hears of it', async () => {
  const { store } = await watch.start()
  const p = scene.enter(P)
  await p.synced()
  note('n1')(p.doc)
  await p.saved()
  const reader = scene.raw('person-0')
  await reader.opened
  reader.send(syncMessage('step1', NOTHING_KNOWN))
  await until('the reader is synced', () => reader.of(MESSAGE.sync, SYNC.step2).length === 1)
  const appends = store.appends.length
  const q = scene.raw(Q)
  await q.opened
  q.send(syncMessage('step2', Y.encodeStateAsUpdate(p.doc)))
  q.send(syncMessage('update', Y.encodeStateAsUpdate(p.doc)))
  await until('both are marked', () => q.marked === 2)
  expect(q.refusals).toEqual([])
  expect(store.appends.length).toBe(appends)
  await reader.fence()
  expect(reader.of(MESSAGE.sync, SYNC.update)).toEqual([])
})

test('95. Q, has what P wrote and the server lacks: told that it was restored; what they send all the same is refused', async () => {
  await watch.start()
  const lost = new Y.Doc()
  note('n1')(lost)
  const q = scene.enter(Q, 'board', { doc: copyOf(lost) })
  await until('they are told', () => q.closes.length > 0)
  expect(q.closes).toEqual([CLOSE.restored.code])
  const silent = scene.raw(Q)
  await silent.opened
  silent.send(syncMessage('step2', Y.encodeStateAsUpdate(lost)))
  expect(await silent.refused()).toBe('foreign-client')
  expect(await silent.closed).toBe('impossible')
  // An honest client begins afresh, and goes on.
  const fresh = scene.enter(Q)
  await fresh.synced()
  note('n2', 'again', Q)(fresh.doc)
  await fresh.saved()
  expect(notesIn(fresh.doc)).toEqual(['n2'])
})

test('95. P, claims more of the server’s own client id, or of nobody’s, than there is: told the same, and it costs only them', async () => {
  const { rooms, workshop } = await watch.start({ write: (board) => void note('n1')(board) })
  const room = await rooms.open(workshop)
  const [written = 0, own] = await room.read(({ board }) => [...board.store.clients.keys(), board.clientID])
  const q = scene.enter(Q)
  await q.synced()
  for (const client of [written, own ?? 0, 123_456]) {
    const p = scene.raw(P)
    await p.opened
    p.send(syncMessage('step1', Y.encodeStateVector(new Map([[client, 1_000]]))))
    expect(await p.closed).toBe('restored')
  }
  note('n2', 'others go on', Q)(q.doc)
  await q.saved()
  expect(q.closes).toEqual([])
})

/** The same content in a document of another client. */
function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
