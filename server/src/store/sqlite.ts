import { Worker } from 'node:worker_threads'
import type { WorkshopId } from '@quintet/shared/ids'
import type { PackedAppend, ThreadSettings } from './messages.ts'
import type { Append, DocumentKey, Store } from './store.ts'
import { StoreThread } from './thread.ts'

/** Where an embedded store keeps its data. */
export interface SqliteSettings {
  /** The data folder; created with mode 0700 if it is missing. */
  readonly folder: string
  /** The most pages of 4 KiB that the database may grow to; without it only the disk is a limit. */
  readonly maxPages?: number
}

/**
 * Opens the embedded store: SQLite in WAL mode with full synchronisation, in a thread of its own.
 * Rejects with `StoreUnusable` if the folder cannot be used: not writable, in use by another process,
 * written by a newer version, damaged, or another program's.
 */
export async function openSqliteStore({ folder, maxPages }: SqliteSettings): Promise<Store> {
  const thread = startThread({ folder, maxPages: maxPages ?? null })
  try {
    await thread.opened
  } catch (error) {
    await thread.close()
    throw error
  }
  return storeOn(thread)
}

function startThread(workerData: ThreadSettings): StoreThread {
  return new StoreThread(new Worker(new URL('./sqliteWorker.ts', import.meta.url), { workerData, name: 'store' }))
}

/** The store's methods on a thread that runs `sqliteWorker.ts` and is open. */
export function storeOn(thread: StoreThread): Store {
  async function append(workshop: WorkshopId, append: Append): Promise<void> {
    const packed = pack(workshop, append)
    await thread.ask('append', packed, buffersOf(packed))
  }

  return {
    append,
    async create({ id, createdAt, ...first }) {
      const packed = { ...pack(id, first), createdAt }
      await thread.ask('create', packed, buffersOf(packed))
    },
    has: (workshop) => thread.ask('has', workshop),
    load: (workshop, document) => load(thread, workshop, document),
    compact: (workshop) => thread.ask('compact', workshop),
    async records(workshop, kind, limit) {
      const records = await thread.ask('records', { workshop, kind, limit })
      return records.map(({ key, json }) => ({ key, value: JSON.parse(json) }))
    },
    seats: (workshop, cookie) => thread.ask('seats', { workshop, cookie }),
    key: (workshop, hash) => thread.ask('key', { workshop, hash }),
    invitations: (workshop) => thread.ask('invitations', workshop),
    replaceInvitation: (workshop, key) => append(workshop, { updates: [], keys: [key] }),
    // A copy, because the bytes may be a window on a larger buffer.
    quarantine: (workshop, entry) =>
      thread.ask('quarantine', { workshop, entry: { ...entry, bytes: new Uint8Array(entry.bytes) } }),
    quarantined: (workshop) => thread.ask('quarantined', workshop),
    epoch: () => thread.ask('epoch', undefined),
    check: () => thread.ask('check', undefined),
    close: () => thread.close(),
  }
}

async function* load(thread: StoreThread, workshop: WorkshopId, document: DocumentKey): AsyncGenerator<Uint8Array> {
  let coming = thread.ask('segment', { workshop, document, cursor: null })
  for (;;) {
    const segment = await coming
    if (!segment) return
    if (!segment.next) {
      yield segment.bytes
      return
    }
    // Asked for before this one is given, so that it is merged while the caller applies; never further ahead, so that a slow caller holds one.
    coming = thread.ask('segment', { workshop, document, cursor: segment.next })
    // A caller who stops early never awaits it: its failure is then nobody's.
    coming.catch(() => {})
    yield segment.bytes
  }
}

function pack(
  workshop: WorkshopId,
  { updates, records = [], forgotten = [], seats = [], leaving = [], keys = [] }: Append,
): PackedAppend {
  return {
    workshop,
    // Copies, because the bytes may be a window on a larger buffer and the caller may go on using them.
    updates: updates.map(({ document, update }) => ({ document, update: new Uint8Array(update) })),
    records: records.map(({ kind, key, value }) => ({ kind, key, json: toJson(value) })),
    forgotten,
    seats,
    leaving,
    keys,
  }
}

function toJson(value: unknown): string {
  const json: string | undefined = JSON.stringify(value)
  if (json === undefined) throw new TypeError('A record must hold a value that JSON can say. Nothing was saved.')
  return json
}

function buffersOf({ updates }: PackedAppend): ArrayBuffer[] {
  return updates.flatMap(({ update }) => (update.buffer instanceof ArrayBuffer ? [update.buffer] : []))
}
