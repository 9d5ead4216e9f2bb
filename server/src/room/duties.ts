import type { Command, Decision } from '@quintet/shared/commands'
import type { GroupId, NoteId } from '@quintet/shared/ids'
import type { Actor } from '@quintet/shared/rules'
import type { StageChange, StageView } from '@quintet/shared/stage'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { Append } from '../store/store.ts'
import type { Alarm } from './alarm.ts'
import { Bin } from './bin.ts'
import { groupKind, NOTE_KIND } from './binKinds.ts'
import { Books, type BooksSetting } from './books.ts'
import type { Payer } from './connected.ts'
import { CountdownTimer } from './countdown.ts'
import { Decisions } from './decisions.ts'
import type { LiveDocument } from './document.ts'
import { DoneList } from './done.ts'
import { SERVER_HAND } from './hand.ts'
import { ProgressCount } from './progress.ts'
import { Requests } from './requests.ts'
import { newId, takesFromBooks, type Work } from './work.ts'

/** What the duties need of their room. */
export interface DutiesSetting {
  readonly stage: () => StageView
  readonly document: (name: 'board' | 'desk') => Y.Doc
  readonly writeStage: (change: StageChange) => void
  /** Ms since the epoch. */
  readonly now: () => number
  readonly alarm: Alarm
  readonly inPieces: Work['inPieces']
  readonly paidBefore: Work['paidBefore']
  readonly loadBook: BooksSetting['load']
  /** Words were taken off the board: nothing that is still to be sent of it holds them. */
  readonly emptied: () => void
  /** Keeps and forgets records in the same piece as what is written. */
  readonly keep: (records: Pick<Append, 'records' | 'forgotten'>) => void
  /** A notebook is not needed any more. */
  readonly letGo: (book: LiveDocument) => void
  /** No notebook is being read any more: the room may rest. */
  readonly rested: () => void
  /** A duty failed in the middle: what is in memory is not to be trusted. */
  readonly failed: (error: Error) => void
  readonly log: Logger
}

/** What the server does in its own hand while a workshop runs: commands, what ends a countdown, the counts of a step. */
export class Duties {
  readonly books: Books
  readonly #work: Work
  readonly #bin: Bin<NoteId>
  readonly #groupBin: Bin<GroupId>
  readonly #decisions: Decisions
  readonly #countdown: CountdownTimer
  readonly #progress: ProgressCount

  constructor({ document, alarm, emptied, keep, loadBook, letGo, rested, failed, log, ...given }: DutiesSetting) {
    this.books = new Books({
      load: loadBook,
      changed: (person) => this.#progress.bookChanged(person),
      letGo,
      rested: () => {
        this.#progress.turned()
        rested()
      },
      log,
    })
    const binSetting = {
      board: () => document('board'),
      desk: () => document('desk'),
      emptied,
      inPieces: given.inPieces,
      now: given.now,
      alarm,
      failed,
    }
    this.#bin = new Bin(NOTE_KIND, binSetting)
    this.#groupBin = new Bin(groupKind(), binSetting)
    this.#work = {
      ...given,
      books: this.books,
      done: new DoneList({ stage: given.stage, desk: () => document('desk') }),
      bin: this.#bin,
      requests: new Requests({
        board: () => document('board'),
        desk: () => document('desk'),
        books: this.books,
        newId,
        keep,
      }),
      get board() {
        return document('board')
      },
    }
    this.#decisions = new Decisions(this.#work)
    this.#countdown = new CountdownTimer(this.#work, alarm, log, failed)
    this.#progress = new ProgressCount(this.#work)
  }

  /** The room was loaded: does what was left over, before anybody is answered. @param askers records of the kind `ASKER_RECORDS`. */
  loaded(askers: Parameters<Requests['loaded']>[0]): void {
    this.#work.requests.loaded(askers)
    this.#bin.loaded()
    this.#groupBin.loaded()
    const { board } = this.#work
    // Notes that the server moves in its own hand fill and empty groups as well.
    board.on('afterTransaction', (transaction) => {
      if (transaction.origin === SERVER_HAND && transaction.changed.size > 0)
        board.transact(() => this.#groupBin.settle(transaction), SERVER_HAND)
    })
    this.turned()
  }

  /** Follows what was applied to the board, inside its transaction. */
  settleBoard(transaction: Y.Transaction): void {
    this.#bin.settle(transaction)
    this.#groupBin.settle(transaction)
  }

  /** Letters of the texts of a note or group that are not on the board now, see {@link Bin.lettersOf}. */
  lettersBeside(id: string): ReturnType<Bin<string>['lettersOf']> {
    // No group has the id of a note.
    return this.#bin.lettersOf(id as NoteId) ?? this.#groupBin.lettersOf(id as GroupId)
  }

  /** Brings what runs beside the stage in line with it: it was loaded, or it changed. */
  turned(): void {
    const stage = this.#work.stage()
    this.books.keep(takesFromBooks(stage) ? new Set(stage.people.keys()) : new Set())
    this.#countdown.turned()
    this.#progress.turned()
  }

  /** See {@link Decisions.lacking}. */
  lacking(actor: Actor, command: Command, spend: Payer['spend']): Promise<unknown> | undefined {
    return this.#decisions.lacking(actor, command, spend)
  }

  /** Decides a command and does what it comes to, in this turn of the event loop. */
  carryOut(actor: Actor, command: Command): Decision {
    return this.#decisions.carryOut(actor, command)
  }

  /** Does nothing any more. What was not done is done when the room is opened again. */
  stop(): void {
    this.#countdown.stop()
    this.#bin.stop()
    this.#groupBin.stop()
    this.#progress.stop()
    this.books.close()
  }
}
