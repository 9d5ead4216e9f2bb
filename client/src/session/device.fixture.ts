import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { vi } from 'vitest'

/** What a browser keeps on a device: its databases and its small storage. */
export interface Device {
  readonly databases: IDBFactory
  /** Whether its small storage takes nothing more. */
  fillStorage(full: boolean): void
  /** The names of its databases, in order of the alphabet. */
  names(): Promise<readonly string[]>
}

/** Gives the test a device of its own, with nothing on it. Sessions that keep what they have keep it there. */
export function stubDevice(): Device {
  const databases = new IDBFactory()
  const items = new Map<string, string>()
  let isFull = false
  vi.stubGlobal('indexedDB', databases)
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
    removeItem: (key: string) => void items.delete(key),
  }
  // A browser's has its items as properties.
  const lists = {
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }
  vi.stubGlobal('localStorage', new Proxy(storage, lists))
  return {
    databases,
    fillStorage: (full) => {
      isFull = full
    },
    names: async () => (await databases.databases()).map(({ name }) => name ?? '').sort(),
  }
}
