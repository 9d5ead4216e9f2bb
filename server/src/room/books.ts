import type { PersonId } from '@quintet/shared/ids'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { DocumentKey } from '../store/store.ts'
import type { Payer } from './connected.ts'
import type { LiveDocument } from './document.ts'

/** What the books need of their room. */
export interface BooksSetting {
  /** Loads a notebook completely. @param spend hears what it takes of the processor, ms. @throws if it cannot be read. */
  readonly load: (person: PersonId, spend?: Payer['spend']) => Promise<LiveDocument>
  /** A notebook is in memory from now on, or something was written in it. */
  readonly changed: (person: PersonId) => void
  /** A notebook is not in memory any more. */
  readonly letGo: (book: LiveDocument) => void
  /** Nothing is being loaded any more. */
  readonly rested: () => void
  /** It names a person only where a notebook cannot be read, which tells nothing of who writes. */
  readonly log: Logger
}

/** The key of somebody's notebook. */
export const notebookOf = (person: PersonId): DocumentKey => `notebook:${person}`

/** How long after a failure a notebook is read again, ms; twice as long after each further one, up to the longest. */
const RETRY_FIRST = 1_000
const RETRY_LONGEST = 30_000

/**
 * The notebooks that are in memory: those that somebody has open, and in steps whose end takes something out of them
 * everybody's, so that a reveal is one piece of work. One that cannot be read is an error that is tried again, never an
 * empty notebook.
 */
export class Books {
  readonly #setting: BooksSetting
  readonly #books = new Map<PersonId, LiveDocument>()
  readonly #loading = new Map<PersonId, Promise<LiveDocument>>()
  #kept: ReadonlySet<PersonId> = new Set()
  /** Those to be kept that could not be read, and are tried again later. */
  readonly #unread = new Set<PersonId>()
  #filling = false
  #retry: NodeJS.Timeout | undefined
  #failures = 0
  #closed = false

  constructor(setting: BooksSetting) {
    this.#setting = setting
  }

  /** Whether no notebook is being read from disk. */
  get isResting(): boolean {
    return this.#loading.size === 0
  }

  /** Whether those that are to be kept are still being read for the first time. */
  get isFilling(): boolean {
    return this.#filling
  }

  /** Somebody's notebook, if it is in memory. */
  get(person: PersonId): Y.Doc | undefined {
    return this.#books.get(person)?.doc
  }

  /**
   * Somebody's notebook, read from disk if need be. @throws if it cannot be read.
   * @param spend hears what the reading takes of the processor, ms, unless somebody else began it.
   */
  async open(person: PersonId, spend?: Payer['spend']): Promise<LiveDocument> {
    const known = this.#books.get(person)
    if (known) return known
    const opening = this.#loading.get(person) ?? this.#load(person, spend)
    this.#loading.set(person, opening)
    return opening
  }

  /** The notebooks of several people, once all of them are in memory. @throws if one cannot be read. */
  async all(people: Iterable<PersonId>): Promise<void> {
    for (const person of people) await this.open(person)
  }

  /** Keeps the notebooks of these people in memory from now on, and reads those that are missing meanwhile. */
  keep(people: ReadonlySet<PersonId>): void {
    this.#kept = people
    const isMissing = (person: PersonId) => !this.#books.has(person) && !this.#unread.has(person)
    if ([...people].some(isMissing)) void this.#fill()
  }

  /** Lets go of notebooks that are not to be kept and that nobody has open. */
  letGo(): void {
    for (const [person, book] of this.#books) {
      if (this.#kept.has(person) || !book.isQuiet) continue
      this.#books.delete(person)
      this.#setting.letGo(book)
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
    this.#books.clear()
  }

  async #load(person: PersonId, spend?: Payer['spend']): Promise<LiveDocument> {
    try {
      const book = await this.#setting.load(person, spend)
      if (!this.#closed) {
        this.#books.set(person, book)
        book.doc.on('update', () => this.#setting.changed(person))
        this.#setting.changed(person)
      }
      return book
    } catch (error) {
      if (!this.#closed)
        this.#setting.log.error({ err: error, document: notebookOf(person) }, 'a notebook could not be read')
      throw error
    } finally {
      this.#loading.delete(person)
      // While it was being read the room could not rest, and nobody may come to ask again. Whoever waits for it comes first.
      setImmediate(() => {
        if (this.isResting && !this.#closed) this.#setting.rested()
      })
    }
  }

  /** Reads what is to be kept and is missing, one after the other. */
  async #fill(): Promise<void> {
    if (this.#filling || this.#closed) return
    clearTimeout(this.#retry)
    this.#filling = true
    let failed = false
    this.#unread.clear()
    let kept: ReadonlySet<PersonId>
    do {
      kept = this.#kept
      for (const person of kept) {
        if (this.#closed) return
        try {
          await this.open(person)
          this.#unread.delete(person)
        } catch {
          this.#unread.add(person)
          failed = true
        }
      }
      // Somebody came or went meanwhile.
    } while (kept !== this.#kept)
    this.#filling = false
    if (failed) this.#tryAgain()
    else this.#failures = 0
  }

  #tryAgain(): void {
    if (this.#closed) return
    const wait = Math.min(RETRY_LONGEST, RETRY_FIRST * 2 ** this.#failures++)
    this.#retry = setTimeout(() => void this.#fill(), wait).unref()
  }
}
