import type * as Y from 'yjs'
import type { Clocks } from './clocks.ts'

/** What a copy says of what was written under one Yjs client id, that of a tab which had it open. */
export interface CopyEntry {
  readonly client: number
  /** When that tab opened it, ms since the epoch, this machine's clock. */
  readonly at: number
  /** The ids of what it had not known to be durable. */
  readonly things: readonly string[]
  /** What the document held before the first of these edits. */
  readonly since: Clocks
}

/** A document's copy on this device, which takes up what happens to the document. */
export interface Copy {
  /** What other tabs, and earlier ones, left in it, the oldest first. */
  readonly entries: readonly CopyEntry[]
  /** Whether everything of one's own is on the disk. */
  readonly isWritten: boolean
  /** What is not known to be durable has changed. */
  changed(): void
  /** What the entries had not known to be durable is durable now. */
  settled(): void
  /** Takes up nothing more, and leaves what it has. */
  detach(): void
  /** Brings what other tabs wrote into it since, into the document and the entries. */
  readAgain(): Promise<void>
  /** Deletes it from the device. */
  delete(): Promise<void>
}

export interface CopyOptions {
  /** The database's. */
  readonly name: string
  readonly doc: Y.Doc
  /** Whether an update comes from the server, which has it anyway. */
  readonly isServers: (origin: unknown) => boolean
  /** What of one's own is not known to be durable, and since when. */
  readonly unsaved: () => Pick<CopyEntry, 'things' | 'since'>
  /** It takes up nothing more: the device is full, or another tab deleted it. */
  readonly onEnd: (why: 'full' | 'gone') => void
}

/** The origins of what is read from copies. */
const copies = new WeakSet<object>()

/** Says that updates with this origin are read from a copy. */
export function markCopy(origin: object): void {
  copies.add(origin)
}

/** Whether an update was read from a copy: it is no new edit. */
export function isCopys(origin: unknown): boolean {
  return typeof origin === 'object' && origin !== null && copies.has(origin)
}
