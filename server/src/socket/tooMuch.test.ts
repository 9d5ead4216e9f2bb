import { once } from 'node:events'
import type { Socket } from 'node:net'
import { BUDGETS, HOPELESS } from '@quintet/shared/limits'
import { MESSAGE, SCREEN_SEAT } from '@quintet/shared/protocol'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { syncMessage } from '../testing/rawSocket.ts'
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
