import { boardEntry, boardRoot, type Entry, entryText, readPlan } from '@quintet/shared/board'
import { LIMITS } from '@quintet/shared/limits'
import type * as Y from 'yjs'
import type { Alarm } from './alarm.ts'
import type { BinEntry, BinKind } from './binKinds.ts'
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

/** The texts of a note or group, as the bin names them. */
type Field = 'text' | 'firstStep' | 'measure'

/** How many notes or groups one turn of the event loop empties at most … */
const MOST_PER_TURN = 100

/** … and for so long, ms: what was written letter by letter is deleted letter by letter, and Yjs cleans up for as long again. */
const TURN = 2

/**
 * Keeps the words of removed and hidden notes, or of groups that are gone, away from the board [promise 8]. They stay for
 * {@link LIMITS.removedWords}, so that what was removed is brought back at once; then they are the desk's alone, those of
 * a hidden note without delay. What leaves the board and comes to the desk is saved in one piece, so no word is lost
 * between.
 */
export class Bin<Id extends string> {
  readonly #kind: BinKind<Id>
  readonly #setting: BinSetting
  /** Those that are gone and whose words stand on the board yet, in the order in which they went, ms since the epoch. */
  readonly #goneAt = new Map<Id, number>()
  /** Those whose time is over and of which there was no word; what is written in them later is taken at once. */
  readonly #wordless = new Set<Id>()
  #silence: (() => void) | undefined

  constructor(kind: BinKind<Id>, setting: BinSetting) {
    this.#kind = kind
    this.#setting = setting
  }

  /** One whose words are in the bin. */
  get(id: Id): (BinEntry & { readonly id: Id }) | undefined {
    const binned = this.#kept.get(id)
    return binned && { ...binned, id }
  }

