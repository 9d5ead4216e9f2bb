// @vitest-environment node
import { LIMITS } from '@quintet/shared/limits'
import { CLOSE } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Device, stubDevice } from './device.fixture.ts'
import { cameBefore, draftsOf, isKept, openKeeping, openOffline, wordsOf, write } from './keeping.fixture.ts'
import { becomes, eventually, type Guest, isSaved, startServer, stubPage, type TestServer } from './server.fixture.ts'

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
  server.wire.mend()
})

describe('the copies on a device', () => {
  it('are one database for each document, person, epoch and reset; of the desk there is none', async () => {
    const facilitator = await server.create()
    const maren = await openKeeping(server, facilitator)
    await becomes(maren, 'live')
    write.note(maren, 'Mine')
    await isKept(maren, page)
    const epoch = await server.epoch(facilitator)
    const { workshop, person } = facilitator
    const names = ['board', 'notebook', 'stage'].map((name) => `quintet:${workshop}:${name}:${person.id}:${epoch}:0`)
    expect(await device.names()).toEqual(names)
  })

  it('show the workshop without a network, take up what is written, and merge on return', async () => {
    const { maren, guest } = await cameBefore(server, page)
    const ines = await openOffline(server, guest)
    expect(readStage(ines.docs.stage)?.title).toBe('How we serve product teams')
    expect(wordsOf(ines)).toEqual(['Before'])
    write.note(ines, 'In the train')
    write.draft(ines, 'For me alone')
    await isKept(ines, page)
    ines.close()

    const again = await openOffline(server, guest)
    expect(wordsOf(again)).toEqual(['Before', 'In the train'])
    expect(draftsOf(again)).toEqual(['For me alone'])
    expect(again.state.getState()).toEqual({ is: 'offline', waiting: 2 })
    expect(again.unsaved.getState()).toEqual(new Set(['Inthetrain', 'Formealone']))
    write.note(again, 'On the platform')
    await isKept(again, page)
    again.close()

    server.wire.mend()
    const home = await openKeeping(server, guest)
    await becomes(home, 'live')
    await eventually(() => expect(home.unsaved.getState()).toEqual(new Set()))
    await eventually(() => expect(wordsOf(maren)).toEqual(['Before', 'In the train', 'On the platform']))
    expect(draftsOf(home)).toEqual(['For me alone'])
    // One address told the ids of both sessions in the train: no connection was made in vain.
    const boards = home.addresses.filter(({ pathname }) => pathname.endsWith('/board'))
    expect(boards.map(({ searchParams }) => searchParams.get('client')?.split(',').length)).toEqual([3])
    home.close()

    server.wire.cut()
    const later = await openOffline(server, guest)
    expect(later.state.getState()).toEqual({ is: 'offline', waiting: 0 })
  })

  it('name the ids that the server lacks also where nobody remembers which these are', async () => {
    const { maren, guest } = await cameBefore(server, page)
    const ines = await openOffline(server, guest)
    write.note(ines, 'In the train')
    await isKept(ines, page)
    ines.close()
    for (const name of await device.names()) await forgetEntries(name)

    server.wire.mend()
    const home = await openKeeping(server, guest)
    await becomes(home, 'live')
    await eventually(() => expect(wordsOf(maren)).toEqual(['Before', 'In the train']))
    const boards = home.addresses.filter(({ pathname }) => pathname.endsWith('/board'))
    expect(boards.map(({ searchParams }) => searchParams.get('client')?.split(',').length)).toEqual([1, 2])
  })

  it('send what more sessions wrote than an address can name in parts', async () => {
    const { maren, guest } = await cameBefore(server, page)
    const texts = Array.from({ length: LIMITS.clientIds + 3 }, (_, index) => `Note ${index + 10}`)
    for (const text of texts) {
      const tab = await openOffline(server, guest)
      write.note(tab, text)
      await isKept(tab, page)
      tab.close()
    }
    server.wire.mend()
    const home = await openKeeping(server, guest)
    // What builds on what goes out in parts waits for it.
    write.note(home, 'Written meanwhile')
    await eventually(() => expect(wordsOf(maren)).toEqual(['Before', ...texts, 'Written meanwhile'].toSorted()))
    await isSaved(home)
    // The last parts can be there before the connection on which nothing is missing.
    await becomes(home, 'live')
    // Nothing of it was taken for what a restored server lacks.
    expect(home.generation.getState()).toBe(0)
  })

  it('are shared by two tabs of one person, and hold what both wrote', async () => {
    const { maren, guest } = await cameBefore(server, page)
    const [one, other] = [await openOffline(server, guest), await openOffline(server, guest)]
    write.note(one, 'In one tab')
    write.note(other, 'In the other')
    await Promise.all([isKept(one, page), isKept(other, page)])
    one.close()
    other.close()
    server.wire.mend()
    const home = await openKeeping(server, guest)
    await eventually(() => expect(wordsOf(maren)).toEqual(['Before', 'In one tab', 'In the other']))
    await isSaved(home)
  })
})

