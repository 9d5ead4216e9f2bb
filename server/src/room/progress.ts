import type { PersonId } from '@quintet/shared/ids'
import { roundOf } from '@quintet/shared/stage'
import { type BookCount, countBook, progressOf } from '../steward/progress.ts'
import type { Work } from './work.ts'

/** The shortest time between two counts that everyone is told, ms. */
const SPACING = 1_000

/**
 * Keeps the stage's counts of the step right: how many write, type, are done, have voted. A change in a notebook costs
 * no more than to remember whose it was; once a second at most those notebooks are read, and the stage is written if
 * a count is another.
 */
export class ProgressCount {
  readonly #work: Work
  readonly #counts = new Map<PersonId, BookCount>()
  readonly #changed = new Set<PersonId>()
  #step = ''
  #timer: NodeJS.Timeout | undefined
  #stopped = false
  #lastTold = Number.NEGATIVE_INFINITY

  constructor(work: Work) {
    this.#work = work
  }

  /** Something was written in somebody's notebook, or it was loaded. */
  bookChanged(person: PersonId): void {
    this.#changed.add(person)
    this.#countSoon()
  }

  /** The stage changed, or was loaded. */
  turned(): void {
    const stage = this.#work.stage()
    const { phase, step } = stage.at
    const now = [phase, step, roundOf(stage, stage.at)?.id, roundOf(stage, stage.at)?.state].join(' ')
    if (now !== this.#step) {
      this.#step = now
      for (const person of stage.people.keys()) this.#changed.add(person)
    }
    this.#countSoon()
  }

  /** Counts nothing any more, whatever still changes while the room closes. */
  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #countSoon(): void {
    if (this.#timer || this.#stopped) return
    const wait = Math.max(0, this.#lastTold + SPACING - performance.now())
    this.#timer = setTimeout(() => this.#count(), wait)
  }

  #count(): void {
    this.#timer = undefined
    const { books, done, writeStage } = this.#work
    // Half of the notebooks would give numbers that are too small; the last one to come counts them.
    if (books.isFilling) return
    const stage = this.#work.stage()
    for (const person of this.#changed) {
      const book = books.get(person)
      if (book) this.#counts.set(person, countBook(book, stage))
      else this.#counts.delete(person)
    }
    this.#changed.clear()
    const progress = progressOf(stage.people.keys(), this.#counts, done.now())
    if (JSON.stringify(progress) === JSON.stringify(stage.progress)) return
    this.#lastTold = performance.now()
    writeStage({ fields: { progress } })
  }
}
