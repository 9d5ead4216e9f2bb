import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { vi } from 'vitest'

/** What a browser keeps on a device: its databases and its small storage. */
export interface Device {
  readonly databases: IDBFactory
  /** The names of its databases, in order of the alphabet. */
  names(): Promise<readonly string[]>
}

/** Gives the test a device of its own, with nothing on it. Sessions that keep what they have keep it there. */
export function stubDevice(): Device {
  const databases = new IDBFactory()
  const items = new Map<string, string>()
  vi.stubGlobal('indexedDB', databases)
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  })
  return {
    databases,
    names: async () => (await databases.databases()).map(({ name }) => name ?? '').sort(),
  }
}
