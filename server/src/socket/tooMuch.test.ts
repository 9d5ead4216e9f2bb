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
