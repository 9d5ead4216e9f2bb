import { boardEntry, boardRoot, type Entry, entryText, readNote, readPlan } from '@quintet/shared/board'
import { type Binned, binRoot } from '@quintet/shared/desk'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type * as Y from 'yjs'
import type { Alarm } from './alarm.ts'
import { SERVER_HAND } from './hand.ts'

/** What the bin needs of its room. */
export interface BinSetting {
  readonly board: () => Y.Doc
  readonly desk: () => Y.Doc
  /** Words left the board: whatever is still to be sent of it may hold them, and is made anew. */
  readonly emptied: () => void
  /** Does something large over several turns, the first piece in this one; all of it is saved in one piece. */
  readonly inPieces: (pieces: Iterator<void>) => void
  /** Ms since the epoch. */
  readonly now: () => number
  readonly alarm: Alarm
  /** It failed in the middle: what is in memory is not to be trusted. */
  readonly failed: (error: Error) => void
}

/** The texts of a note, as the bin names them. */
type Field = 'text' | 'firstStep' | 'measure'

/** Notes that one turn of the event loop empties at most … */
const NOTES_PER_TURN = 100

/** … and for so long, ms: of a note that was written letter by letter each is deleted by itself, and Yjs cleans up after it for as long again. */
const TURN = 2

/**
 * Keeps the words of removed and hidden notes away from the board [promise 8]. Those of a removed note stay for
 * {@link LIMITS.removedWords}, so that it is brought back at once; then they are the desk's alone, those of a hidden one
 * without delay. What leaves the board and comes to the desk is saved in one piece, so no word is lost between.
 */
export class Bin {
  readonly #setting: BinSetting
  /** Removed notes whose words stand on the board yet, in the order of their removal, ms since the epoch. */
  readonly #removedAt = new Map<NoteId, number>()
  /** Removed notes whose time is over and of which there was no word; what is written in them later is taken at once. */
  readonly #wordless = new Set<NoteId>()
  #silence: (() => void) | undefined

  constructor(setting: BinSetting) {
    this.#setting = setting
  }

  /** A note whose words are in the bin. */
  get(id: NoteId): Binned | undefined {
    const binned = binRoot(this.#setting.desk()).get(id)
    return binned && { ...binned, id }
  }

  /**
   * How many letters of each text of a note are here and come back to it, UTF-16 units; undefined where none are. Who
   * writes in the note hears from the guard what is too long for both together, so that nothing is ever cut here.
   */
  lettersOf(id: NoteId): Readonly<Record<Field, number>> | undefined {
    const binned = this.get(id)
    if (!binned) return undefined
    const { text, firstStep, measure } = binned
    return { text: text.length, firstStep: firstStep.length, measure: measure.length }
  }

  /** The room was loaded: nobody knows any more when a note was removed, so all words leave before anybody is answered. */
  loaded(): void {
    const removed: NoteId[] = []
    for (const id of boardRoot(this.#setting.board(), 'notes').keys() as Iterable<NoteId>)
      if (this.#isRemoved(id)) removed.push(id)
    // Nothing was sent of the board yet, and nothing waits to be.
    if (removed.length > 0) this.#setting.inPieces(this.#emptyInPieces(removed))
  }

  /** Takes a note off the wall, and its words off the board at once. */
  hide(id: NoteId): void {
    this.#onBoth(() => {
      this.#setRemoved(id, true)
      this.#take(id, true)
    })
    this.#setting.emptied()
  }

  /** Takes a note off the wall. */
  remove(id: NoteId): void {
    this.#onBoth(() => {
      this.#setRemoved(id, true)
      this.#settleNote(id)
    })
  }

