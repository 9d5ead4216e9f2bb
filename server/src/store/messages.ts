import type { WorkshopId } from '@quintet/shared/ids'
import type {
  DocumentKey,
  DocumentUpdate,
  Invitation,
  Key,
  Quarantined,
  RecordName,
  RefusalReason,
  Seat,
} from './store.ts'

/** An append on its way to the store's thread: the bytes are copies that may be transferred, records are spelled as JSON. */
export interface PackedAppend {
  readonly workshop: WorkshopId
  readonly updates: readonly DocumentUpdate[]
  readonly records: readonly { readonly kind: string; readonly key: string; readonly json: string }[]
  readonly forgotten: readonly RecordName[]
  readonly seats: readonly Seat[]
  readonly leaving: readonly string[]
  readonly keys: readonly Key[]
}

/** Where a load stands. Update numbers only ever grow, so a cursor stays right when the run that it points into is compacted. */
export interface Cursor {
  /** The number of the last update that was given. */
  readonly after: number
  /** The last number that was in use when the load began; what came later need not be given. */
  readonly through: number
}

/** A piece of a document's history, and where the next one begins: null when this was the last. */
export interface Segment {
  readonly bytes: Uint8Array
  readonly next: Cursor | null
}

/** What the store's thread can be asked, with what it takes and gives. */
export interface Calls {
  create: { takes: PackedAppend & { readonly createdAt: number }; gives: undefined }
  append: { takes: PackedAppend; gives: undefined }
  quarantine: { takes: { readonly workshop: WorkshopId; readonly entry: Quarantined }; gives: undefined }
  quarantined: { takes: WorkshopId; gives: readonly Quarantined[] }
  epoch: { takes: undefined; gives: string }
  has: { takes: WorkshopId; gives: boolean }
  segment: {
    takes: { readonly workshop: WorkshopId; readonly document: DocumentKey; readonly cursor: Cursor | null }
    gives: Segment | null
  }
  compact: { takes: WorkshopId; gives: undefined }
  records: {
    takes: { readonly workshop: WorkshopId; readonly kind: string; readonly limit: number }
    gives: readonly { readonly key: string; readonly json: string }[]
  }
  seats: { takes: { readonly workshop: WorkshopId; readonly cookie: string }; gives: readonly Seat[] }
  key: { takes: { readonly workshop: WorkshopId; readonly hash: string }; gives: Key | undefined }
  invitations: { takes: WorkshopId; gives: readonly Invitation[] }
  check: { takes: undefined; gives: undefined }
  close: { takes: undefined; gives: undefined }
}

/** One question to the store's thread. */
export type Call = {
  [Name in keyof Calls]: {
    /** Counts from 1. */
    readonly id: number
    readonly name: Name
    readonly input: Calls[Name]['takes']
    /** How many failed commits the caller knew of when it asked. */
    readonly failuresSeen: number
  }
}[keyof Calls]

/** How a call ended. Errors cross the thread as words, because a cloned error forgets its class. */
export type Outcome =
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: string }
  /** `failures`: how many commits have failed so far, when the failure was one of a commit. */
  | { readonly kind: 'failed'; readonly message: string; readonly failures?: number }
  | { readonly kind: 'unusable'; readonly message: string }

/** The outcome of one call. Those of one commit travel together. */
export interface Answer {
  readonly id: number
  readonly outcome: Outcome
}

/** The id under which a thread says, unasked, whether it could open its data folder. */
export const OPENING = 0

/** What the store's thread is started with. */
export interface ThreadSettings {
  readonly folder: string
  readonly maxPages: number | null
}
