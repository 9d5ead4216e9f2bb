import type { PersonId, WorkshopId } from '@quintet/shared/ids'

/** Names one Yjs document of a workshop in the store. */
export type DocumentKey = 'stage' | 'board' | 'desk' | `notebook:${PersonId}`

/** One Yjs update (V1) of one document, as the room accepted it. */
export interface DocumentUpdate {
  readonly document: DocumentKey
  readonly update: Uint8Array
}

/** A small JSON value that belongs to a workshop and must be as durable as its documents, such as the reply to a command. */
export interface RecordWrite {
  readonly kind: string
  readonly key: string
  readonly value: unknown
}

/** What becomes durable together: all of it, or nothing. */
export interface Append {
  readonly updates: readonly DocumentUpdate[]
  readonly records?: readonly RecordWrite[]
  readonly seats?: readonly Seat[]
  readonly keys?: readonly Key[]
}

/** A browser's place in a workshop: whoever presents the cookie is this person here. */
export interface Seat {
  /** SHA-256 of the browser's cookie, hex. The cookie itself is never stored. */
  readonly cookie: string
  readonly person: PersonId
  /** An observer's name stands here, since observers are not among the workshop's people; null for people. */
  readonly observer: string | null
  /** Hash of the key through which the seat was taken: the same cookie with the same invitation is the same person. */
  readonly key: string
}

/** A way in. Keys are at least 128 random bits; only invitations keep their secret, so that facilitators can read them again. */
export type Key =
  | { readonly kind: 'invitation'; readonly hash: string; readonly role: 'member' | 'observer'; readonly secret: string }
  | { readonly kind: 'person'; readonly hash: string; readonly person: PersonId }

export interface NewWorkshop extends Append {
  readonly id: WorkshopId
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

/** Thrown (as a rejection) when something could not be made durable: disk full, worker dead, store closed. Nothing of the append is kept. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed'
}

/**
 * Keeps workshops. Every implementation passes `store.contract.ts`.
 * All methods reject with {@link StoreFailed} when the medium fails; none answers before what it says is true on disk.
 */
export interface Store {
  /** Creates a workshop with its first updates, keys and seats, in one piece. Rejects if the id is taken. */
  create(workshop: NewWorkshop): Promise<void>
  /** Whether the workshop exists. */
  has(workshop: WorkshopId): Promise<boolean>
  /**
   * Makes updates and records durable, atomically across the workshop's documents; resolves when they are on disk.
   * Appends of one workshop become durable in the order of the calls. Many at once share one commit.
   */
  append(workshop: WorkshopId, append: Append): Promise<void>
  /**
   * A document's history as causally ordered segments (runs of about 500 updates merged into one), to be applied
   * one per turn of the event loop. Empty for a document without updates. Merging happens off the caller's thread.
   * Throws (rejects the iteration) if any of it cannot be read: half a document is never given as a whole one.
   */
  load(workshop: WorkshopId, document: DocumentKey): AsyncIterable<Uint8Array>
  /** Replaces runs of single updates by their merged segments on disk. Changes nothing that `load` can tell. */
  compact(workshop: WorkshopId): Promise<void>
  /** The latest records of a kind, oldest first, at most `limit`. Writing a key again replaces its value. */
  records(workshop: WorkshopId, kind: string, limit: number): Promise<readonly { key: string; value: unknown }[]>

  /** The seats that a browser holds in a workshop, in the order in which they were taken. */
  seats(workshop: WorkshopId, cookie: string): Promise<readonly Seat[]>
  /** The key with this hash, unless it was replaced. */
  key(workshop: WorkshopId, hash: string): Promise<Key | undefined>
  /** The invitations that are valid now: one of each role. */
  invitations(workshop: WorkshopId): Promise<readonly Extract<Key, { kind: 'invitation' }>[]>
  /** Puts an invitation in the place of the valid one of its role; the old one opens nothing from then on, seats taken through it stay. */
  replaceInvitation(workshop: WorkshopId, key: Extract<Key, { kind: 'invitation' }>): Promise<void>

  /** Resolves if the store can write now (used by `/readyz`). */
  check(): Promise<void>
  /** Waits for what is under way, then releases files and threads. */
  close(): Promise<void>
}
