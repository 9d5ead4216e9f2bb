import type { DatabaseSync } from 'node:sqlite'

/**
 * Runs `work` in one transaction and returns what it returns after COMMIT. If anything throws, COMMIT included,
 * nothing is kept and the error goes on. `IMMEDIATE` takes the write lock first, so that no statement in between can meet a busy database.
 */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk or a failed write may have rolled back already; a second ROLLBACK would hide the reason behind its own error.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
