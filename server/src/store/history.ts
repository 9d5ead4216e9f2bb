import type { DatabaseSync } from 'node:sqlite'
import type { WorkshopId } from '@quintet/shared/ids'
import { mergeUpdates } from 'yjs'
import type { Calls, Segment } from './messages.ts'
import { StoreRefused } from './store.ts'
import { inTransaction } from './transaction.ts'

/** The most updates that are merged into one segment. Merging costs the square of it; 500 take about 10 ms. */
export const RUN_UPDATES = 500

/** The most bytes that are merged into one segment, so that applying one stays short. A single update may be larger. */
export const RUN_BYTES = 128 * 1024

/** Neighbouring updates of one document, oldest first. */
interface Run {
  readonly updates: Uint8Array[]
  readonly last: number
  /** Whether it can grow no more. Only full runs are compacted, so that segments stay few. */
  readonly isFull: boolean
}

/** A document's history: segments, oldest first, then the single updates that follow them. Each call is one short slice of work. */
export interface History {
  /** The piece of history after the cursor; null when there is none. */
  segment(input: Calls['segment']['takes']): Segment | null
  /** Compacts a workshop: each step merges one run, in one transaction, and is then over for good. */
  compaction(workshop: WorkshopId): Generator<void, void>
}

/** Prepares loading and compaction on a database of the present version. */
export function prepareHistory(database: DatabaseSync): History {
  const findWorkshop = database.prepare('SELECT 1 FROM workshops WHERE id = ?')
  const findDocument = database.prepare('SELECT number FROM documents WHERE workshop = ? AND name = ?')
  const documentsOf = database.prepare('SELECT number FROM documents WHERE workshop = ? ORDER BY number')
  const lastNumber = database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'updates'`)
  const nextSegment = database.prepare(
    'SELECT number, bytes FROM segments WHERE document = ? AND number > ? ORDER BY number LIMIT 1',
  )
  const nextUpdates = database.prepare(
    'SELECT number, bytes FROM updates WHERE document = ? AND number > ? AND number <= ? ORDER BY number',
  )
  const removeUpdates = database.prepare('DELETE FROM updates WHERE document = ? AND number <= ?')
  const addSegment = database.prepare('INSERT INTO segments (number, document, bytes) VALUES (?, ?, ?)')

  function mustExist(workshop: WorkshopId): void {
    if (findWorkshop.get(workshop)) return
    throw new StoreRefused('unknown-workshop', `There is no workshop ${workshop}. Nothing was changed; look at the id.`)
  }

  function readRun(document: number, after: number, through: number): Run {
    const updates: Uint8Array[] = []
    let last = after
    let size = 0
    for (const row of nextUpdates.iterate(document, after, through)) {
      const bytes = bytesOf(row.bytes)
      if (updates.length === RUN_UPDATES || (updates.length > 0 && size + bytes.byteLength > RUN_BYTES)) {
        return { updates, last, isFull: true }
      }
      updates.push(bytes)
      size += bytes.byteLength
      last = Number(row.number)
    }
    return { updates, last, isFull: false }
  }

  /** Merges the oldest run of a document if it is full; says whether it was. */
  function compactRun(document: number): boolean {
    const { updates, last, isFull } = readRun(document, 0, Number.MAX_SAFE_INTEGER)
    if (!isFull) return false
    const merged = mergeUpdates(updates)
    inTransaction(database, () => {
      // Removal comes first: on a full disk the segment then fits into the pages that its updates gave back.
      const removed = removeUpdates.run(document, last).changes
      if (removed !== updates.length) throw new Error(`${removed} updates in the place of ${updates.length}`)
      addSegment.run(last, document, merged)
    })
    return true
  }

  return {
    segment({ workshop, document, cursor }) {
      mustExist(workshop)
      const number = findDocument.get(workshop, document)?.number
      if (number === undefined) return null
      const { after, through } = cursor ?? { after: 0, through: Number(lastNumber.get()?.seq ?? 0) }

      // A run that was given may have been compacted since. A segment that overlaps it repeats some updates, which Yjs ignores.
      const stored = nextSegment.get(Number(number), after)
      if (stored) return { bytes: bytesOf(stored.bytes), next: { after: Number(stored.number), through } }

      const { updates, last, isFull } = readRun(Number(number), after, through)
      if (updates.length === 0) return null
      return { bytes: mergeUpdates(updates), next: isFull ? { after: last, through } : null }
    },

    *compaction(workshop) {
      mustExist(workshop)
      for (const { number } of documentsOf.all(workshop)) {
        while (compactRun(Number(number))) yield
        yield
      }
    },
  }
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  throw new Error('the history holds something other than bytes')
}
