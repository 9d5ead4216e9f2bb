/** What a copy on this device holds. */
export interface CopyContent {
  /** Updates of its document, Yjs V1. */
  readonly updates: readonly Uint8Array[]
  /** The ids of what was not known to be durable, of all tabs that had it open. */
  readonly things: readonly string[]
}

/**
 * Reads a copy without opening it as a session does: nothing is written, and no tab is kept from deleting it.
 * @param name the database's.
 * @returns undefined where there is none.
 * @throws where it cannot be read.
 */
export function readCopy(name: string): Promise<CopyContent | undefined> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    // It is gone: nothing is made anew in its place.
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = () => resolve(undefined)
    request.onsuccess = () => {
      const database = request.result
      database.onversionchange = () => database.close()
      if (!STORES.every((store) => database.objectStoreNames.contains(store))) {
        database.close()
        resolve(undefined)
        return
      }
      const transaction = database.transaction(STORES)
      const [updates, entries] = STORES.map((store) => transaction.objectStore(store).getAll())
      transaction.oncomplete = () => {
        database.close()
        const all = (entries?.result ?? []) as readonly { readonly things?: readonly string[] }[]
        resolve({
          updates: (updates?.result ?? []) as readonly Uint8Array[],
          things: all.flatMap(({ things }) => things ?? []),
        })
      }
      transaction.onabort = () => {
        database.close()
        reject(transaction.error ?? new Error('The copy could not be read.'))
      }
    }
  })
}

const STORES = ['updates', 'custom']
