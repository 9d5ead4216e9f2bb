import type { Outcome } from './messages.ts'
import { StoreRefused } from './store.ts'

/** Primary result codes of SQLite that we tell apart (https://www.sqlite.org/rescode.html). */
export const SQLITE = {
  BUSY: 5,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  TOOBIG: 18,
  CONSTRAINT: 19,
  MISMATCH: 20,
  NOTADB: 26,
} as const

/** The primary result code of an error of SQLite's, undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

/** Whether an error says something about the write that threw it only, not about the medium that all writes share. */
export function isOfOneWrite(error: unknown): boolean {
  const code = sqliteCode(error)
  return code === undefined || code === SQLITE.TOOBIG || code === SQLITE.CONSTRAINT || code === SQLITE.MISMATCH
}

/** An error's own words, for the bracket in a sentence. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** How a call ended that threw this while reading or writing. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof StoreRefused) return { kind: 'refused', reason: error.reason, message: error.message }
  return { kind: 'failed', message: `The store could not do this (${wordsOf(error)}). ${whatToDo(error)}` }
}

function whatToDo(error: unknown): string {
  const safe = 'Nothing of it was kept; what was saved before is safe.'
  switch (sqliteCode(error)) {
    case SQLITE.FULL:
      return `${safe} Free space on the disk that holds the data folder; saving goes on by itself.`
    case SQLITE.IOERR:
      return `${safe} Look after the disk that holds the data folder, then restart Quintet.`
    case SQLITE.READONLY:
      return `${safe} Make the data folder writable again.`
    case SQLITE.BUSY:
      return `${safe} End the other program that locks the database.`
    case SQLITE.CORRUPT:
    case SQLITE.NOTADB:
      return 'The database file is damaged. Stop Quintet, keep a copy of the data folder, and restore the last backup.'
    default:
      return safe
  }
}
