import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LIMITS } from '@quintet/shared/limits'
import { PROTOCOL_VERSION, SCREEN_SEAT } from '@quintet/shared/protocol'
import { describe, expect, onTestFinished, test } from 'vitest'
import { enterWrite } from '../testing/enterWrite.ts'
import { Participant } from '../testing/participant.ts'
import { openRaw } from '../testing/rawSocket.ts'
import { writeDraft } from '../testing/rhythm.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { createWorkshop, spawnServer } from '../testing/serverProcess.ts'
import { until } from '../testing/until.ts'

describe('[promise 5] a client id belongs to one person', () => {
  const scene = setScene()

  test('[promise 5] also after the server was killed, as soon as anything written under it was seen or marked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quintet-bindings-'))
    let running = await spawnServer(folder)
    onTestFinished(async () => {
      await running.kill()
      await rm(folder, { recursive: true, force: true })
    })
    const { workshop, seats } = await createWorkshop(running.port, 2)
    const [, p, q] = seats
    if (!p || !q) throw new Error('There are two members.')
    const enter = (more: object = {}) =>
      new Participant({ port: running.port, workshop, document: 'board', seat: p.person, headers: p.headers, ...more })
    const tab = enter()
    await tab.synced()
    note('n1', 'words', p.person)(tab.doc)
    await tab.saved()
    await running.kill()
    tab.leave()
    running = await spawnServer(folder)
    const { clientID } = tab.doc
    const path = `/sync/${workshop}/board?v=${PROTOCOL_VERSION}&seat=${q.person}&client=${clientID}`
    expect(await openRaw(running.port, path, q.headers).closed).toBe('impossible')
    // Its person goes on under it.
    const again = enter({ doc: tab.doc })
    onTestFinished(() => again.leave())
    await again.synced()
    note('n2', 'more', p.person)(again.doc)
    await again.saved()
    expect(again.refusals).toEqual([])
  }, 30_000)

  test('[promise 5] it is saved in the same piece as the first update that uses it, and only then', async () => {
    const { store } = await scene.start()
    const tab = scene.enter('person-1')
    await tab.saved()
    const boundIn = () => store.appends.filter(({ records = [] }) => records.some(({ kind }) => kind === 'client'))
    expect(boundIn()).toEqual([])
    note('n1')(tab.doc)
    await tab.saved()
    note('n2')(tab.doc)
    await tab.saved()
    const record = { kind: 'client', key: String(tab.doc.clientID), value: 'person-1' }
    expect(boundIn().map(({ records, updates }) => [records, updates.map(({ document }) => document)])).toEqual([
      [[record], ['board']],
    ])
  })

  test('[promise 5] the ids of the server’s own documents are nobody’s, each notebook’s too', async () => {
    const { rig, books, reveal, landed } = await enterWrite(scene)
    writeDraft(books[0], 'd1')
    await books[0].saved()
    await reveal()
    await landed(1)
    await until('it is marked', () => [...books[0].doc.store.clients.keys()].length > 1)
    const servers = [...books[0].doc.store.clients.keys()].filter((client) => client !== books[0].doc.clientID)
    expect(servers.length).toBeGreaterThan(0)
    for (const client of servers) {
      expect(await scene.raw('person-1', 'notebook', { client }).closed).toBe('impossible')
      expect(await scene.raw('person-1', 'board', { client }).closed).toBe('impossible')
      expect(await scene.raw(OBSERVER_SEAT, 'board', { client }).closed).toBe('impossible')
    }
    // What stands of the server’s from before a restart stays its own.
    await rig.restart()
    for (const client of servers) expect(await scene.raw('person-1', 'notebook', { client }).closed).toBe('impossible')
  })

  test('an observer or a screen names one id, and nobody uses up what others may name', async () => {
    await scene.start()
    const some = (from: number) => Array.from({ length: LIMITS.clientIds }, (_, nth) => from + nth).join()
    for (const seat of [SCREEN_SEAT, OBSERVER_SEAT])
      for (const from of [5_000, 6_000, 7_000]) {
        const socket = scene.raw(seat, 'board', { client: some(from + (seat === SCREEN_SEAT ? 0 : 500)) })
        await socket.opened
        await socket.fence()
      }
    // What they named beside the first is anybody's still.
    const member = scene.raw('person-1', 'board', { client: some(5_001).replace(/,5032$/, '') })
    await member.opened
    await member.fence()
    expect(await scene.raw('person-1', 'board', { client: 5_000 }).closed).toBe('impossible')
  })

  test('[promise 5] an observer’s is bound too, so that nobody is here under another’s', async () => {
    await scene.start()
    const watcher = scene.enter(OBSERVER_SEAT)
    await watcher.synced()
    expect(await scene.raw('person-1', 'board', { client: watcher.doc.clientID }).closed).toBe('impossible')
    // Nothing is written under it.
    expect(await scene.rig.store.records(scene.rig.workshop, 'client', 9)).toEqual([])
  })

  test('[promise 5] also after a restart, if others only heard of it: of an observer, a screen or a member', async () => {
    const { store } = await scene.start()
    const eye = scene.enter('person-0')
    await eye.synced()
    store.hold()
    const seen = [OBSERVER_SEAT, SCREEN_SEAT, 'person-1'].map((seat) => scene.enter(seat))
    await until('it is about to be durable', () => store.held > 0)
    for (const { doc } of seen) expect(eye.hears(doc.clientID)).toBeUndefined()
    store.release()
    await until('all are heard of', () => seen.every(({ doc }) => eye.hears(doc.clientID) !== undefined))
    const ids = seen.map(({ doc }) => doc.clientID)
    for (const each of [eye, ...seen]) each.leave()
    await scene.rig.restart()
    for (const client of ids) expect(await scene.raw('person-2', 'board', { client }).closed).toBe('impossible')
  })
})