describe('where nothing can be kept', () => {
  it.each([
    ['there is no storage', () => vi.stubGlobal('indexedDB', undefined)],
    ['the browser forbids it', () => vi.spyOn(device.databases, 'open').mockImplementation(forbidden)],
  ])('everything goes on in memory: %s', async (_, close) => {
    close()
    const guest = await server.create()
    const maren = await openKeeping(server, guest)
    await becomes(maren, 'live')
    write.note(maren, 'Mine')
    await isSaved(maren)
    expect(maren.device.getState()).toBe('memory')
    server.wire.cut()
    await becomes(maren, 'offline')
    write.note(maren, 'Offline')
    // It would be lost with the tab.
    expect(page.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false)
  })

  it('says once that the device is full, and keeps what was written before', async () => {
    const { guest } = await cameBefore(server, page)
    const ines = await openOffline(server, guest)
    const said: string[] = []
    ines.device.subscribe((state) => said.push(state))
    const { IDBObjectStore } = await import('fake-indexeddb')
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    write.note(ines, 'Too much')
    await eventually(() => expect(said).toEqual(['full']))
    write.note(ines, 'More')
    expect(page.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false)
    vi.restoreAllMocks()
    ines.close()
    const again = await openOffline(server, guest)
    expect(wordsOf(again)).toEqual(['Before'])
    expect(said).toEqual(['full'])
  })
})

describe('a person who is sent away for a while', () => {
  it('is told why, and comes back by themselves', async () => {
    const { guest } = await cameBefore(server, page)
    await useUpIds(guest)
    const ines = await openKeeping(server, guest)
    await becomes(ines, 'offline')
    expect(ines.state.getState()).toMatchObject({ reason: CLOSE.tooMuch.reason })
  })
})

function forbidden(): never {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}

/** Removes what a copy remembers of who wrote in it, as if the browser had lost it. */
async function forgetEntries(name: string): Promise<void> {
  const database = await result(device.databases.open(name))
  const transaction = database.transaction(['custom'], 'readwrite')
  transaction.objectStore('custom').clear()
  await new Promise((resolve) => {
    transaction.oncomplete = resolve
  })
  database.close()
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Uses up the Yjs client ids that a person may bring within an hour. */
async function useUpIds({ workshop, person, cookie }: Guest): Promise<void> {
  const Plain = WebSocket as unknown as new (url: string, options: object) => WebSocket
  for (let used = 0; used < LIMITS.newClientIdsPerHour; used += LIMITS.clientIds) {
    const ids = Array.from({ length: LIMITS.clientIds }, (_, index) => 1_000 + used + index)
    const address = `${server.origin.replace('http', 'ws')}/sync/${workshop}/board?v=1&seat=${person.id}&client=${ids}`
    const socket = new Plain(address, { headers: { cookie } })
    await new Promise((resolve) => {
      socket.onmessage = resolve
      socket.onclose = resolve
    })
    socket.close()
  }
}
