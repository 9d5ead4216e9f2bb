import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './transaction.ts'

/** Marks a database file as Quintet's (`PRAGMA application_id`): the bytes of "Quin". */
const APPLICATION_ID = 0x5175696e

/**
 * Every step that ever changed the database, oldest first; `PRAGMA user_version` counts those that were taken.
 * A released step is never edited, or databases that took it would differ from new ones: append another.
 *
 * Updates are one log over all workshops, because a commit of many workshops' updates then writes few pages.
 * AUTOINCREMENT keeps an update's number from ever being given again, which cursors and segments rely on:
 * a segment is numbered by the last update that it contains.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE workshops (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    workshop TEXT NOT NULL REFERENCES workshops ON DELETE CASCADE,
    name TEXT NOT NULL,
    UNIQUE (workshop, name)
  ) STRICT;

  CREATE TABLE updates (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX updates_of_document ON updates (document);

  CREATE TABLE segments (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX segments_of_document ON segments (document);

  CREATE TABLE records (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop TEXT NOT NULL REFERENCES workshops ON DELETE CASCADE,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (workshop, kind, key)
  ) STRICT;
  CREATE INDEX records_of_kind ON records (workshop, kind, number);

  CREATE TABLE seats (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop TEXT NOT NULL REFERENCES workshops ON DELETE CASCADE,
    cookie TEXT NOT NULL,
    person TEXT NOT NULL,
    observer TEXT,
    key TEXT NOT NULL,
    UNIQUE (workshop, cookie, person)
  ) STRICT;

  CREATE TABLE invitations (
    workshop TEXT NOT NULL REFERENCES workshops ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('member', 'observer')),
    hash TEXT NOT NULL,
    secret TEXT NOT NULL,
    PRIMARY KEY (workshop, role),
    UNIQUE (workshop, hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE person_keys (
    workshop TEXT NOT NULL REFERENCES workshops ON DELETE CASCADE,
    hash TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (workshop, hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE checks (
    number INTEGER PRIMARY KEY,
    ballast BLOB NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE quarantine (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    workshop TEXT NOT NULL REFERENCES workshops ON DELETE CASCADE,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    document TEXT NOT NULL,
    code TEXT NOT NULL,
    path TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX quarantine_of_workshop ON quarantine (workshop, number);

  CREATE TABLE epoch (
    name TEXT NOT NULL,
    file TEXT NOT NULL
  ) STRICT;
  `,
]

/** Thrown by {@link migrate} for a database that this code must not touch. Nothing was changed. */
export class ForeignData extends Error {
  override readonly name = 'ForeignData'
  /** The database's version when a newer Quintet wrote it, null when it is another program's. */
  readonly version: number | null

  constructor(version: number | null) {
    super(version === null ? 'not a database of Quintet' : `written by a newer version (${version})`)
    this.version = version
  }
}

/** Brings a database to the present version, all steps in one transaction. Throws {@link ForeignData} before changing anything. */
export function migrate(database: DatabaseSync): void {
  const version = pragma(database, 'user_version')
  if (pragma(database, 'application_id') !== APPLICATION_ID && !isEmpty(database)) throw new ForeignData(null)
  if (version > MIGRATIONS.length) throw new ForeignData(version)
  if (version === MIGRATIONS.length) return
  inTransaction(database, () => {
    for (const step of MIGRATIONS.slice(version)) database.exec(step)
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`)
  })
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}