  /** Puts a note back on the wall, with its words, wherever they are; also a hidden one. */
  bringBack(id: NoteId): void {
    this.#onBoth(() => {
      this.#setRemoved(id, false)
      this.#giveBack(id)
    })
  }

  /**
   * Follows what somebody changed on the board, inside their own transaction: letters that come to a note in the bin
   * are taken before there is an update that could be kept or sent; a note that is put back gets its words; a hidden
   * one is removed again.
   */
  settle(transaction: Y.Transaction): void {
    const { board, desk } = this.#setting
    const touched = touchedNotes(board(), transaction)
    const settle = () => {
      for (const id of touched) this.#settleNote(id)
    }
    // Many make one update of the desk; a keystroke need not pay for what it mostly does not change.
    if (touched.size > 1) desk().transact(settle, SERVER_HAND)
    else settle()
  }

  /** Does nothing any more; words that wait leave when the room is opened again. */
  stop(): void {
    this.#silence?.()
    this.#silence = undefined
    this.#removedAt.clear()
    this.#wordless.clear()
  }

  #settleNote(id: NoteId): void {
    const isRemoved = this.#isRemoved(id)
    if (isRemoved === undefined) return
    const binned = this.get(id)
    if (!binned && !this.#wordless.has(id)) {
      this.#await(id, isRemoved)
      return
    }
    if (!isRemoved && !binned?.hidden) {
      this.#giveBack(id)
      return
    }
    this.#setRemoved(id, true)
    if (this.#hasWords(id)) this.#take(id, false)
  }

  /** Remembers when a note was removed, or that it stands. */
  #await(id: NoteId, isRemoved: boolean): void {
    if (!isRemoved) this.#removedAt.delete(id)
    else if (!this.#removedAt.has(id)) this.#removedAt.set(id, this.#setting.now())
    this.#setAlarm()
  }

  /** An alarm may ring early; what is due is asked again then. */
  #setAlarm(): void {
    const [first] = this.#removedAt.values()
    if (first === undefined || this.#silence) return
    const { alarm, failed } = this.#setting
    this.#silence = alarm(first + LIMITS.removedWords, () => {
      this.#silence = undefined
      try {
        this.#empty([...this.#removedAt].flatMap(([id, at]) => (this.#isOver(at) ? [id] : [])))
        this.#setAlarm()
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
      }
    })
  }

  /** Also once the clock was put back behind the removal: nobody would know how long to wait. */
  #isOver(removedAt: number): boolean {
    const now = this.#setting.now()
    return now >= removedAt + LIMITS.removedWords || now < removedAt
  }

  #empty(ids: readonly NoteId[]): void {
    if (ids.length > 0) this.#setting.inPieces(this.#emptyAndForget(ids))
  }

  /** What is still to be sent is made anew once, by itself: nothing leaves before the last piece. */
  *#emptyAndForget(ids: readonly NoteId[]): Generator<void, void> {
    yield* this.#emptyInPieces(ids)
    yield
    this.#setting.emptied()
  }

  *#emptyInPieces(ids: readonly NoteId[]): Generator<void, void> {
    const left = ids.values()
    for (let next = left.next(); !next.done; ) {
      const began = performance.now()
      this.#onBoth(() => {
        for (let count = 0; !next.done && count < NOTES_PER_TURN && performance.now() - began < TURN; count++) {
          this.#emptyNote(next.value)
          next = left.next()
        }
      })
      if (!next.done) yield
    }
  }

  #emptyNote(id: NoteId): void {
    this.#removedAt.delete(id)
    // Between two pieces somebody may have brought it back.
    if (!this.#isRemoved(id)) return
    if (this.#hasWords(id)) this.#take(id, false)
    else if (!this.get(id)) this.#wordless.add(id)
  }

  /** Whether a note is removed; undefined where there is no such note. */
  #isRemoved(id: NoteId): boolean | undefined {
    const entry = boardEntry(this.#setting.board(), 'notes', id)
    return entry && entry.get('removed') === true
  }

  #setRemoved(id: NoteId, removed: boolean): void {
    if (this.#isRemoved(id) === !removed) boardEntry(this.#setting.board(), 'notes', id)?.set('removed', removed)
  }

  /** Changes board and desk, each in one transaction. */
  #onBoth(change: () => void): void {
    const { board, desk } = this.#setting
    board().transact(() => desk().transact(change, SERVER_HAND), SERVER_HAND)
  }

  /** Moves what stands in a note's texts to the bin, after what the bin has of it. */
  #take(id: NoteId, hidden: boolean): void {
    const { board, now } = this.#setting
    this.#removedAt.delete(id)
    this.#wordless.delete(id)
    const note = readNote(id, boardEntry(board(), 'notes', id))
    if (!note) return
    const was = this.get(id)
    const words = { text: was?.text ?? '', firstStep: was?.firstStep ?? '', measure: was?.measure ?? '' }
    for (const [field, text] of this.#texts(id)) {
      words[field] = (words[field] + text.toString()).toWellFormed()
      text.delete(0, text.length)
    }
    const named = this.#namedOwner(id)
    if (named !== undefined) this.#plan(id)?.set('owner', null)
    const owner = named ?? was?.owner
    const { phase, author } = note
    const moved = { phase, author, ...words, ...(owner !== undefined && { owner }) }
    this.#write(id, { ...moved, at: was?.at ?? now(), hidden: hidden || was?.hidden === true })
  }

  #giveBack(id: NoteId): void {
    this.#removedAt.delete(id)
    this.#wordless.delete(id)
    const binned = this.get(id)
    if (!binned) return
    // What was written meanwhile stands after it, as it would in the bin.
    for (const [field, text] of this.#texts(id)) text.insert(0, binned[field])
    const plan = this.#plan(id)
    if (binned.owner !== undefined && plan?.get('owner') === null) plan.set('owner', { name: binned.owner })
    this.#write(id, undefined)
  }

  #hasWords(id: NoteId): boolean {
    return this.#texts(id).some(([, text]) => text.length > 0) || this.#namedOwner(id) !== undefined
  }

  /** The name of an action's owner who is not here: somebody typed it, so it is words as well. */
  #namedOwner(id: NoteId): string | undefined {
    const owner = readPlan(id, this.#plan(id))?.owner
    return owner && 'name' in owner ? owner.name : undefined
  }

  /** The plan of an action. Under the id of another note stands that of a group, if one does. */
  #plan(id: NoteId): Entry | undefined {
    const board = this.#setting.board()
    return boardEntry(board, 'notes', id)?.get('phase') === 'actions' ? boardEntry(board, 'plan', id) : undefined
  }

  /** The texts that a note's words stand in, by the name that the bin has for them. */
  #texts(id: NoteId): readonly (readonly [field: Field, text: Y.Text])[] {
    const board = this.#setting.board()
    const plan = this.#plan(id)
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

/** The notes (and groups) of whose entry, words or plan a transaction changed something so far. */
function touchedNotes(board: Y.Doc, { changed }: Y.Transaction): ReadonlySet<NoteId> {
  const roots: ReadonlySet<unknown> = new Set([boardRoot(board, 'notes'), boardRoot(board, 'plan')])
  const touched = new Set<NoteId>()
  for (const [type, keys] of changed) {
    if (roots.has(type)) for (const key of keys) touched.add(key as NoteId)
    const entry = roots.has(type.parent) ? type : type.parent
    if (entry && roots.has(entry.parent)) touched.add(entry._item?.parentSub as NoteId)
  }
  return touched
}
