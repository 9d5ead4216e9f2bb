import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openFolder } from './folder.ts'
import { MIGRATIONS } from './migrations.ts'
import { openSqliteStore } from './sqlite.ts'

let parent: string
let folder: string
let file: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'quintet-folder-'))
  folder = join(parent, 'deep', 'data')
  file = join(folder, 'quintet.db')
})
afterEach(() => rmSync(parent, { recursive: true }))

function change(sql: string): void {
  openFolder(folder, null).close()
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
}

/** The sentence with which the folder is refused, here and in the store's thread. The database must not have been touched. */
async function refusal(): Promise<string> {
  const before = readFileSync(file)
  const message = await openSqliteStore({ folder }).then(
    () => 'it was opened',
    (error: Error) => `${error.name}: ${error.message}`,
  )
  expect(readFileSync(file).equals(before)).toBe(true)
  return message
}

test('creates the folder for its owner alone', () => {
  openFolder(folder, null).close()
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('opens with full synchronisation, a write-ahead log and foreign keys', () => {
  const { database, close } = openFolder(folder, 500)
  const value = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  expect(value('journal_mode')).toBe('wal')
  expect(value('synchronous')).toBe(2)
  expect(value('foreign_keys')).toBe(1)
  expect(value('max_page_count')).toBe(500)
  expect(value('user_version')).toBe(MIGRATIONS.length)
  close()
})

test('opens again what it created, without another migration', () => {
  openFolder(folder, null).close()
  const before = readFileSync(file)
  openFolder(folder, null).close()
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('refuses data of a newer version', async () => {
  change('PRAGMA user_version = 99')
  expect(await refusal()).toBe(
    `StoreUnusable: The data in ${folder} was written by a newer Quintet (its format is 99, this one knows formats up to ${MIGRATIONS.length}). Nothing was changed and nothing is lost. Start the newer version again, or restore the backup from before the update.`,
  )
})

const notOurs = () =>
  `StoreUnusable: The file quintet.db in ${folder} is not a database of Quintet, or it is damaged. Nothing was changed. Move it away and put the last backup in its place, or choose another data folder (DATA_DIR).`

test("refuses another program's database", async () => {
  change('PRAGMA application_id = 7')
  expect(await refusal()).toBe(notOurs())
})

test.each([
  ['a few words', Buffer.from('not a database')],
  ['random bytes', randomBytes(20_000)],
])('refuses a file that is no database: %s', async (_, bytes) => {
  openFolder(folder, null).close()
  writeFileSync(file, bytes)
  expect(await refusal()).toBe(notOurs())
})

test('refuses a folder that cannot be made', async () => {
  writeFileSync(join(parent, 'deep'), 'a file where the folder should be')
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({
    name: 'StoreUnusable',
    message: expect.stringMatching(/^The data folder .* cannot be written \(ENOTDIR.* choose another data folder/),
  })
})

test.skipIf(process.getuid?.() === 0)('refuses a database that may only be read (root may always write)', async () => {
  openFolder(folder, null).close()
  chmodSync(file, 0o400)
  expect(await refusal()).toMatch(/cannot be written \(attempt to write a readonly database\)/)
})

test('lets go of the folder after a refusal', () => {
  change('PRAGMA user_version = 99')
  expect(() => openFolder(folder, null)).toThrow('newer')
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
  database.close()
  openFolder(folder, null).close()
})
