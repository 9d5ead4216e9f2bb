import * as idb from 'lib0/indexeddb'
import { clearDocument, fetchUpdates, IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { type Copy, type CopyEntry, type CopyOptions, markCopy } from './copy.ts'

/** How long a database may take to open and be read, ms: then the page goes on without it. */
const PATIENCE = 5_000
/** How long what the server has anyway may wait to be written, ms: many small writes become one. */
const SERVERS_WAIT = 1_000
/** Writes after which the copy is written anew, as one. */
const MOST_WRITES = 300
/** Entries of tabs that are kept. */
const MOST_ENTRIES = 100

/**
 * Opens a document's copy on this device and reads it into the document.
 * @throws where the browser keeps nothing (a private window, blocked storage), or does not answer in time.
 */
export async function openCopy(options: CopyOptions): Promise<Copy> {
  await probe(options.name)
  const persistence = new IndexeddbPersistence(options.name, options.doc)
  markCopy(persistence)
  // It would write each update by itself and hear of no failure.
  options.doc.off('update', persistence._storeUpdate)
  const copy = new DiskCopy(persistence, options)
  try {
    await inTime(persistence.whenSynced)
    await inTime(copy.begin())
    return copy
  } catch (error) {
    copy.detach()
    throw error
  }
}

/** Deletes a copy. It is gone once every tab has let go of it. */
export async function deleteCopy(name: string): Promise<void> {
  await clearDocument(name)
}

/** Whether the database can be opened, which y-indexeddb would not say. @throws if not. */
async function probe(name: string): Promise<void> {
  const stores = (database: IDBDatabase) =>
    idb.createStores(database, [['updates', { autoIncrement: true }], ['custom']])
  await inTime(idb.openDB(name, stores).then((database) => database.close()))
}

function inTime<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The copy on this device does not answer.')), PATIENCE)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** What the tabs left that had a copy open, the oldest first. */
async function readEntries(custom: IDBObjectStore): Promise<readonly CopyEntry[]> {
  const stored = await idb.getAllKeysValues(custom)
  return stored.flatMap(({ k, v }) => readEntry(k, v) ?? []).sort((a, b) => a.at - b.at)
}

/** Reads an entry as it was stored under its client id. */
function readEntry(key: unknown, value: unknown): CopyEntry | undefined {
  const { at, things, since } = value as { at: number; things: string[]; since: [number, number][] }
  return typeof key === 'number' ? { client: key, at, things, since: new Map(since) } : undefined
}

function isSameEntry(stored: CopyEntry | undefined, read: CopyEntry): boolean {
  const said = ({ things, since }: CopyEntry) => JSON.stringify([things, [...since]])
  return stored !== undefined && said(stored) === said(read)
}

/**
 * Writes one document into its database: in order, one transaction at a time, each edit of one's own together with what
 * it leaves unsaved. So what is on the disk is always what the document was at some moment.
 */
class DiskCopy implements Copy {
  entries: readonly CopyEntry[] = []
  readonly #persistence: IndexeddbPersistence
  readonly #options: CopyOptions
  readonly #at = Date.now()
  /** Updates that are not written yet. */
  #waiting: Uint8Array[] = []
  /** Whether anything of one's own waits, or what is unsaved has changed. */
  #own = false
  #writing = false
  /** The keys of what this tab has written. */
  #keys: number[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #is: 'opening' | 'open' | 'ended' = 'opening'

  constructor(persistence: IndexeddbPersistence, options: CopyOptions) {
    this.#persistence = persistence
    this.#options = options
    options.doc.on('update', this.#take)
  }

  get isWritten(): boolean {
    return this.#is === 'open' && !this.#own && !this.#writing
  }

  /** Its content is in the document: writes it anew as one, reads what other tabs left, and takes up what comes. */
  async begin(): Promise<void> {
    const { db } = this.#persistence
    if (!db) throw new Error('The copy was closed.')
    db.addEventListener('versionchange', () => this.#end('gone'))
    const [updates, custom] = idb.transact(db, ['updates', 'custom'])
    if (!updates || !custom) throw new Error('The copy has no stores.')
    // This waits for the transaction in which y-indexeddb reads: from then on it knows how far it has read.
    this.entries = await readEntries(custom)
    const old = this.entries.filter(({ things }) => things.length === 0).slice(0, -MOST_ENTRIES)
    for (const { client } of old) custom.delete(client)
    custom.put(this.#entry(), this.#options.doc.clientID)
    this.#keys.push(await this.#writeAnew(updates))
    this.#is = 'open'
    this.#plan()
  }

  changed(): void {
    this.#own = true
    this.#plan()
  }

  settled(): void {
    const { db } = this.#persistence
    const unsaved = this.entries.filter(({ things }) => things.length > 0)
    if (this.#is !== 'open' || !db || unsaved.length === 0) return
    this.entries = this.entries.map((entry) => ({ ...entry, things: [] }))
    const [custom] = idb.transact(db, ['custom'])
    if (!custom) return
    for (const read of unsaved) {
      const { client, at } = read
      const stored = custom.get(client)
      stored.onsuccess = () => {
        // The tab may still be open, and may have written on.
        if (stored.result && isSameEntry(readEntry(client, stored.result), read))
          custom.put({ at, things: [], since: [] }, client)
      }
    }
  }

  detach(): void {
    const isLast = this.#is === 'open' && (this.#own || this.#waiting.length > 0)
    this.#is = 'ended'
    clearTimeout(this.#timer)
    this.#options.doc.off('update', this.#take)
    const last = isLast ? this.#commit(this.#waiting) : Promise.resolve()
    // Its database may never have opened, or may be full, which was heard of already.
    void last.catch(() => undefined).then(() => this.#persistence.destroy().catch(() => undefined))
  }

  async readAgain(): Promise<void> {
    const { db } = this.#persistence
    if (this.#is !== 'open' || !db) return
    await inTime(fetchUpdates(this.#persistence))
    const [custom] = idb.transact(db, ['custom'], 'readonly')
    if (custom)
      this.entries = (await inTime(readEntries(custom))).filter(({ client }) => client !== this.#options.doc.clientID)
  }

  async delete(): Promise<void> {
    this.detach()
    await deleteCopy(this.#options.name)
  }

  readonly #take = (update: Uint8Array, origin: unknown): void => {
    if (origin === this.#persistence) return
    this.#waiting.push(update)
    if (!this.#options.isServers(origin)) this.#own = true
    this.#plan()
  }

  #plan(): void {
    if (this.#is !== 'open' || this.#writing) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#own) void this.#write()
    else if (this.#waiting.length > 0) this.#timer = setTimeout(() => void this.#write(), SERVERS_WAIT)
  }

  async #write(): Promise<void> {
    this.#writing = true
    const written = this.#waiting
    this.#waiting = []
    this.#own = false
    try {
      await this.#commit(written)
    } catch {
      this.#end('full')
    }
    this.#writing = false
    this.#plan()
  }

  #commit(written: readonly Uint8Array[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const { db } = this.#persistence
      if (!db) throw new Error('The copy was closed.')
      const transaction = db.transaction(['updates', 'custom'], 'readwrite')
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('The copy could not be written.'))
      const updates = transaction.objectStore('updates')
      transaction.objectStore('custom').put(this.#entry(), this.#options.doc.clientID)
      if (this.#keys.length >= MOST_WRITES) {
        const keys = this.#keys
        this.#keys = []
        for (const key of keys) updates.delete(key)
        this.#add(updates, Y.encodeStateAsUpdate(this.#options.doc))
      } else if (written.length > 0) this.#add(updates, Y.mergeUpdates([...written]))
    })
  }

  #add(updates: IDBObjectStore, update: Uint8Array): void {
    const added = updates.add(update)
    added.onsuccess = () => this.#keys.push(Number(added.result))
  }

  /** Writes the document in place of everything that was read from the database. @returns its key. */
  async #writeAnew(updates: IDBObjectStore): Promise<number> {
    const read = idb.createIDBKeyRangeUpperBound(this.#persistence._dbref, true)
    const key = await idb.rtop(updates.add(Y.encodeStateAsUpdate(this.#options.doc)))
    await idb.del(updates, read)
    return Number(key)
  }

  #entry(): Omit<CopyEntry, 'client' | 'since'> & { readonly since: readonly (readonly [number, number])[] } {
    const { things, since } = this.#options.unsaved()
    return { at: this.#at, things, since: [...since] }
  }

  #end(why: 'full' | 'gone'): void {
    if (this.#is === 'ended') return
    // What did not fit, or has nowhere to go, is not tried once more.
    this.#is = 'opening'
    this.detach()
    this.#options.onEnd(why)
  }
}
