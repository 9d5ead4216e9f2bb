import type { Command } from '@quintet/shared/commands'
import { type CommandId, ID_BYTES, type PersonId, spell, type WorkshopId } from '@quintet/shared/ids'
import {
  CLOSE,
  DOCUMENT_ACCESS,
  type DocumentName,
  decodeRefusal,
  decodeReply,
  decodeSavedMark,
  MESSAGE,
  SCREEN_SEAT,
} from '@quintet/shared/protocol'
import type { Role } from '@quintet/shared/stage'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { CommandLine, type CommandResult } from './commandLine.ts'
import { type ConnectionEvents, DocumentConnection } from './documentConnection.ts'
import { editedThings } from './editedThings.ts'
import { Ledger, Ledgers } from './ledger.ts'
import { type SavedState, SavedWatch } from './saved.ts'
import { TimeKeeper } from './timeKeeper.ts'

/** Where a session stands; each state has only its own fields. */
export type SessionState =
  /** The first connection is being made. */
  | { readonly is: 'joining' }
  /** Connected, with documents still to come. */
  | { readonly is: 'loading' }
  /** Connected, with all documents complete and the server's time known. */
  | { readonly is: 'live' }
  /** @field waiting how many notes, drafts and ballots have edits that go out on return. */
  | { readonly is: 'offline'; readonly waiting: number }
  | { readonly is: 'refused'; readonly reason: string }
  | { readonly is: 'removed'; readonly reason: string }

/** A command without its id, which the session makes. */
export type CommandBody = Command extends infer Each ? (Each extends Command ? Omit<Each, 'id'> : never) : never

/** The field that a person has open: a note's text, or a field of the plan. */
export interface EditingTarget {
  readonly id: string
  readonly field: 'text' | 'firstStep' | 'measure' | 'due'
}

export interface SessionOptions {
  readonly workshop: WorkshopId
  readonly person: { readonly id: PersonId; readonly name: string; readonly role: Role }
  /** The big screen: opens stage and board as an observer, whatever else the browser's seats are. */
  readonly screen?: boolean
  /** `ws://` or `wss://` and the host; by default the page's own. */
  readonly serverUrl?: string
}

/** Whether what one writes is kept on this device: on its disk, in this tab alone, or not any more since it is full. */
export type DeviceState = 'kept' | 'memory' | 'full'

/** What a session holds open. */
export interface SessionDocuments {
  readonly stage: Y.Doc
  readonly board: Y.Doc
  /** One's own drafts and ballots; observers have none. */
  readonly notebook: Y.Doc | undefined
  /** What facilitators alone read; undefined for everyone else. */
  readonly desk: Y.Doc | undefined
}

/** One person's live connection to a workshop. */
export interface Session {
  readonly workshop: WorkshopId
  /** Who one was when the session opened; the stage knows one's name and role since. */
  readonly me: SessionOptions['person']
  readonly screen: boolean
  readonly docs: SessionDocuments
  /** Presence of everyone on the board, as the server stamped it. */
  readonly presence: Awareness
  readonly state: StoreApi<SessionState>
  readonly saved: StoreApi<SavedState>
  /** The notes, drafts, groups and ballots with edits that are not known to be durable, by id. */
  readonly unsaved: StoreApi<ReadonlySet<string>>
  /** Whether what one writes is kept on this device. */
  readonly device: StoreApi<DeviceState>
  /** Counts how often `docs` were replaced, after a refusal: whatever reads them starts anew. */
  readonly generation: StoreApi<number>
  /** The server's clock, ms since the epoch. */
  now(): number
  /**
   * Sends a command once one's own earlier edits are saved, and answers what the server said of it. Nothing is queued
   * while offline; a command whose answer was lost with the connection is sent again under its id.
   */
  command(body: CommandBody): Promise<CommandResult>
  /** Says which field one has open; null for none. */
  editing(target: EditingTarget | null): void
  /** Tries to connect now, instead of after the next wait. */
  tryNow(): void
  /** Ends the session for good. What is unsaved is lost with its documents. */
  close(): void
}

