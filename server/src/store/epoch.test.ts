import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { say } from './contract.fixture.ts'
import { openFolder } from './folder.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'

const here = 'here' as WorkshopId

let parent: string
let folder: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'quintet-epoch-'))
  folder = join(parent, 'data')
})
afterEach(() => rmSync(parent, { recursive: true }))

const append = (store: Store, words: string) =>
  store.append(here, { updates: [{ document: 'board', update: say(words) }] })

/** Opens the folder for a while. @returns its epoch. */
async function opened(work: (store: Store) => Promise<unknown> = async () => undefined): Promise<string> {
  const store = await openSqliteStore({ folder })
  try {
    await work(store)
    return await store.epoch()
  } finally {
    await store.close()
  }
}

const aWorkshop = (store: Store) => store.create({ id: here, createdAt: 0, updates: [] })

/** What `sqlite3 quintet.db ".backup …"` writes while the server runs. */
function backUp(): string {
  const file = join(parent, 'backup.db')
  const { database, close } = openFolder(folder, null)
  database.prepare('VACUUM INTO ?').run(file)
  close()
  return file
}

test('is another one in a folder that was copied, and in a copy that took the place of the first', async () => {
  const first = await opened(aWorkshop)
  const copy = join(parent, 'copy')
  cpSync(folder, copy, { recursive: true })
  expect(await opened()).toBe(first)
  rmSync(folder, { recursive: true })
  cpSync(copy, folder, { recursive: true })
  const second = await opened()
  expect(second).not.toBe(first)
  expect(await opened()).toBe(second)
})

test('is another one when an older backup is written into the same file', async () => {
  const first = await opened(async (store) => {
    await aWorkshop(store)
    await append(store, 'in the backup')
  })
  const backup = backUp()
  expect(await opened((store) => append(store, 'after it'))).toBe(first)
  copyFileSync(backup, join(folder, 'quintet.db'))
  const second = await opened()
  expect(second).not.toBe(first)
  expect(await opened((store) => append(store, 'on and on'))).toBe(second)
  expect(await opened()).toBe(second)
})

test('stays when nothing was written since the backup, since nothing is lost', async () => {
  const first = await opened(aWorkshop)
  const backup = backUp()
  copyFileSync(backup, join(folder, 'quintet.db'))
  expect(await opened()).toBe(first)
})

test('stays when the mark is gone or makes no sense', async () => {
  const first = await opened(aWorkshop)
  rmSync(join(folder, 'quintet.mark'))
  expect(await opened((store) => append(store, 'words'))).toBe(first)
  copyFileSync(join(folder, 'quintet.db'), join(folder, 'quintet.mark'))
  expect(await opened()).toBe(first)
})

test('what is put aside goes with its workshop', async () => {
  const entry = { id: 'x', at: 1, person: 'ada' as PersonId, document: 'board', code: 'fault', path: '' } as const
  await opened(async (store) => {
    await aWorkshop(store)
    await store.quarantine(here, { ...entry, bytes: say('secret') })
  })
  const { database, close } = openFolder(folder, null)
  database.prepare('DELETE FROM workshops WHERE id = ?').run(here)
  expect(database.prepare('SELECT * FROM quarantine').all()).toEqual([])
  close()
})
