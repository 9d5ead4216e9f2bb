import { boardEntry, type OutcomeId } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import { ID_BYTES, type NoteId, spell } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { type DraftView, draftEntry, isSecret, readDrafts } from '@quintet/shared/notebook'
import type { PhaseId } from '@quintet/shared/phases'
import type { Reveal } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import type { Book } from './book.ts'
import { type Random, shuffled } from './shuffle.ts'
import { keysAfter, noteCount } from './wall.ts'

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
 * Those of some drafts that a board has room for; where it has not for all, the lot decides. The others stay ready, and
 * with their authors.
 */
export function fitting(board: Y.Doc, drafts: readonly Shared[], random: Random): readonly Shared[] {
  const left = Math.max(0, LIMITS.notesPerWorkshop - noteCount(board))
  return drafts.length <= left ? drafts : shuffled(drafts, random).slice(0, left)
}

/** What a reveal says of drafts that are ready: how many landed, and for how many there was no room, if for some. */
export function countsOf(ready: readonly Shared[], landed: readonly Shared[]): Pick<Reveal, 'count' | 'noRoom'> {
  const noRoom = ready.length - landed.length
  return { count: landed.length, ...(noRoom > 0 && { noRoom }) }
}

/** Notes that one turn of the event loop adds: about 2 ms. */
const NOTES_PER_TURN = 100

/**
 * Brings drafts to the wall in an order that tells nothing of theirs, after what stands there: with fresh ids, one time
 * for all and, where names are left out, no author. Each draft is marked with what it became, so that none comes twice.
 * What calls this makes the board and the notebooks durable in one piece.
 */
export function land(board: Y.Doc, drafts: readonly Shared[], landing: Landing): void {
  const pieces = landInPieces(board, drafts, landing)
  while (!pieces.next().done);
}

/**
 * What a note may hang under: a note or group of the board, also one that was removed and may come back. Whatever else
 * a notebook names, such as another draft, would tell that the two are of one hand.
 */
function known(board: Y.Doc, under: OutcomeId | null): OutcomeId | null {
  const stands = under !== null && (['notes', 'groups'] as const).some((root) => boardEntry(board, root, under))
  return stands ? under : null
}

/**
 * Does what {@link land} does, in pieces: with the first every draft is marked, and notes come with each. The board may
 * change between two pieces, and must not leave the room before the last.
 */
export function* landInPieces(board: Y.Doc, drafts: readonly Shared[], landing: Landing): Generator<void, void> {
  const { phase, at, anonymous, random, hand } = landing
  const bytes = random(drafts.length * ID_BYTES)
  const named = shuffled(drafts, random).map((shared, at) => {
    return { shared, id: spell(bytes.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)) as NoteId }
  })
  for (const [{ doc }, of] of Map.groupBy(named, ({ shared }) => shared.book))
    doc.transact(() => {
      for (const { shared, id } of of) draftEntry(doc, shared.draft.id)?.set('became', id)
    }, hand)
  const order = keysAfter(board, phase)
  for (let from = 0; from < named.length; from += NOTES_PER_TURN) {
    if (from > 0) yield
    board.transact(() => {
      for (const { shared, id } of named.slice(from, from + NOTES_PER_TURN)) {
        const author = anonymous ? null : shared.book.person
        const { text, under } = shared.draft
        addNote({ id, phase, author, at, text, order: order(), under: known(board, under) })(board)
      }
    }, hand)
  }
}
