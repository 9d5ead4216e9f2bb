import { boardEntry, entryText } from '@quintet/shared/board'
import type { Addition } from '@quintet/shared/commands'
import { type AddRequest, requestRoot } from '@quintet/shared/desk'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote, smallestChange, writeText } from '@quintet/shared/edits'
import { isId, type NoteId, type PersonId, type RequestId } from '@quintet/shared/ids'
import { type Asked, askedRoot, draftEntry } from '@quintet/shared/notebook'
import type * as Y from 'yjs'
import { keysAfter } from '../steward/wall.ts'
import type { Append } from '../store/store.ts'
import type { Books } from './books.ts'
import { SERVER_HAND } from './hand.ts'

/** What the requests need of their room. */
export interface RequestsSetting {
  readonly board: () => Y.Doc
  readonly desk: () => Y.Doc
  readonly books: Pick<Books, 'get' | 'open'>
  readonly newId: () => string
  /** What the store must keep and may forget, in the same piece as what is written. */
  readonly keep: (records: Pick<Append, 'records' | 'forgotten'>) => void
}

/** Kind of the records that say whose a request is of which the desk does not tell: its id, and the person's. */
export const ASKER_RECORDS = 'asker'

/**
 * What people ask facilitators to add. The desk says what is asked, and the notebook of whoever asked what became of it.
 * In an anonymous phase no document but that says whose a request is.
 */
export class Requests {
  readonly #setting: RequestsSetting
  /** Whose the requests are that name nobody on the desk. */
  readonly #askers = new Map<RequestId, PersonId>()

  constructor(setting: RequestsSetting) {
    this.#setting = setting
  }

  /** The room was loaded. @param records of the kind {@link ASKER_RECORDS}. */
  loaded(records: readonly { readonly key: string; readonly value: unknown }[]): void {
    for (const { key, value } of records) if (isId(value)) this.#askers.set(key as RequestId, value as PersonId)
  }

  /** A request that waits for an answer. */
  get(id: RequestId): AddRequest | undefined {
    const request = requestRoot(this.#setting.desk()).get(id)
    return request && { ...request, id }
  }

  /** How many wait for an answer. */
  get count(): number {
    return requestRoot(this.#setting.desk()).size
  }

  /** What has to be read from disk before a request can be answered; undefined if nothing has to. */
  lacking(id: RequestId): Promise<unknown> | undefined {
    const { books } = this.#setting
    const asker = this.#askerOf(id)
    return asker && !books.get(asker) ? books.open(asker) : undefined
  }

  /** Puts a request before the facilitators. @param asker whose it is, also where the desk is not told. */
  keep({ id, ...request }: AddRequest, asker: PersonId): void {
    const { desk, keep } = this.#setting
    desk().transact(() => requestRoot(desk()).set(id, request), SERVER_HAND)
    if (request.person === null) {
      this.#askers.set(id, asker)
      keep({ records: [{ kind: ASKER_RECORDS, key: id, value: asker }] })
    }
    this.#tell(asker, id, 'waiting')
  }

  /** Adds what a request asks for, or declines, and tells whoever asked. */
  answer(request: AddRequest, add: Addition | null): void {
    const { desk, keep } = this.#setting
    const { id } = request
    const asker = this.#askerOf(id)
    if (add?.is === 'words') this.#rewrite(add.note, request.text)
    if (add?.is === 'note') this.#add(request, add, asker)
    desk().transact(() => requestRoot(desk()).delete(id), SERVER_HAND)
    if (this.#askers.delete(id)) keep({ forgotten: [{ kind: ASKER_RECORDS, key: id }] })
    if (asker) this.#tell(asker, id, add ? 'added' : 'declined')
  }

  #rewrite(id: NoteId, words: string): void {
    const text = entryText(boardEntry(this.#setting.board(), 'notes', id), 'text')
    const change = text && smallestChange(text.toString(), words)
    if (text && change) writeText(text, change, SERVER_HAND)
  }

  #add({ phase, text }: AddRequest, { author, at }: Addition & { is: 'note' }, asker: PersonId | undefined): void {
    const { books, newId } = this.#setting
    const board = this.#setting.board()
    const id = newId() as NoteId
    const note = { id, phase, author, at, text, order: keysAfter(board, phase)(), under: null }
    board.transact(() => addNote(note)(board), SERVER_HAND)
    const book = asker && books.get(asker)
    // Whose an anonymous note is stands in their notebook alone.
    if (author === null && book) rememberOwn(book, { ...note, id: newId() as NoteId }, id)
  }

  #tell(asker: PersonId, id: RequestId, asked: Asked): void {
    const book = this.#setting.books.get(asker)
    book?.transact(() => askedRoot(book).set(id, asked), SERVER_HAND)
  }

  #askerOf(id: RequestId): PersonId | undefined {
    return this.get(id)?.person ?? this.#askers.get(id)
  }
}

/** Puts a draft into a notebook that was shared as a note already. */
function rememberOwn(book: Y.Doc, draft: Omit<Parameters<typeof addDraft>[0], 'ready'>, became: NoteId): void {
  book.transact(() => {
    addDraft({ ...draft, ready: true })(book)
    draftEntry(book, draft.id)?.set('became', became)
  }, SERVER_HAND)
}