  /**
   * How many letters of each text are here and come back to it, UTF-16 units, as the board names the texts; undefined
   * where none are. Who writes there hears from the guard what is too long for both together, so that nothing is ever
   * cut here.
   */
  lettersOf(id: Id): Readonly<Record<string, number>> | undefined {
    const binned = this.get(id)
    if (!binned) return undefined
    const { text, firstStep, measure } = binned
    return { [this.#kind.words]: text.length, firstStep: firstStep.length, measure: measure.length }
  }

  /** The room was loaded: nobody knows any more since when something is gone, so all words leave before anybody is answered. */
  loaded(): void {
    const gone: Id[] = []
    for (const id of boardRoot(this.#setting.board(), this.#kind.root).keys() as Iterable<Id>)
      if (this.#isGone(id)) gone.push(id)
    // Nothing was sent of the board yet, and nothing waits to be.
    if (gone.length > 0) this.#setting.inPieces(this.#emptyInPieces(gone))
  }

  /** Takes a note off the wall, and its words off the board at once. */
  hide(id: Id): void {
    this.#onBoth(() => {
      this.#setGone(id, true)
      this.#take(id, true)
    })
    this.#setting.emptied()
  }

  /** Takes a note off the wall. */
  remove(id: Id): void {
    this.#onBoth(() => {
      this.#setGone(id, true)
      this.#settleOne(id)
    })
  }

  /** Puts a note back on the wall, with its words, wherever they are; also a hidden one. */
  bringBack(id: Id): void {
    this.#onBoth(() => {
      this.#setGone(id, false)
      this.#giveBack(id)
    })
  }

  /**
   * Follows what somebody changed on the board, inside their own transaction: letters that come to something in the bin
   * are taken before there is an update that could be kept or sent; what is put back gets its words; a hidden note is
   * removed again.
   */
  settle(transaction: Y.Transaction): void {
    const { board, desk } = this.#setting
    const touched = this.#kind.touched(board(), transaction)
    const settle = () => {
      for (const id of touched) this.#settleOne(id)
    }
    // Many make one update of the desk; a keystroke need not pay for what it mostly does not change.
    if (touched.size > 1) desk().transact(settle, SERVER_HAND)
    else settle()
  }

  /** Does nothing any more; words that wait leave when the room is opened again. */
  stop(): void {
    this.#silence?.()
    this.#silence = undefined
    this.#goneAt.clear()
    this.#wordless.clear()
  }

  #settleOne(id: Id): void {
    const isGone = this.#isGone(id)
    if (isGone === undefined) return
    const binned = this.get(id)
    if (!binned && !this.#wordless.has(id)) {
      this.#await(id, isGone)
      return
    }
    if (!isGone && !binned?.hidden) {
      this.#giveBack(id)
      return
    }
    this.#setGone(id, true)
    if (this.#hasWords(id)) this.#take(id, false)
  }

  /** Remembers since when one is gone, or that it stands. */
  #await(id: Id, isGone: boolean): void {
    if (!isGone) this.#goneAt.delete(id)
    else if (!this.#goneAt.has(id)) this.#goneAt.set(id, this.#setting.now())
    this.#setAlarm()
  }

  /** An alarm may ring early; what is due is asked again then. */
  #setAlarm(): void {
    const [first] = this.#goneAt.values()
    if (first === undefined || this.#silence) return
    const { alarm, failed } = this.#setting
    this.#silence = alarm(first + LIMITS.removedWords, () => {
      this.#silence = undefined
      try {
        this.#empty([...this.#goneAt].flatMap(([id, at]) => (this.#isOver(at) ? [id] : [])))
        this.#setAlarm()
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
      }
    })
  }

  /** Also once the clock was put back behind that moment: nobody would know how long to wait. */
  #isOver(goneAt: number): boolean {
    const now = this.#setting.now()
    return now >= goneAt + LIMITS.removedWords || now < goneAt
  }

  #empty(ids: readonly Id[]): void {
    if (ids.length > 0) this.#setting.inPieces(this.#emptyAndForget(ids))
  }

  /** What is still to be sent is made anew once, by itself: nothing leaves before the last piece. */
  *#emptyAndForget(ids: readonly Id[]): Generator<void, void> {
    yield* this.#emptyInPieces(ids)
    yield
    this.#setting.emptied()
  }

  *#emptyInPieces(ids: readonly Id[]): Generator<void, void> {
    const left = ids.values()
    for (let next = left.next(); !next.done; ) {
      const began = performance.now()
      this.#onBoth(() => {
        for (let count = 0; !next.done && count < MOST_PER_TURN && performance.now() - began < TURN; count++) {
          this.#emptyOne(next.value)
          next = left.next()
        }
      })
      if (!next.done) yield
    }
  }

  #emptyOne(id: Id): void {
    this.#goneAt.delete(id)
    // Between two pieces somebody may have brought it back.
    if (!this.#isGone(id)) return
    if (this.#hasWords(id)) this.#take(id, false)
    else if (!this.get(id)) this.#wordless.add(id)
  }

  /** Whether one does not stand; undefined where there is none. */
  #isGone(id: Id): boolean | undefined {
    return this.#kind.isGone(this.#setting.board(), id)
  }

  #setGone(id: Id, gone: boolean): void {
    if (this.#isGone(id) === !gone) this.#kind.setGone(this.#setting.board(), id, gone)
  }

  /** Changes board and desk, each in one transaction. */
  #onBoth(change: () => void): void {
    const { board, desk } = this.#setting
    board().transact(() => desk().transact(change, SERVER_HAND), SERVER_HAND)
  }

  /** Moves what stands in the texts of one to the bin, after what the bin has of it. */
  #take(id: Id, hidden: boolean): void {
    const { now } = this.#setting
    this.#goneAt.delete(id)
    this.#wordless.delete(id)
    const about = this.#kind.about(id, this.#entry(id))
    if (!about) return
    const was = this.get(id)
    const words = { text: was?.text ?? '', firstStep: was?.firstStep ?? '', measure: was?.measure ?? '' }
    for (const [field, text] of this.#texts(id)) {
      words[field] = (words[field] + text.toString()).toWellFormed()
      text.delete(0, text.length)
    }
    const named = this.#namedOwner(id)
    if (named !== undefined) this.#plan(id)?.set('owner', null)
    const owner = named ?? was?.owner
    const { phase, author } = about
    const moved = { phase, author, ...words, ...(owner !== undefined && { owner }) }
    this.#write(id, { ...moved, at: was?.at ?? now(), hidden: hidden || was?.hidden === true })
  }

  #giveBack(id: Id): void {
    this.#goneAt.delete(id)
    this.#wordless.delete(id)
    const binned = this.get(id)
    if (!binned) return
    // What was written meanwhile stands after it, as it would in the bin.
    for (const [field, text] of this.#texts(id)) text.insert(0, binned[field])
    const plan = this.#plan(id)
    if (binned.owner !== undefined && plan?.get('owner') === null) plan.set('owner', { name: binned.owner })
    this.#write(id, undefined)
  }

  #hasWords(id: Id): boolean {
    return this.#texts(id).some(([, text]) => text.length > 0) || this.#namedOwner(id) !== undefined
  }

  /** The name of an action's owner who is not here: somebody typed it, so it is words as well. */
  #namedOwner(id: Id): string | undefined {
    const owner = readPlan(id, this.#plan(id))?.owner
    return owner && 'name' in owner ? owner.name : undefined
  }

  #entry(id: Id): Entry | undefined {
    return boardEntry(this.#setting.board(), this.#kind.root, id)
  }

  /** The plan of an action. Under the id of a note may stand that of a group, and the other way round. */
  #plan(id: Id): Entry | undefined {
    return this.#entry(id)?.get('phase') === 'actions' ? boardEntry(this.#setting.board(), 'plan', id) : undefined
  }

  /** The texts that the words of one stand in, by the name that the bin has for them. */
  #texts(id: Id): readonly (readonly [field: Field, text: Y.Text])[] {
    const plan = this.#plan(id)
    const texts = [
      ['text', entryText(this.#entry(id), this.#kind.words)],
      ['firstStep', entryText(plan, 'firstStep')],
      ['measure', entryText(plan, 'measure')],
    ] as const
    return texts.flatMap(([field, text]) => (text ? [[field, text] as const] : []))
  }

  get #kept(): Y.Map<BinEntry> {
    return this.#kind.kept(this.#setting.desk())
  }

  #write(id: Id, binned: BinEntry | undefined): void {
    const desk = this.#setting.desk()
    desk.transact(() => {
      if (binned) this.#kept.set(id, binned)
      else this.#kept.delete(id)
    }, SERVER_HAND)
  }
}
