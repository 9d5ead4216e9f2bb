import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './transaction.ts'

/**
 * Since when the data is one unbroken story. Clients that knew it in another epoch may have what this data never held,
 * or lost, so they begin afresh.
 */
export interface Epoch {
  /** A random name, another one after every break. */
  readonly name: string
  /** Notes beside the database how far it got; to be called after each commit. */
  keepUp(): void
  close(): void
}

/**
 * Reads the epoch, and begins a new one where the data was restored from a backup, copied or moved. Two things tell:
 * the database is another file than before, or, when a backup was written into the same file, it holds less than a
 * mark beside it says. The mark never runs ahead of what is durable, so a crash begins no epoch.
 */
export function openEpoch(database: DatabaseSync, folder: string): Epoch {
  const file = fingerprintOf(join(folder, 'quintet.db'))
  const latest = database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'updates'`)
  const reached = () => Number(latest.get()?.seq ?? 0)
  const markFile = join(folder, 'quintet.mark')
  const kept = database.prepare('SELECT name, file FROM epoch').get()
  const goesOn = kept !== undefined && kept.file === file && reached() >= markedIn(markFile)
  const name = goesOn ? String(kept.name) : randomBytes(12).toString('base64url')
  if (!goesOn) {
    inTransaction(database, () => {
      database.exec('DELETE FROM epoch')
      database.prepare('INSERT INTO epoch (name, file) VALUES (?, ?)').run(name, file)
    })
  }
  const mark = openSync(markFile, 'w', 0o600)
  let marked = -1
  const keepUp = () => {
    const number = reached()
    if (number === marked) return
    try {
      // Always as long as the one before, so that it is overwritten whole.
      writeSync(mark, String(number).padStart(16, '0'), 0)
      marked = number
    } catch {
      // What was saved is saved; a mark that stays behind says too little, never something wrong.
    }
  }
  keepUp()
  fsyncSync(mark)
  return { name, keepUp, close: () => closeSync(mark) }
}

/** What tells one file from another, even of the same name and content. */
function fingerprintOf(path: string): string {
  const { ino, birthtimeNs } = statSync(path, { bigint: true })
  return `${ino}:${birthtimeNs}`
}

function markedIn(path: string): number {
  try {
    const number = Number(readFileSync(path, 'utf8'))
    return Number.isSafeInteger(number) ? number : 0
  } catch {
    return 0
  }
}
