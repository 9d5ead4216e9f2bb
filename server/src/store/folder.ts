import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Epoch, openEpoch } from './epoch.ts'
import { SQLITE, sqliteCode, wordsOf } from './failures.ts'
import { ForeignData, MIGRATIONS, migrate } from './migrations.ts'
import { StoreUnusable } from './store.ts'

/** A data folder that is open: ours alone until it is closed or this process dies. */
export interface OpenFolder {
  readonly database: DatabaseSync
  readonly epoch: Epoch
  close(): void
}

/** How long a statement waits while another program, such as a backup, holds the database, in milliseconds. */
const BUSY_TIMEOUT = 5_000

/**
 * Opens `quintet.db` in a folder that is created (mode 0700) if it is missing, and brings it to the present version.
 * Throws {@link StoreUnusable} with a sentence for whoever starts the server.
 *
 * @param maxPages the most pages of 4 KiB that the database may have; null for no limit but the disk's
 */
export function openFolder(folder: string, maxPages: number | null): OpenFolder {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw unusable(folder, error)
  }
  const lock = takeLock(folder)
  try {
    const { database, epoch } = openDatabase(folder, maxPages)
    return {
      database,
      epoch,
      close: () => {
        epoch.close()
        database.close()
        lock.close()
      },
    }
  } catch (error) {
    lock.close()
    throw unusable(folder, error)
  }
}

/**
 * An open exclusive transaction on a database of its own. Its lock is the operating system's and dies with the process, even on SIGKILL.
 * It is not on `quintet.db` itself, so that a backup may read that while Quintet runs. No other code of this process
 * may open the file: closing any descriptor of it would release the lock.
 */
function takeLock(folder: string): DatabaseSync {
  try {
    const lock = new DatabaseSync(join(folder, 'quintet.lock'), { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    if (sqliteCode(error) !== SQLITE.BUSY) throw unusable(folder, error)
    throw new StoreUnusable(
      `Another Quintet already uses the data folder ${folder}. Nothing was changed. Stop the other one first, or give this one a data folder of its own (DATA_DIR).`,
    )
  }
}

function openDatabase(folder: string, maxPages: number | null): Pick<OpenFolder, 'database' | 'epoch'> {
  const database = new DatabaseSync(join(folder, 'quintet.db'), { timeout: BUSY_TIMEOUT })
  try {
    migrate(database)
    const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode
    if (mode !== 'wal') throw new Error('no write-ahead log on this file system')
    database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    // SQLite opens a file without permission to write as read-only and says so at the first real write: let that be now.
    database.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${MIGRATIONS.length}; ROLLBACK`)
    if (maxPages !== null) database.exec(`PRAGMA max_page_count = ${maxPages}`)
    return { database, epoch: openEpoch(database, folder) }
  } catch (error) {
    database.close()
    throw error
  }
}

function unusable(folder: string, error: unknown): StoreUnusable {
  return new StoreUnusable(sentence(folder, error), { cause: error })
}

function sentence(folder: string, error: unknown): string {
  if (error instanceof ForeignData && error.version !== null) {
    return `The data in ${folder} was written by a newer Quintet (its format is ${error.version}, this one knows formats up to ${MIGRATIONS.length}). Nothing was changed and nothing is lost. Start the newer version again, or restore the backup from before the update.`
  }
  switch (error instanceof ForeignData ? SQLITE.NOTADB : sqliteCode(error)) {
    case SQLITE.NOTADB:
    case SQLITE.CORRUPT:
      return `The file quintet.db in ${folder} is not a database of Quintet, or it is damaged. Nothing was changed. Move it away and put the last backup in its place, or choose another data folder (DATA_DIR).`
    case SQLITE.FULL:
      return `The disk that holds the data folder ${folder} is full. What was saved before is safe. Free some space and start again.`
    default:
      return `The data folder ${folder} cannot be written (${wordsOf(error)}). Nothing was changed. Let the user that runs Quintet write there, or choose another data folder (DATA_DIR).`
  }
}
