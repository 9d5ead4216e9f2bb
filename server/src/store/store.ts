import type { PersonId, WorkshopId } from '@quintet/shared/ids'

/** Names one Yjs document of a workshop in the store. */
export type DocumentKey = 'stage' | 'board' | 'desk' | `notebook:${PersonId}`

/** One Yjs update (V1) of one document, as the room accepted it. */
export interface DocumentUpdate {
  readonly document: DocumentKey
  readonly update: Uint8Array
}

/**
 * A small JSON value that belongs to a workshop and must be as durable as its documents, such as the reply to a command.
 * A value that JSON cannot say (`undefined`, a cycle) is a `TypeError` of the caller's.
 */
export interface RecordWrite {
  readonly kind: string
  readonly key: string
  readonly value: unknown
}

/** Names one record of a workshop. */
export type RecordName = Pick<RecordWrite, 'kind' | 'key'>

/** What becomes durable together: all of it, or nothing. */
export interface Append {
  readonly updates: readonly DocumentUpdate[]
  readonly records?: readonly RecordWrite[]
  /** Records that are kept no longer; taken away after `records` were put. One that is not there is passed over. */
  readonly forgotten?: readonly RecordName[]
  readonly seats?: readonly Seat[]
  /** Browsers, by the SHA-256 of their cookie in hex, all of whose seats here are taken away, before `seats` are put. */
  readonly leaving?: readonly string[]
  readonly keys?: readonly Key[]
}

/** What a refused update needs to be reproduced. It may hold people's words, and so is in no log. */
export interface Quarantined {
  /** What the log calls it. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly person: PersonId
  readonly document: DocumentKey
  /** Why it was refused, and what it wrote to; both as the refusal said. */
  readonly code: string
  readonly path: string
  readonly bytes: Uint8Array
}

/** Entries that are quarantined of one workshop, and what they may come to together in bytes: the oldest go first. */
export const QUARANTINE = { entries: 100, bytes: 8 * 1024 * 1024 } as const

/**
 * A browser's place in a workshop: whoever presents the cookie is this person here.
 * Taking the same seat again (cookie and person) replaces its name and key and keeps its place in the order.
 */
export interface Seat {
  /** SHA-256 of the browser's cookie, hex. The cookie itself is never stored. */
  readonly cookie: string
  readonly person: PersonId
  /** An observer's name stands here, since observers are not among the workshop's people; null for people. */
  readonly observer: string | null
  /** Hash of the key through which the seat was taken: the same cookie with the same invitation is the same person. */
  readonly key: string
}

/**
 * A way in. Keys are at least 128 random bits; only invitations keep their secret, so that facilitators can read them again.
 * One invitation of each role is valid: writing another, by whatever call, replaces it. A hash is never given twice in a workshop.
 */
export type Key = Invitation | PersonKey

/** Lets anybody who has it in, with this role. */
export interface Invitation {
  readonly kind: 'invitation'
  readonly hash: string
  readonly role: 'member' | 'observer'
  readonly secret: string
}

/** Opens its person's own seat on any machine. */
export interface PersonKey {
  readonly kind: 'person'
  readonly hash: string
  readonly person: PersonId
}

/** A workshop with everything that it starts with. */
export interface NewWorkshop extends Append {
  readonly id: WorkshopId
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/**
 * Thrown (as a rejection) when the medium failed: disk full, worker dead, store closed. Nothing of the write is kept.
 * After a full disk the same store goes on as soon as there is room; after a dead worker every call rejects.
 */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed'
}

/** Why a call was refused although the medium is well. */
export type RefusalReason = 'id-taken' | 'key-taken' | 'unknown-workshop'

