import { readBoard } from '@quintet/shared/board'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { CLOSE } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import { readSchema, SCHEMAS } from '@quintet/shared/schema'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Store, StoreFailed } from '../store/store.ts'
import { NOTHING_NEW, syncMessage } from '../testing/rawSocket.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'
import { NoWorkshop, Rooms } from './rooms.ts'

const scene = setScene()

const NOTEBOOK = `notebook:${'person-1' as PersonId}` as const

describe('opening', () => {
  test('[promise 6] there is no room without a workshop', async () => {
    const { rooms } = await scene.start()
    await expect(rooms.open('nowhere' as WorkshopId)).rejects.toThrow(NoWorkshop)
    expect(rooms.loaded).not.toContain('nowhere')
  })

  test('[promise 3] many at once get one room, loaded once', async () => {
    const rig = await scene.start()
    await rig.restart()
    const rooms = await Promise.all(Array.from({ length: 20 }, () => rig.rooms.open(rig.workshop)))
    expect(new Set(rooms).size).toBe(1)
    expect(rig.store.loads).toEqual(['stage', 'board', 'desk'])
  })

  test('[promise 6] a failed load is an error, never an empty document, and the next one may succeed', async () => {
    const rig = await scene.start({ write: (board) => void note('n1')(board) })
    await rig.restart()
    rig.store.failLoads(new StoreFailed('The disk is gone.'))
    await expect(rig.rooms.open(rig.workshop)).rejects.toThrow('The disk is gone.')
    const tab = scene.enter('person-1')
    await until('it is closed', () => tab.closes.length > 0)
    expect(tab.closes[0]).toBe(CLOSE.notOpened.code)
    expect(tab.provider.synced).toBe(false)
    rig.store.failLoads(null)
    await tab.synced()
    expect([...readBoard(tab.doc).notes.keys()]).toEqual(['n1'])
  })

  test('[promise 6] half a document is never opened as a whole one', async () => {
    const rig = await scene.start()
    const doc = new Y.Doc()
    note('n1')(doc)
    const known = Y.encodeStateVector(doc)
    note('n2')(doc)
    await rig.store.append(rig.workshop, {
      updates: [{ document: 'board', update: Y.encodeStateAsUpdate(doc, known) }],
    })
    await rig.restart()
    await expect(rig.rooms.open(rig.workshop)).rejects.toThrow('incomplete on disk')
  })

  test.each([
    ['stage', { schema: SCHEMAS.stage + 1 }],
    ['board', { schemas: { ...SCHEMAS, board: SCHEMAS.board + 1 } }],
  ])('shapes of the %s that are newer than this version are refused with a clear line', async (name, stamp) => {
    const rig = await scene.start({ write: (board) => void note('n1')(board) })
    const doc = new Y.Doc()
    for await (const segment of rig.store.load(rig.workshop, 'stage')) Y.applyUpdate(doc, segment)
    const known = Y.encodeStateVector(doc)
    for (const [key, value] of Object.entries(stamp)) doc.getMap('about').set(key, value)
    await rig.store.append(rig.workshop, {
      updates: [{ document: 'stage', update: Y.encodeStateAsUpdate(doc, known) }],
    })
    await rig.restart()
    await expect(rig.rooms.open(rig.workshop)).rejects.toThrow(
      new RegExp(`The ${name} of .*newer Quintet.*Nothing was changed`),
    )
    const tab = scene.enter('person-1')
    await until('it is closed', () => tab.closes.length > 0)
    expect(readBoard(tab.doc).notes.size).toBe(0)
  })

  test.each(['board', 'notebook'] as const)(
    'what a member says of the shapes of the %s is refused, and keeps nobody out',
    async (name) => {
      const rig = await scene.start({ unloadAfter: 1 })
      const tab = scene.enter('person-1', name)
      await tab.synced()
      tab.doc.getMap('about').set('schema', 2)
      await until('it is refused', () => tab.closes.length > 0)
      expect(tab.refusals.map(({ code }) => code)).toEqual(['unknown-root'])
      tab.leave()
      await until('the room is let go', () => rig.rooms.loaded.length === 0)
      const again = scene.enter('person-1', name)
      await again.synced()
      expect(readSchema(again.doc)).toBe(SCHEMAS[name])
      expect(again.closes).toEqual([])
    },
  )
})

