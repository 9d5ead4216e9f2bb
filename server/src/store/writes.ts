import type { DatabaseSync } from 'node:sqlite'
import type { WorkshopId } from '@quintet/shared/ids'
import { isOfOneWrite, outcomeOf } from './failures.ts'
import type { Call, Outcome, PackedAppend } from './messages.ts'
import { type DocumentKey, type Key, QUARANTINE, type Quarantined, StoreRefused } from './store.ts'
import { inTransaction } from './transaction.ts'

/** A write that waits for the next commit. */
export type Write = Extract<Call, { name: 'create' | 'append' | 'quarantine' }>

/**
 * Returns the group commit: it makes all writes durable in one transaction, in order, and returns an outcome for each.
 * A refused or malformed write is undone to its savepoint and leaves the others alone; when the medium fails, all fail and nothing is kept.
 *
 * Writes that were asked for before their caller knew of an earlier failure fail too. They may build on what was lost,
 * and a small update that still fits after a large one did not would leave a hole in its document's history.
 */
export function prepareCommit(database: DatabaseSync): (writes: readonly Write[]) => Outcome[] {
  const save = prepareWrites(database)
  const mark = database.prepare('SAVEPOINT write')
  const undo = database.prepare('ROLLBACK TO write')
  const release = database.prepare('RELEASE write')
  let failures = 0

  function attempt(write: Write): Outcome {
    let outcome: Outcome = { kind: 'done', output: undefined }
    mark.run()
    try {
      save(write)
    } catch (error) {
      if (!isOfOneWrite(error)) throw error
      undo.run()
      outcome = outcomeOf(error)
    }
    release.run()
    return outcome
  }

  function fail(error: unknown): Outcome {
    const outcome = outcomeOf(error)
    return outcome.kind === 'failed' ? { ...outcome, failures } : outcome
  }

  return (writes) => {
    const isInformed = (write: Write) => write.failuresSeen === failures
    try {
      return inTransaction(database, () =>
        writes.map((write) => (isInformed(write) ? attempt(write) : fail(new Error('a save before it failed')))),
      )
    } catch (error) {
      failures += 1
      const outcome = fail(error)
      return writes.map(() => outcome)
    }
  }
}

function prepareWrites(database: DatabaseSync): (write: Write) => void {
  const addWorkshop = database.prepare('INSERT INTO workshops (id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const findWorkshop = database.prepare('SELECT 1 FROM workshops WHERE id = ?')
  const findDocument = database.prepare('SELECT number FROM documents WHERE workshop = ? AND name = ?')
  const addDocument = database.prepare('INSERT INTO documents (workshop, name) VALUES (?, ?)')
  const addUpdate = database.prepare('INSERT INTO updates (document, bytes) VALUES (?, ?)')
  const putRecord = database.prepare(
    `INSERT INTO records (workshop, kind, key, json) VALUES (?, ?, ?, ?)
     ON CONFLICT (workshop, kind, key) DO UPDATE SET json = excluded.json`,
  )
  const forgetRecord = database.prepare('DELETE FROM records WHERE workshop = ? AND kind = ? AND key = ?')
  const putSeat = database.prepare(
    `INSERT INTO seats (workshop, cookie, person, observer, key) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (workshop, cookie, person) DO UPDATE SET observer = excluded.observer, key = excluded.key`,
  )
  const takeSeats = database.prepare('DELETE FROM seats WHERE workshop = ? AND cookie = ?')
  const findKey = database.prepare(
    `SELECT 1 FROM invitations WHERE workshop = :workshop AND hash = :hash
     UNION ALL SELECT 1 FROM person_keys WHERE workshop = :workshop AND hash = :hash`,
  )
  const putInvitation = database.prepare(
    `INSERT INTO invitations (workshop, role, hash, secret) VALUES (?, ?, ?, ?)
     ON CONFLICT (workshop, role) DO UPDATE SET hash = excluded.hash, secret = excluded.secret`,
  )
  const addPersonKey = database.prepare('INSERT INTO person_keys (workshop, hash, person) VALUES (?, ?, ?)')

  const addQuarantined = database.prepare(
    `INSERT INTO quarantine (workshop, id, at, person, document, code, path, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const dropQuarantined = database.prepare(
    `DELETE FROM quarantine WHERE number IN (
       SELECT number FROM (
         SELECT number, row_number() OVER latest AS entries, sum(length(bytes)) OVER latest AS total
         FROM quarantine WHERE workshop = ? WINDOW latest AS (ORDER BY number DESC)
       ) WHERE entries > ${QUARANTINE.entries} OR total > ${QUARANTINE.bytes}
     )`,
  )

  function documentNumber(workshop: WorkshopId, document: DocumentKey): number | bigint {
    const found = findDocument.get(workshop, document)
    return found ? Number(found.number) : addDocument.run(workshop, document).lastInsertRowid
  }

  function putKey(workshop: WorkshopId, key: Key): void {
    if (findKey.get({ workshop, hash: key.hash })) {
      throw new StoreRefused(
        'key-taken',
        `This key of workshop ${workshop} is taken. Nothing was changed; make a new one.`,
      )
    }
    if (key.kind === 'invitation') putInvitation.run(workshop, key.role, key.hash, key.secret)
    else addPersonKey.run(workshop, key.hash, key.person)
  }

  function saveAppend({ workshop, updates, records, forgotten, seats, leaving, keys }: PackedAppend): void {
    for (const { document, update } of updates) addUpdate.run(documentNumber(workshop, document), update)
    for (const { kind, key, json } of records) putRecord.run(workshop, kind, key, json)
    for (const { kind, key } of forgotten) forgetRecord.run(workshop, kind, key)
    for (const cookie of leaving) takeSeats.run(workshop, cookie)
    for (const { cookie, person, observer, key } of seats) putSeat.run(workshop, cookie, person, observer, key)
    for (const key of keys) putKey(workshop, key)
  }

  function saveQuarantined(workshop: WorkshopId, entry: Quarantined): void {
    const { id, at, person, document, code, path, bytes } = entry
    addQuarantined.run(workshop, id, at, person, document, code, path, bytes)
    dropQuarantined.run(workshop)
  }

  return (write) => {
    const { workshop } = write.input
    if (write.name === 'create') {
      if (addWorkshop.run(workshop, write.input.createdAt).changes === 0) {
        throw new StoreRefused(
          'id-taken',
          `There is a workshop ${workshop} already. It was not touched; choose another id.`,
        )
      }
    } else if (!findWorkshop.get(workshop)) {
      throw new StoreRefused(
        'unknown-workshop',
        `There is no workshop ${workshop}. Nothing was saved; create it first.`,
      )
    }
    if (write.name === 'quarantine') saveQuarantined(workshop, write.input.entry)
    else saveAppend(write.input)
  }
}