/** How long saving may take before the connection is put to the test, ms. */
const DOUBT_AFTER = 5_000

type Opened = DocumentName

/** One document of a session. */
interface OpenDocument {
  readonly name: Opened
  readonly doc: Y.Doc
  /** Which of one's own edits of it are durable. */
  readonly ledger: Ledger
  readonly connection: DocumentConnection
  synced: boolean
}

/** Opens a session: connects its documents and keeps them connected until it is closed or refused. */
export function openSession(options: SessionOptions): Session {
  return new LiveSession(options)
}

class LiveSession implements Session {
  readonly workshop: WorkshopId
  readonly me: SessionOptions['person']
  readonly screen: boolean
  readonly docs: SessionDocuments
  readonly state = createStore<SessionState>(() => ({ is: 'joining' }))
  readonly unsaved = createStore<ReadonlySet<string>>(() => new Set())
  readonly device = createStore<DeviceState>(() => 'memory')
  readonly generation = createStore(() => 0)
  readonly #opened: readonly OpenDocument[]
  readonly #ledgers: Ledgers
  readonly #watch: SavedWatch
  readonly #commands: CommandLine
  readonly #time: TimeKeeper
  readonly #stage: DocumentConnection
  readonly #board: DocumentConnection
  readonly #listeners = new AbortController()
  /** Whether any socket was ever open. */
  #open = false
  /** Whether a connection is missing that was there, or that could not be made. */
  #lost = false
  #doubting: ReturnType<typeof setTimeout> | undefined