describe('unloading', () => {
  test('[promise 6] a room is let go when it rests, and comes back equal', async () => {
    const { rooms, workshop } = await scene.start({ unloadAfter: 1 })
    const tab = scene.enter('person-1')
    await tab.synced()
    note('n1')(tab.doc)
    note('n2', 'words 🌱 שלום')(tab.doc)
    await tab.saved()
    const room = await rooms.open(workshop)
    const before = await room.read(({ stage, board }) => ({
      stage,
      board: readBoard(board),
      state: Y.encodeStateVector(board),
    }))
    tab.leave()
    await until('it is let go', () => rooms.loaded.length === 0)
    await expect(room.read(() => 1)).rejects.toThrow('not open here')
    const again = await rooms.open(workshop)
    expect(again).not.toBe(room)
    const after = await again.read(({ stage, board }) => ({
      stage,
      board: readBoard(board),
      state: Y.encodeStateVector(board),
    }))
    expect(after).toEqual(before)
  })

  test('[promise 6] a room stays while something is unsaved or someone is connected', async () => {
    const { rooms, workshop, store } = await scene.start({ unloadAfter: 1 })
    const tab = scene.enter('person-1')
    await tab.synced()
    await tab.saved()
    const room = await rooms.open(workshop)
    expect(room.mayUnload).toBe(false)
    store.hold()
    note('n1')(tab.doc)
    await until('the commit is under way', () => store.held === 1)
    tab.leave()
    const gone = scene.raw('person-1', 'stage')
    await gone.opened
    await gone.fence()
    gone.socket.terminate()
    await gone.closed
    expect(room.mayUnload).toBe(false)
    expect(rooms.loaded).toEqual([workshop])
    store.release()
    await until('it is let go', () => rooms.loaded.length === 0)
    const again = await rooms.open(workshop)
    expect(await again.read(({ board }) => readBoard(board).notes.size)).toBe(1)
  })

  test('a notebook is let go when its person has left', async () => {
    const { rooms, workshop } = await scene.start()
    const room = await rooms.open(workshop)
    const tab = scene.enter('person-1', 'notebook')
    await tab.synced()
    expect(room.isLoaded(NOTEBOOK)).toBe(true)
    tab.leave()
    await until('it is let go', () => !room.isLoaded(NOTEBOOK))
  })
})

describe('a notebook that cannot be loaded', () => {
  test('does not keep its room from resting', async () => {
    const rig = await scene.start()
    const { promise: loading, reject: failLoading } = Promise.withResolvers<never>()
    const load: Store['load'] = async function* (workshop, document) {
      if (document === NOTEBOOK) yield await loading
      yield* rig.store.load(workshop, document)
    }
    const log = pino({ level: 'silent' })
    const rooms = new Rooms({ store: { ...rig.store, load }, log, unloadAfter: 1 })
    const room = await rooms.open(rig.workshop)
    const actor: Actor = { person: 'person-1' as PersonId, role: 'member' }
    const unheard = () => undefined
    const stands = () => true
    const unmeasured = { spend: unheard, holds: unheard, accepted: unheard, refused: unheard, wait: () => 0 }
    const deaf = { stands, write: unheard, close: unheard, ...unmeasured }
    const connecting = room.connect({ actor, document: 'notebook', client: 1, ...deaf })
    connecting.catch(unheard)
    // Asked for now, the room may not be let go, and nobody asks again.
    await rooms.open(rig.workshop)
    failLoading(new StoreFailed('The disk is gone.'))
    await expect(connecting).rejects.toThrow('The disk is gone.')
    await until('the room is let go', () => rooms.loaded.length === 0)
  })
})

describe('closing', () => {
  test('makes everything durable that was taken, and lets clients return', async () => {
    const rig = await scene.start()
    const tab = scene.enter('person-1')
    await tab.synced()
    await tab.saved()
    const room = await rig.rooms.open(rig.workshop)
    const text = 'x'.repeat(1_000)
    for (let count = 0; count < 20; count++) note(`n${count}`, text)(tab.doc)
    await until('the room has them', () => room.read(({ board }) => readBoard(board).notes.size === 20))
    note('last')(tab.doc)
    await rig.restart()
    await until('it is back', () => tab.closes.length > 0 && tab.provider.synced)
    expect(tab.closes[0]).toBe(CLOSE.stopping.code)
    await tab.saved()
    const again = await rig.rooms.open(rig.workshop)
    expect(await again.read(({ board }) => readBoard(board).notes.size)).toBe(21)
  })

  test('[promise 1] waits for the commit under way and saves what came behind it, for one who never returns', async () => {
    const rig = await scene.start()
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    note('n1')(doc)
    note('n2')(doc)
    const [first = NOTHING_NEW, second = NOTHING_NEW] = updates
    const tab = scene.raw('person-1', 'board', { client: doc.clientID })
    await tab.opened
    tab.send(syncMessage('step2', NOTHING_NEW))
    await until('it is marked', () => tab.marked === 1)
    rig.store.hold()
    tab.send(syncMessage('update', first))
    await until('the commit is under way', () => rig.store.held === 1)
    tab.send(syncMessage('update', second))
    await tab.fence()
    const stopping = rig.rooms.close()
    expect(tab.marked).toBe(1)
    rig.store.release()
    await stopping
    expect(await tab.closed).toBe('stopping')
    expect(tab.marked).toBe(3)
    const kept = new Y.Doc()
    for await (const segment of rig.store.load(rig.workshop, 'board')) Y.applyUpdate(kept, segment)
    expect([...readBoard(kept).notes.keys()].toSorted()).toEqual(['n1', 'n2'])
  })

  test('opens nothing any more', async () => {
    const { rooms, workshop } = await scene.start()
    await rooms.close()
    await expect(rooms.open(workshop)).rejects.toThrow('stopping')
  })
})
