import { boardEntry } from '@quintet/shared/board'
import type { Command } from '@quintet/shared/commands'
import type { WorkshopId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { type CloseName, type DocumentName, mayWrite, type Reply } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import {
  currentStep,
  type Person,
  readStage,
  type StageChange,
  type StageView,
  writeStage,
} from '@quintet/shared/stage'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type { Clients } from '../guard/clients.ts'
import type { Append, DocumentKey, Store } from '../store/store.ts'
import type { Alarm } from './alarm.ts'
import { bindAll, loadClients, recordsOfHeard } from './bindings.ts'
import { notebookOf } from './books.ts'
import { Commands } from './commands.ts'
import type { Connected, Payer } from './connected.ts'
import type { LiveDocument } from './document.ts'
import { Duties } from './duties.ts'
import { SERVER_HAND } from './hand.ts'
import { Line, type LineSetting } from './line.ts'
import { LiveDocuments } from './liveDocuments.ts'
import { Unreadable } from './load.ts'
import { PresenceRelay } from './presence.ts'
import { CommitQueue } from './queue.ts'
import { Refusals } from './refusals.ts'
import { REPLIES_LOADED, REPLY_RECORDS, Replies } from './replies.ts'
import { ASKER_RECORDS } from './requests.ts'
import { Turns } from './turns.ts'

/** Thrown (as a rejection) when a workshop takes no more people. Nothing was changed. */
export class WorkshopFull extends Error {
  override readonly name = 'WorkshopFull'
}

/** Thrown (as a rejection) by a room that is no longer the live one. What was asked for was not done, unless it says so when read again. */
export class RoomClosed extends Error {
  override readonly name = 'RoomClosed'
}

/** What a room needs of the world. */
export interface RoomSetting {
  readonly workshop: WorkshopId
  readonly store: Store
  readonly log: Logger
  /** Ms since the epoch. */
  readonly now: () => number
  readonly alarm: Alarm
  /** Nobody is connected, and nothing is unsaved. */
  readonly quiet: () => void
  /** The room is not the live one any more: the next open loads again. */
  readonly dropped: () => void
}

/** What a reader of a room's documents gets. */
export interface Documents {
  readonly stage: StageView
  readonly board: Y.Doc
}

/** What makes one person's way in durable together with the person. */
export type Access = Pick<Append, 'seats' | 'keys'>

/**
 * One live workshop. Everything that changes it is applied in its turn of the event loop and leaves through one queue,
 * after the commit that covers it [promise 1]. It is the only one of its workshop [promise 3].
 */
export class Room {
  readonly workshop: WorkshopId
  readonly #setting: RoomSetting
  readonly #log: Logger
  readonly #queue: CommitQueue
  readonly #turns: Turns
  readonly #lineSetting: LineSetting
  readonly #documents: LiveDocuments
  readonly #lines = new Set<Line>()
  readonly #presence: PresenceRelay
  readonly #duties: Duties
  #commands: Commands | undefined
  #stage: StageView | undefined
  #state: 'open' | 'stopping' | 'closed' = 'open'

  private constructor(setting: RoomSetting, clients: Clients) {
    this.workshop = setting.workshop
    this.#setting = setting
    this.#log = setting.log.child({ workshop: setting.workshop })
    this.#queue = new CommitQueue({
      people: () => this.#presence.people,
      take: () => this.#documents.take(),
      append: (append) => setting.store.append(setting.workshop, append),
      release: (cut, updates) => this.#documents.release(cut, updates),
      failed: (error) => this.#drop(error),
      idle: () => this.#rest(),
    })
    this.#turns = new Turns((error) => this.#queue.fail(error))
    const refusals = new Refusals({ ...setting, log: this.#log })
    this.#lineSetting = { ...setting, queue: this.#queue, turns: this.#turns, clients, refusals }
    this.#documents = new LiveDocuments({
      ...setting,
      ...this.#lineSetting,
      stage: () => this.stage,
      besideBoard: (entry) => this.#duties.lettersBeside(entry),
    })
    this.#duties = new Duties({
      stage: () => this.stage,
      document: (name) => this.#document(name).doc,
      writeStage: (change) => this.#writeStage(change),
      now: setting.now,
      alarm: setting.alarm,
      loadBook: (person, spend) => this.#load('notebook', notebookOf(person), spend),
      emptied: () => this.#document('board').emptied(),
      keep: (records) => this.#queue.add(records),
      paidBefore: (work) => this.#queue.paidBefore(work),
      letGo: (book) => this.#documents.letGo(book),
      inPieces: (pieces) => this.#inPieces(pieces),
      rested: () => this.#rest(),
      failed: (error) => this.#queue.fail(error),
      log: this.#log,
    })
    this.#presence = new PresenceRelay(
      () => currentStep(this.stage).kind === 'write',
      (id) => (['notes', 'groups'] as const).some((root) => boardEntry(this.#document('board').doc, root, id)),
      ({ client, person }, bound) => {
        const news = recordsOfHeard(clients, client, person)
        if (news) this.#queue.add(news)
        this.#queue.after({ released: bound })
      },
    )
  }

  /** Loads a workshop completely [promise 6]. @throws if anything of it cannot be read; there is never a part of a room. */
  static async open(setting: RoomSetting): Promise<Room> {
    const room = new Room(setting, await loadClients(setting.store, setting.workshop))
    try {
      for (const name of ['stage', 'board', 'desk'] as const) await room.#load(name, name)
      room.#document('stage').doc.on('update', () => {
        room.#stage = undefined
      })
      if (!readStage(room.#document('stage').doc))
        throw new Unreadable(`The stage of workshop ${setting.workshop} is empty on disk. Nothing was changed.`)
      room.#commands = room.#takeCommands(
        new Replies(await setting.store.records(setting.workshop, REPLY_RECORDS, REPLIES_LOADED)),
      )
      room.#document('board').settleBy((transaction) => room.#duties.settleBoard(transaction))
      room.#duties.loaded(await setting.store.records(setting.workshop, ASKER_RECORDS, LIMITS.requestsPerWorkshop))
      // What the loading itself changed goes out with the first answer, not once more after it.
      if (!room.#queue.isIdle) await room.#queue.durable(undefined)
      return room
    } catch (error) {
      room.#end(error instanceof Error ? error : new Error(String(error)), 'storeFailed')
      throw error
    }
  }

  /** The stage as it is now. */
  get stage(): StageView {
    this.#stage ??= readStage(this.#document('stage').doc)
    if (!this.#stage) throw new RoomClosed('The workshop is not open here any more. Nothing was changed: try again.')
    return this.#stage
  }

  /** Whether nothing would be lost or cut off by unloading: the one question that unloading asks. */
  get mayUnload(): boolean {
    return this.#state === 'open' && this.#lines.size === 0 && this.#queue.isIdle && this.#duties.books.isResting
  }

  /** Whether a document is in memory; a notebook is while its person is connected, and while its step takes something out of it. */
  isLoaded(key: DocumentKey): boolean {
    return this.#documents.get(key) !== undefined
  }

  /** How many sync step 2 messages were encoded for a document since it was loaded. */
  encodings(key: DocumentKey): number {
    return this.#documents.get(key)?.encodings ?? 0
  }

  /**
   * Decides and carries out a command, in the server's hand; resolves with the answer once it is durable.
   * A repeat of an id by the same person gets the first answer.
   * @param payer hears what it writes, and what it takes of the processor beyond this turn of the event loop.
   */
  command(actor: Actor, command: Command, payer = NOBODY): Promise<Reply> {
    return this.#commands?.answer(actor, command, payer) ?? Promise.reject(closed())
  }

  /**
   * Puts a person among the workshop's people, with their seat or key, in one piece; resolves once it is durable.
   * @throws {WorkshopFull} past {@link LIMITS.peoplePerWorkshop}.
   */
  join(person: Person, access: Access): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(closed())
    const { people } = this.stage
    if (!people.has(person.id) && people.size >= LIMITS.peoplePerWorkshop)
      return Promise.reject(
        new WorkshopFull('This workshop takes no more people. Nothing was changed: ask its facilitator.'),
      )
    this.#writeStage({ people: [person] })
    this.#queue.add({ seats: [...(access.seats ?? [])], keys: [...(access.keys ?? [])] })
    return this.#queue.durable(undefined)
  }

  /** Reads the documents at one moment; resolves once everything that was read is durable: what is seen is saved. */
  read<T>(read: (documents: Documents) => T): Promise<T> {
    if (this.#state !== 'open') return Promise.reject(closed())
    return new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | { readonly error: unknown } = { error: closed() }
      this.#queue.after({
        atCut: () => {
          try {
            result = { value: read({ stage: this.stage, board: this.#document('board').doc }) }
          } catch (error) {
            result = { error }
          }
        },
        released: () => ('value' in result ? resolve(result.value) : reject(result.error)),
        failed: reject,
      })
    })
  }

  /**
   * Binds the Yjs client ids that somebody names for a document to them, before anything of theirs is taken or relayed
   * [promise 5]. @returns why they cannot be, if one is another's or there were too many new ones.
   * @param payer on whose account new ones are; the person's own unless given.
   * @param spend hears what it takes of the processor to open their notebook, ms.
   * @throws if the room closes, or their notebook cannot be loaded.
   */
  async bind(
    { document, actor }: Pick<Connected, 'document' | 'actor'>,
    clients: readonly number[],
    payer = actor.person,
    spend = NOBODY.spend,
  ): Promise<CloseName | undefined> {
    // Observers write nothing; the one under which they are seen is bound on the board.
    const writes = mayWrite(document, actor.role)
    if (document !== 'board' && !writes) return undefined
    const named = writes ? clients : clients.slice(0, 1)
    await this.#documentFor({ document, actor, spend })
    const isInUse = (client: number) => this.#documents.hold(client)
    const now = this.#setting.now()
    return bindAll(this.#lineSetting.clients, named, { person: actor.person, payer, now, isInUse })
  }

  /** Connects somebody to a document that they may open. @throws if the room closes, or their notebook cannot be loaded. */
  async connect(connected: Connected): Promise<Line> {
    const document = await this.#documentFor(connected)
    if (this.#state !== 'open') throw closed()
    // A notebook may have been let go between its loading and this turn.
    if (this.#documents.get(document.key) !== document) return this.connect(connected)
    const line = new Line(connected, document, this.#lineSetting)
    this.#lines.add(line)
    // While it was on its way its person may have been removed.
    if (!line.stands(this.stage)) line.shut('removed')
    if (document.name === 'board') this.#presence.enter(line)
    return line
  }

  /** Somebody's connection is gone. */
  disconnect(line: Line): void {
    line.left()
    this.#lines.delete(line)
    if (line.document === 'board') this.#presence.leave(line)
    this.#rest()
  }

  /** Who is here; only connections to the board speak of it. */
  get presence(): PresenceRelay {
    return this.#presence
  }

  /** Takes nothing more, makes durable what was taken, then closes every connection. */
  async close(): Promise<void> {
    if (this.#state !== 'open') return
    this.#state = 'stopping'
    this.#duties.stop()
    await this.#queue.durable(undefined).catch(() => undefined)
    this.#end(closed(), 'stopping')
  }

  #takeCommands(replies: Replies): Commands {
    return new Commands(
      {
        duties: this.#duties,
        stage: () => this.stage,
        mustBeOpen: () => {
          if (this.#state !== 'open') throw closed()
        },
        queue: this.#queue,
        log: this.#log,
      },
      replies,
    )
  }

  #writeStage(change: StageChange): void {
    writeStage(this.#document('stage').doc, change, SERVER_HAND)
    this.#duties.turned()
    if (!change.removed?.length) return
    for (const line of this.#lines) if (!line.stands(this.stage)) line.shut('removed')
  }

  /** Runs the first piece now and the others in later turns of the event loop. Nothing leaves before the last. */
  #inPieces(pieces: Iterator<void>): void {
    this.#queue.hold()
    const next = () => {
      if (pieces.next().done) this.#queue.letGo()
      else this.#turns.add(next)
    }
    next()
  }

  #document(name: 'stage' | 'board' | 'desk'): LiveDocument {
    const document = this.#documents.get(name)
    if (!document) throw closed()
    return document
  }

  async #documentFor(who: Pick<Connected, 'document' | 'actor' | 'spend'>): Promise<LiveDocument> {
    const { document, actor } = who
    if (this.#state !== 'open') throw closed()
    if (document !== 'notebook') return this.#document(document)
    return this.#duties.books.open(actor.person, (ms) => who.spend(ms))
  }

  #load(name: DocumentName, key: DocumentKey, spend?: Payer['spend']): Promise<LiveDocument> {
    return this.#documents.load(name, key, closed, spend)
  }

  /** Lets go of notebooks that nobody has open, and says so if the whole room rests. */
  #rest(): void {
    this.#duties.books.letGo()
    if (this.mayUnload) this.#setting.quiet()
  }

  #drop(error: Error): void {
    if (this.#state === 'closed') return
    this.#log.error({ err: error }, 'the room is dropped')
    this.#end(error, 'storeFailed')
  }

  /** Nothing comes in and nothing goes out from here on. */
  #end(reason: Error, close: CloseName): void {
    this.#state = 'closed'
    this.#queue.stop(reason)
    this.#turns.stop()
    this.#duties.stop()
    for (const line of this.#lines) line.close(close)
    this.#lines.clear()
    this.#presence.close()
    this.#documents.close()
    this.#setting.dropped()
  }

  /** Unloads a room that may be. */
  unload(): void {
    this.#end(closed(), 'stopping')
  }
}

/** Pays for what the server does of its own accord. */
const NOBODY: Payer = { spend: () => undefined, accepted: () => undefined }

const closed = () => new RoomClosed('The workshop is not open here any more. Nothing was changed: try again.')
