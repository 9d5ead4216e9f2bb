import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { WorkshopId } from '@quintet/shared/ids'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applied, contentOf, editsOf, spreadChoices } from './edits.fixture.ts'
import { openFolder } from './folder.ts'
import type { ThreadSettings } from './messages.ts'
import { openSqliteStore, storeOn } from './sqlite.ts'
import { type Store, StoreFailed } from './store.ts'
import { StoreThread } from './thread.ts'
import { prepareCommit, type Write } from './writes.ts'

const here = 'here' as WorkshopId

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quintet-failure-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function boardOf(store: Store): Promise<unknown> {
  const segments: Uint8Array[] = []
  for await (const segment of store.load(here, 'board')) segments.push(segment)
  return contentOf(applied(segments))
}

test('[S7] a full disk rejects, keeps nothing of what it rejected, and saving goes on when there is room', async () => {
  const store = await openSqliteStore({ folder, maxPages: 46 })
  await store.create({ id: here, createdAt: 0, updates: [] })
  const updates = editsOf(spreadChoices(5_000))
  const append = (update: Uint8Array) => store.append(here, { updates: [{ document: 'board', update }] })

  let kept = 0
  let failure: unknown
  // Some at a time share a commit, of which a slow disk does few in a second.
  for (let from = 0; failure === undefined && from < updates.length; from += 25) {
    const results = await Promise.allSettled(updates.slice(from, from + 25).map(append))
    const first = results.findIndex(({ status }) => status === 'rejected')
    kept += first === -1 ? results.length : first
    if (first === -1) continue
    failure = (results[first] as PromiseRejectedResult).reason
    expect(new Set(results.slice(first).map(({ status }) => status))).toEqual(new Set(['rejected']))
  }
  expect(failure).toBeInstanceOf(StoreFailed)
  expect(String(failure)).toMatch(/is full.*Nothing of it was kept.*Free space/)
  expect(kept).toBeGreaterThan(1_000)
  await expect(store.check()).rejects.toBeInstanceOf(StoreFailed)
  expect(await boardOf(store)).toEqual(contentOf(applied(updates.slice(0, kept))))

  await store.compact(here)
  await store.check()
  await Promise.all(updates.slice(kept, kept + 500).map(append))
  expect(await boardOf(store)).toEqual(contentOf(applied(updates.slice(0, kept + 500))))
  await store.close()
}, 60_000)

test('[S7] one write that cannot be saved for want of room fails those that share its commit', async () => {
  const store = await openSqliteStore({ folder, maxPages: 120 })
  await store.create({ id: here, createdAt: 0, updates: [] })
  const [small = new Uint8Array()] = editsOf(spreadChoices(10))
  const sizes = [small, new Uint8Array(2 * 1024 * 1024), small]
  const appends = sizes.map((update) => store.append(here, { updates: [{ document: 'board', update }] }))
  const results = await Promise.allSettled(appends)
  // The first may have had a commit of its own; the last was asked for before anybody could know of the failure.
  expect(results.slice(1).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await store.append(here, { updates: [{ document: 'stage', update: small }] })
  await store.close()
})

test('[S3] writes from before a failure was known fail with it, later ones are kept', () => {
  const { database, close } = openFolder(folder, 120)
  const commit = prepareCommit(database)
  const write = (size: number, failuresSeen: number): Extract<Write, { name: 'append' }> => ({
    id: 1,
    name: 'append',
    failuresSeen,
    input: {
      workshop: here,
      updates: [{ document: 'board', update: new Uint8Array(size) }],
      records: [],
      forgotten: [],
      seats: [],
      leaving: [],
      keys: [],
    },
  })
  const create: Write = { ...write(1, 0), name: 'create', input: { ...write(1, 0).input, createdAt: 0 } }
  const kinds = (...writes: Write[]) => commit(writes).map(({ kind }) => kind)

  expect(kinds(create)).toEqual(['done'])
  expect(kinds(write(1, 0), write(2_000_000, 0))).toEqual(['failed', 'failed'])
  expect(kinds(write(1, 0))).toEqual(['failed'])
  expect(kinds(write(1, 1), write(1, 0), write(1, 1))).toEqual(['done', 'failed', 'done'])
  close()
})

test('[S6] a write that cannot be bound to a statement fails alone', async () => {
  const store = await openSqliteStore({ folder })
  const wrong = { cookie: Symbol.iterator.description, person: {} } as never
  const results = await Promise.allSettled([
    store.create({ id: here, createdAt: 0, updates: [] }),
    store.append(here, { updates: [], seats: [wrong] }),
    store.append(here, { updates: [], records: [{ kind: 'reply', key: 'a', value: 1 }] }),
  ])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  await store.close()
})

test('[S4] history that cannot be read is an error, not a shorter document', async () => {
  const store = await openSqliteStore({ folder })
  await store.create({ id: here, createdAt: 0, updates: [] })
  const updates = [...editsOf(spreadChoices(2_000)), new Uint8Array([1, 200, 200]), new Uint8Array([1])]
  await store.append(here, { updates: updates.map((update) => ({ document: 'board', update })) })
  await expect(boardOf(store)).rejects.toBeInstanceOf(StoreFailed)
  await store.close()
})

test('[S7] when the thread dies, everything under way and everything later rejects', async () => {
  const workerData: ThreadSettings = { folder, maxPages: null }
  const worker = new Worker(new URL('./sqliteWorker.ts', import.meta.url), { workerData })
  const thread = new StoreThread(worker)
  await thread.opened
  const store = storeOn(thread)
  await store.create({ id: here, createdAt: 0, updates: [] })

  const underWay = Array.from({ length: 200 }, () => store.append(here, { updates: [] }))
  const loading = boardOf(store)
  const ended = worker.terminate()
  // However much the thread had done by then, of this one it hears nothing, and nobody knows yet that it is gone.
  const last = store.append(here, { updates: [] })
  const results = await Promise.allSettled([...underWay, loading, last])
  await ended
  const failures = results.filter(({ status }) => status === 'rejected')
  expect(failures.length).toBeGreaterThan(0)
  for (const failure of failures) expect(failure).toMatchObject({ reason: { name: 'StoreFailed' } })

  await expect(store.has(here)).rejects.toThrow(/thread has stopped.*What was acknowledged is safe.*Restart Quintet/)
  await expect(store.append(here, { updates: [] })).rejects.toBeInstanceOf(StoreFailed)
  await store.close()
})

test('[S7] a thread that crashes says why', async () => {
  const thread = new StoreThread(new Worker(`throw new Error('out of luck')`, { eval: true }))
  await expect(thread.opened).rejects.toThrow(/has stopped \(out of luck\)/)
  await thread.close()
})