  constructor({ workshop, person, screen = false, serverUrl }: SessionOptions) {
    this.workshop = workshop
    this.me = screen ? { ...person, role: 'observer' } : person
    this.screen = screen
    const url = `${serverUrl ?? location.origin.replace(/^http/, 'ws')}/sync/${workshop}`
    const open = (name: Opened) => this.#openDocument(name, url, screen ? SCREEN_SEAT : person.id)
    const [stage, board] = [open('stage'), open('board')]
    const openOwn = (name: Opened) => (DOCUMENT_ACCESS[name].reads.includes(this.me.role) ? open(name) : undefined)
    const [notebook, desk] = [openOwn('notebook'), openOwn('desk')]
    this.docs = { stage: stage.doc, board: board.doc, notebook: notebook?.doc, desk: desk?.doc }
    this.#stage = stage.connection
    this.#board = board.connection
    this.#opened = [stage, board, notebook, desk].filter((each) => each !== undefined)
    this.#ledgers = new Ledgers(this.#opened.map(({ ledger }) => ledger))
    this.#watch = new SavedWatch(this.#ledgers)
    this.#commands = new CommandLine(this.#ledgers, (message) => this.#stage.send(message))
    this.#time = new TimeKeeper(
      (now) => this.#stage.askTime(now),
      () => this.#settle(),
    )
    this.editing(null)
    this.#listen()
  }

  get presence(): Awareness {
    return this.#board.presence
  }

  get saved(): StoreApi<SavedState> {
    return this.#watch.state
  }

  readonly now = () => this.#time.now()

  readonly command = (body: CommandBody) => {
    const id = spell(crypto.getRandomValues(new Uint8Array(ID_BYTES))) as CommandId
    return this.#commands.send({ ...body, id })
  }

  readonly editing = (target: EditingTarget | null) => {
    this.presence.setLocalState({ editing: target })
  }

  readonly tryNow = () => {
    if (!this.#ended) for (const { connection } of this.#opened) connection.tryNow()
  }

  readonly close = () => {
    this.#listeners.abort()
    this.#disconnect()
    this.#watch.close()
    clearTimeout(this.#doubting)
  }

  get #ended(): boolean {
    const { is } = this.state.getState()
    return is === 'refused' || is === 'removed'
  }

  #disconnect(): void {
    this.#time.stop()
    for (const { connection } of this.#opened) connection.close()
    this.#commands.close()
  }

  #openDocument(name: Opened, url: string, seat: string): OpenDocument {
    const doc = new Y.Doc()
    const ledger = new Ledger()
    let provider: unknown
    // Before the provider hears of an edit: it has to be counted when the message leaves that carries it.
    doc.on('update', (_update, origin, _doc, transaction) => {
      if (this.me.role !== 'observer' && origin !== provider) this.#edited(ledger, transaction)
    })
    const state = { name, doc, ledger, synced: false }
    const connection = new DocumentConnection({
      url,
      document: name,
      seat,
      doc,
      writes: DOCUMENT_ACCESS[name].writes.includes(this.me.role),
      tellsPresence: name === 'board',
      events: this.#eventsOf(state),
    })
    provider = connection.provider
    return Object.assign(state, { connection })
  }

  #eventsOf(document: Pick<OpenDocument, 'name' | 'ledger' | 'synced'>): ConnectionEvents {
    const { ledger } = document
    const isStage = document.name === 'stage'
    return {
      onSocket: () => ledger.reconnected(),
      onOpen: () => {
        if (isStage) this.#time.connected()
        this.#open = true
        this.#settle()
      },
      onSynced: () => {
        document.synced = true
        if (this.#complete) this.#lost = false
        this.#settle()
      },
      onLost: () => {
        document.synced = false
        this.#lost = true
        if (isStage) this.#time.stop()
        this.#settle()
      },
      onEnded: (code, reason) => this.#end({ is: code === CLOSE.removed.code ? 'removed' : 'refused', reason }),
      onSent: (answer) => ledger.sent(answer),
      onClock: (asked, now) => {
        if (isStage) this.#time.told(asked, now)
      },
      messages: {
        [MESSAGE.savedMark]: (decoder) => this.#marked(ledger, decodeSavedMark(decoder)),
        [MESSAGE.refusal]: (decoder) => this.#end({ is: 'refused', reason: decodeRefusal(decoder).message }),
        [MESSAGE.reply]: (decoder) => this.#commands.answered(decodeReply(decoder)),
      },
    }
  }

  get #complete(): boolean {
    return this.#opened.every(({ synced }) => synced)
  }

  #edited(ledger: Ledger, transaction: Y.Transaction): void {
    ledger.edited(editedThings(transaction))
    this.#watch.edited()
    this.#settle()
  }

  #marked(ledger: Ledger, count: number): void {
    ledger.marked(count)
    this.#watch.marked()
    this.#commands.saved()
    this.#settle()
  }

  /** Finds the state that the session is in, and tells whoever depends on it. */
  #settle(): void {
    if (this.#ended) return
    const next = this.#findState()
    this.#watch.connected(!this.#lost)
    this.#commands.connected(next.is === 'live')
    const now = this.state.getState()
    const same = now.is === next.is && (now.is !== 'offline' || next.is !== 'offline' || now.waiting === next.waiting)
    if (!same) this.state.setState(next, true)
  }

  #findState(): SessionState {
    if (this.#lost) return { is: 'offline', waiting: this.#ledgers.waiting }
    if (this.#complete && this.#time.known) return { is: 'live' }
    return { is: this.#open ? 'loading' : 'joining' }
  }

  #end(state: SessionState): void {
    if (this.#ended) return
    this.state.setState(state, true)
    this.#watch.connected(false)
    // A provider that is told to stop while it hands a message over would go on with what it has destroyed.
    queueMicrotask(() => this.#disconnect())
  }

  #listen(): void {
    const { signal } = this.#listeners
    const check = () => {
      if (this.#ended || document.hidden) return
      for (const { connection } of this.#opened) connection.check()
    }
    addEventListener('offline', check, { signal })
    addEventListener('online', check, { signal })
    addEventListener('online', this.tryNow, { signal })
    document.addEventListener('visibilitychange', check, { signal })
    // Saving that takes this long may never end: perhaps nobody listens any more.
    this.saved.subscribe(({ is }) => {
      clearTimeout(this.#doubting)
      if (is === 'saving') this.#doubting = setTimeout(check, DOUBT_AFTER)
    })
    const warn = (event: BeforeUnloadEvent) => {
      if (this.#ledgers.waiting > 0) event.preventDefault()
    }
    addEventListener('beforeunload', warn, { signal })
  }
}