/** Thrown (as a rejection) when what is kept already contradicts the call. Nothing of the call is kept, other calls are not affected. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused'
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** Thrown (as a rejection) when a store cannot be opened. The message is for whoever starts the server: what happened, what is safe, what to do. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable'
}

/**
 * Keeps workshops. Every implementation passes `store.contract.ts`, whose tests carry these numbers:
 *
 * - [S1] What a promise says when it resolves is true on disk, and stays true if the process dies at any instant.
 * - [S2] A create or append is kept whole or not at all.
 * - [S3] The updates of one workshop are kept in the order of the calls, and without holes: when a write fails for the medium's
 *   sake, those that were asked for before its caller could know fail with it.
 * - [S4] `load` gives everything that was durable at the call, in an order in which each piece can be applied, or rejects:
 *   half a document is never given as a whole one.
 * - [S5] Compaction changes nothing that a loaded document can tell, whatever is appended or loaded meanwhile.
 * - [S6] A refused call ({@link StoreRefused}) changes nothing and affects no other call.
 * - [S7] When the medium fails, every affected call rejects with {@link StoreFailed} and nothing of it is kept; none hangs.
 * - [S8] A store has one owner: a second process cannot open it, and death of the first frees it.
 *
 * The store takes its own copy of every update at the call, so a caller may reuse its bytes at once.
 */
export interface Store {
  /** Creates a workshop with its first updates, keys and seats, in one piece. Refused (`id-taken`) if there is one with this id. */
  create(workshop: NewWorkshop): Promise<void>
  /** Whether the workshop exists. */
  has(workshop: WorkshopId): Promise<boolean>
  /**
   * Makes updates and records durable, atomically across the workshop's documents; resolves when they are on disk.
   * Appends of one workshop become durable in the order of the calls. Many at once share one commit.
   * Refused for an `unknown-workshop`, and (`key-taken`) if one of its keys' hashes is there already.
   */
  append(workshop: WorkshopId, append: Append): Promise<void>
  /**
   * A document's history as causally ordered segments (runs of about 500 updates merged into one), to be applied
   * one per turn of the event loop. Empty for a document without updates; an `unknown-workshop` is refused.
   * Merging happens off the caller's thread, one segment ahead of it. Stopping early costs nothing.
   */
  load(workshop: WorkshopId, document: DocumentKey): AsyncIterable<Uint8Array>
  /**
   * Replaces full runs of single updates by their merged segments on disk, slice by slice between the appends.
   * Changes nothing that a loaded document can tell. Ends early, without loss, when the store closes.
   */
  compact(workshop: WorkshopId): Promise<void>
  /** The latest records of a kind, oldest first, at most `limit`. Writing a key again replaces its value and keeps its place. */
  records(workshop: WorkshopId, kind: string, limit: number): Promise<readonly { key: string; value: unknown }[]>

  /** Puts a refused update aside, with at most {@link QUARANTINE} of its workshop. Refused for an `unknown-workshop`. */
  quarantine(workshop: WorkshopId, entry: Quarantined): Promise<void>
  /** The updates that are put aside, oldest first. */
  quarantined(workshop: WorkshopId): Promise<readonly Quarantined[]>

  /** The seats that a browser holds in a workshop, in the order in which they were taken. */
  seats(workshop: WorkshopId, cookie: string): Promise<readonly Seat[]>
  /** The key with this hash, unless it was replaced. */
  key(workshop: WorkshopId, hash: string): Promise<Key | undefined>
  /** The invitations that are valid now: one of each role, the member's first. */
  invitations(workshop: WorkshopId): Promise<readonly Invitation[]>
  /** Puts an invitation in the place of the valid one of its role; the old one opens nothing from then on, seats taken through it stay. */
  replaceInvitation(workshop: WorkshopId, key: Invitation): Promise<void>

  /**
   * A random name for the time through which the data is one unbroken story: another one after it was restored from a
   * backup, copied or moved.
   */
  epoch(): Promise<string>
  /** Resolves if the store can write now (used by `/readyz`). */
  check(): Promise<void>
  /** Waits for what is under way, then releases files and threads. */
  close(): Promise<void>
}
