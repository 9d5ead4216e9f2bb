import { addNote } from '@quintet/shared/edits'
import { ID_BYTES, type NoteId, type PersonId, spell } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { type DraftView, draftEntry, isSecret, readDrafts } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import type * as Y from 'yjs'
import type { Book } from './book.ts'
import { type Random, shuffled } from './shuffle.ts'
import { keysAfter } from './wall.ts'

/** A draft that becomes a note of the board, and whose it is. */
export interface Shared {
  readonly book: Book
  readonly draft: DraftView
}

/** How drafts of one phase come to the wall. */
export interface Landing {
  readonly phase: PhaseId
  /** The time that all of them carry, ms since the epoch. */
  readonly at: number
  /** Whether the board is told whose they are. */
  readonly anonymous: boolean
  readonly random: Random
  /** Origin of the transactions. */
  readonly hand: unknown
}

/**
 * The drafts of a phase that a reveal takes: secret, ready, with words, and no longer than a note may be. Whatever
 * else stands in a notebook is passed over and stays with its author.
 */
export function readyDrafts(books: readonly Book[], phase: PhaseId): readonly Shared[] {
  return books.flatMap((book) =>
    readDrafts(book.doc).flatMap((draft) => (isReady(draft) && draft.phase === phase ? { book, draft } : [])),
  )
}

function isReady(draft: DraftView): boolean {
  return draft.ready && isSecret(draft) && draft.text.trim() !== '' && draft.text.length <= LIMITS.noteMerged
}

/**
 * Brings drafts to the wall in an order that tells nothing of theirs, after what stands there: with fresh ids, one time
 * for all and, where names are left out, no author. Each draft is marked with what it became, so that none comes twice.
 * What calls this makes the board and the notebooks durable in one piece.
 */
export function land(board: Y.Doc, drafts: readonly Shared[], landing: Landing): void {
  const { phase, at, anonymous, random, hand } = landing
  const order = keysAfter(board, phase)
  const became = new Map<Shared, NoteId>()
  board.transact(() => {
    for (const shared of shuffled(drafts, random)) {
      const { draft, book } = shared
      const id = spell(random(ID_BYTES)) as NoteId
      const author: PersonId | null = anonymous ? null : book.person
      addNote({ id, phase, author, at, text: draft.text, order: order(), under: draft.under })(board)
      became.set(shared, id)
    }
  }, hand)
  for (const [book, shared] of Map.groupBy(drafts, (each) => each.book))
    book.doc.transact(() => {
      for (const each of shared) draftEntry(book.doc, each.draft.id)?.set('became', became.get(each))
    }, hand)
}
