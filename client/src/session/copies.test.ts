// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { openCopy } from './copies.ts'
import type { CopyOptions } from './copy.ts'
import { type Device, stubDevice } from './device.fixture.ts'

let device: Device
beforeEach(() => {
  device = stubDevice()
})

const SERVER = Symbol('server')

/** A tab with the copy of one document. */
async function tab(options: Partial<CopyOptions> = {}) {
  const doc = options.doc ?? new Y.Doc()
  const ended: string[] = []
  const unsaved = { things: new Set<string>(), since: new Map<number, number>() }
  const copy = await openCopy({
    name: 'copy',
    doc,
    isServers: (origin) => origin === SERVER,
    unsaved: () => ({ things: [...unsaved.things], since: unsaved.since }),
    onEnd: (why) => ended.push(why),
    ...options,
  })
  const root = doc.getMap<string>('notes')
  return {
    copy,
    doc,
    ended,
    unsaved,
    written: () => vi.waitFor(() => expect(copy.isWritten).toBe(true), { timeout: 5_000, interval: 1 }),
    write: (key: string, value: string, origin?: unknown) => doc.transact(() => root.set(key, value), origin),
    notes: () => root.toJSON(),
  }
}

/** How many updates stand in a database. */
async function updates(name = 'copy'): Promise<number> {
  const open = device.databases.open(name)
  await new Promise((resolve) => {
    open.onsuccess = resolve
  })
  const count = open.result.transaction(['updates']).objectStore('updates').count()
  await new Promise((resolve) => {
    count.onsuccess = resolve
  })
  open.result.close()
  return count.result
}

describe('a copy', () => {
  it('is what the document was when the tab was closed', async () => {
    const first = await tab()
    first.write('a', '1')
    first.write('b', '2')
    await first.written()
    first.copy.detach()
    first.write('c', 'after it')
    const second = await tab()
    expect(second.notes()).toEqual({ a: '1', b: '2' })
  })

  it('tells what was not saved of it, by whom and since when, until it is', async () => {
    const first = await tab()
    first.unsaved.things.add('a')
    first.unsaved.since.set(7, 3)
    first.write('a', '1')
    await first.written()
    first.copy.detach()

    const second = await tab()
    const entry = { client: first.doc.clientID, things: ['a'], since: new Map([[7, 3]]) }
    expect(second.copy.entries).toEqual([expect.objectContaining(entry)])
    second.copy.settled()
    second.write('b', '2')
    await second.written()
    second.copy.detach()
    const third = await tab()
    expect(third.copy.entries.map(({ things }) => things)).toEqual([[], []])
  })

  it('leaves what an open tab has written on since as it is', async () => {
    const first = await tab()
    first.unsaved.things.add('a')
    first.write('a', '1')
    await first.written()
    const second = await tab()
    first.unsaved.things.add('b')
    first.write('b', '2')
    await first.written()
    second.copy.settled()
    second.write('c', '3')
    await second.written()
    const third = await tab()
    const { clientID } = first.doc
    expect(third.copy.entries.find(({ client }) => client === clientID)?.things).toEqual(['a', 'b'])
  })

  it('is written anew now and then, and keeps what other tabs have written meanwhile', async () => {
    const [one, other] = [await tab(), await tab()]
    other.write('other', 'tab')
    await other.written()
    other.copy.detach()
    for (let round = 0; round < 320; round++) {
      one.write('one', String(round))
      await one.written()
    }
    one.copy.detach()
    expect(await updates()).toBeLessThan(50)
    const after = await tab()
    expect(after.notes()).toEqual({ one: '319', other: 'tab' })
    expect(await updates()).toBe(1)
  })

  it('lets what the server has anyway wait, and one’s own not', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const first = await tab()
    const before = await updates()
    first.write('theirs', '1', SERVER)
    first.write('theirs', '2', SERVER)
    expect(first.copy.isWritten).toBe(true)
    expect(await updates()).toBe(before)
    first.write('mine', '3')
    expect(first.copy.isWritten).toBe(false)
    await first.written()
    // All three as one.
    expect(await updates()).toBe(before + 1)
    vi.useRealTimers()
  })

  it('ends when another tab deletes it, and everyone lets go of it', async () => {
    const [one, other] = [await tab(), await tab()]
    await other.copy.delete()
    expect(one.ended).toEqual(['gone'])
    one.write('a', 'in memory')
    expect(one.copy.isWritten).toBe(false)
    expect(await device.names()).toEqual([])
  })

  it('reads again what other tabs have written since, for a last look', async () => {
    const [one, other] = [await tab(), await tab()]
    other.write('other', 'tab')
    await other.written()
    expect(one.notes()).toEqual({})
    await one.copy.readAgain()
    expect(one.notes()).toEqual({ other: 'tab' })
  })
})
