import { boardEntry, boardRoot, entryText } from '@quintet/shared/board'
import type { Addition } from '@quintet/shared/commands'
import { type AddRequest, requestRoot } from '@quintet/shared/desk'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote, smallestChange, writeText } from '@quintet/shared/edits'
import type { NoteId, PersonId, RequestId } from '@quintet/shared/ids'
import { type Asked, askedRoot, draftEntry } from '@quintet/shared/notebook'
import type { StageView } from '@quintet/shared/stage'
import type * as Y from 'yjs'
import { keysAfter } from '../steward/wall.ts'
import type { Books } from './books.ts'
import { SERVER_HAND } from './hand.ts'

/** What the requests need of their room. */
export interface RequestsSetting {
  readonly stage: () => StageView
  readonly board: () => Y.Doc
  readonly desk: () => Y.Doc
  readonly books: Pick<Books, 'get' | 'all'>
  readonly newId: () => string
}

/**
 * What people ask facilitators to add. The desk says what is asked; the notebook of whoever asked says what became of
 * it, and in an anonymous phase it alone says whose the request is.
 */
export class Requests {
  readonly #setting: RequestsSetting

  constructor(setting: RequestsSetting) {
    this.#setting = setting
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
  lacking(id: RequestId): Promise<void> | undefined {
    const { books, stage } = this.#setting
    const request = this.get(id)
    if (!request) return undefined
    const askers = request.person ? [request.person] : [...stage().people.keys()]
    const missing = askers.filter((person) => !books.get(person))
    return missing.length === 0 ? undefined : books.all(missing)
  }

  /** Puts a request before the facilitators. @param asker whose it is, also where the desk is not told. */
  keep({ id, ...request }: AddRequest, asker: PersonId): void {
    const { desk } = this.#setting
    desk().transact(() => requestRoot(desk()).set(id, request), SERVER_HAND)
    this.#tell(asker, id, 'waiting')
  }

  /** Adds what a request asks for, or declines, and tells whoever asked. */
  answer(request: AddRequest, add: Addition | null): void {
    const { desk } = this.#setting
    const asker = request.person ?? this.#askerOf(request.id)
    if (add?.is === 'words') this.#rewrite(add.note, request.text)
    if (add?.is === 'note') this.#add(request, add, asker)
    desk().transact(() => requestRoot(desk()).delete(request.id), SERVER_HAND)
    if (asker) this.#tell(asker, request.id, add ? 'added' : 'declined')
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
    const { books, stage } = this.#setting
    const isAsker = (person: PersonId) => {
      const book = books.get(person)
      return book !== undefined && askedRoot(book).get(id) === 'waiting'
    }
    return [...stage().people.keys()].find(isAsker)
  }
}

/** Puts a draft into a notebook that was shared as a note already. */
function rememberOwn(book: Y.Doc, draft: Omit<Parameters<typeof addDraft>[0], 'ready'>, became: NoteId): void {
  book.transact(() => {
    addDraft({ ...draft, ready: true })(book)
    draftEntry(book, draft.id)?.set('became', became)
  }, SERVER_HAND)
}

/** How many notes stand in a board, removed or not. */
export const noteCount = (board: Y.Doc) => boardRoot(board, 'notes').size
