import { boardEntry, entryText, readNote } from '@quintet/shared/board'
import { type Binned, binRoot } from '@quintet/shared/desk'
import type { NoteId } from '@quintet/shared/ids'
import type * as Y from 'yjs'
import { SERVER_HAND } from './hand.ts'

/** What the bin needs of its room. */
export interface BinSetting {
  readonly board: () => Y.Doc
  readonly desk: () => Y.Doc
  /** Ms since the epoch. */
  readonly now: () => number
}

/** Keeps the words of removed and hidden notes away from the board [promise 8]. */
export class Bin {
  readonly #setting: BinSetting

  constructor(setting: BinSetting) {
    this.#setting = setting
  }

  /** A note whose words are in the bin. */
  get(id: NoteId): Binned | undefined {
    const binned = binRoot(this.#setting.desk()).get(id)
    return binned && { ...binned, id }
  }

  /** Takes a note off the wall, and its words off the board at once. */
  hide(id: NoteId): void {
    const board = this.#setting.board()
    board.transact(() => {
      boardEntry(board, 'notes', id)?.set('removed', true)
      this.#take(id, true)
    }, SERVER_HAND)
  }

  /** Puts a note back on the wall, with its words. */
  bringBack(id: NoteId): void {
    const board = this.#setting.board()
    board.transact(() => {
      boardEntry(board, 'notes', id)?.set('removed', false)
      this.#giveBack(id)
    }, SERVER_HAND)
  }

  /** Moves what stands in a note's texts to the bin, after what the bin has of it. */
  #take(id: NoteId, hidden: boolean): void {
    const board = this.#setting.board()
    const note = readNote(id, boardEntry(board, 'notes', id))
    if (!note) return
    const was = this.get(id)
    const words = this.#texts(id).map(([field, text]) => {
      const words = text.toString()
      text.delete(0, text.length)
      return [field, (was?.[field] ?? '') + words]
    })
    const { phase, author } = note
    const empty = { text: '', firstStep: '', measure: '' }
    this.#write(id, {
      ...empty,
      ...Object.fromEntries(words),
      phase,
      author,
      at: was?.at ?? this.#setting.now(),
      hidden: hidden || was?.hidden === true,
    })
  }

  #giveBack(id: NoteId): void {
    const was = this.get(id)
    if (!was) return
    for (const [field, text] of this.#texts(id)) text.insert(0, was[field])
    this.#write(id, undefined)
  }

  /** The texts that a note's words stand in, by the name that the bin has for them. */
  #texts(id: NoteId): readonly (readonly ['text' | 'firstStep' | 'measure', Y.Text])[] {
    const board = this.#setting.board()
    const plan = boardEntry(board, 'plan', id)
    const texts = [
      ['text', entryText(boardEntry(board, 'notes', id), 'text')],
      ['firstStep', entryText(plan, 'firstStep')],
      ['measure', entryText(plan, 'measure')],
    ] as const
    return texts.flatMap(([field, text]) => (text ? [[field, text] as const] : []))
  }

  #write(id: NoteId, binned: Omit<Binned, 'id'> | undefined): void {
    const desk = this.#setting.desk()
    desk.transact(() => {
      if (binned) binRoot(desk).set(id, binned)
      else binRoot(desk).delete(id)
    }, SERVER_HAND)
  }
}
