import type { Command } from '@quintet/shared/commands'
import { type CommandId, ID_BYTES, type PersonId, spell, type WorkshopId } from '@quintet/shared/ids'
import {
  CLOSE,
  DOCUMENT_ACCESS,
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
import { Ledger } from './ledger.ts'
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
  /** @field waiting how many notes and actions have edits that go out on return. */
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

/** One person's live connection to a workshop. */
export interface Session {
  readonly workshop: WorkshopId
  /** Who one was when the session opened; the stage knows one's name and role since. */
  readonly me: SessionOptions['person']
  readonly screen: boolean
  readonly docs: { readonly stage: Y.Doc; readonly board: Y.Doc }
  /** Presence of everyone on the board, as the server stamped it. */
  readonly presence: Awareness
  readonly state: StoreApi<SessionState>
  readonly saved: StoreApi<SavedState>
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

const DOCUMENTS = ['stage', 'board'] as const
type Opened = (typeof DOCUMENTS)[number]

/** Opens a session: connects its documents and keeps them connected until it is closed or refused. */
export function openSession(options: SessionOptions): Session {
  return new LiveSession(options)
}

class LiveSession implements Session {
  readonly workshop: WorkshopId
  readonly me: SessionOptions['person']
  readonly screen: boolean
  readonly docs = { stage: new Y.Doc(), board: new Y.Doc() }
  readonly state = createStore<SessionState>(() => ({ is: 'joining' }))
  readonly #ledger = new Ledger()
  readonly #watch = new SavedWatch(this.#ledger)
  readonly #commands: CommandLine
  readonly #connections: Readonly<Record<Opened, DocumentConnection>>
  readonly #time: TimeKeeper
  readonly #synced: Record<Opened, boolean> = { stage: false, board: false }
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
    const seat = screen ? SCREEN_SEAT : person.id
    // Before the provider hears of an edit: it has to be counted when the message leaves that carries it.
    this.docs.board.on('update', this.#edited)
    const connect = (document: Opened) =>
      new DocumentConnection({
        url,
        document,
        seat,
        doc: this.docs[document],
        writes: DOCUMENT_ACCESS[document].writes.includes(this.me.role),
        tellsPresence: document === 'board',
        events: this.#eventsOf(document),
      })
    this.#connections = { stage: connect('stage'), board: connect('board') }
    this.#commands = new CommandLine(this.#ledger, (message) => this.#connections.stage.send(message))
    this.#time = new TimeKeeper(
      (now) => this.#connections.stage.askTime(now),
      () => this.#settle(),
    )
    this.editing(null)
    this.#listen()
  }

  get presence(): Awareness {
    return this.#connections.board.presence
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
    if (!this.#ended) for (const each of Object.values(this.#connections)) each.tryNow()
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
    for (const each of Object.values(this.#connections)) each.close()
    this.#commands.close()
  }

  #eventsOf(document: Opened): ConnectionEvents {
    const isBoard = document === 'board'
    return {
      onSocket: () => {
        if (isBoard) this.#ledger.reconnected()
      },
      onOpen: () => {
        if (!isBoard) this.#time.connected()
        this.#open = true
        this.#settle()
      },
      onSynced: () => {
        this.#synced[document] = true
        if (DOCUMENTS.every((each) => this.#synced[each])) this.#lost = false
        this.#settle()
      },
      onLost: () => {
        this.#synced[document] = false
        this.#lost = true
        if (!isBoard) this.#time.stop()
        this.#settle()
      },
      onEnded: (code, reason) => this.#end({ is: code === CLOSE.removed.code ? 'removed' : 'refused', reason }),
      onSent: (answer) => {
        if (isBoard) this.#ledger.sent(answer)
      },
      onClock: (asked, now) => {
        if (!isBoard) this.#time.told(asked, now)
      },
      messages: {
        [MESSAGE.savedMark]: (decoder) => this.#marked(decodeSavedMark(decoder)),
        [MESSAGE.refusal]: (decoder) => this.#end({ is: 'refused', reason: decodeRefusal(decoder).message }),
        [MESSAGE.reply]: (decoder) => this.#commands.answered(decodeReply(decoder)),
      },
    }
  }

  readonly #edited = (_update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (this.me.role === 'observer' || origin === this.#connections.board.provider) return
    this.#ledger.edited(editedThings(transaction))
    this.#watch.edited()
    this.#settle()
  }

  #marked(count: number): void {
    this.#ledger.marked(count)
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
    if (this.#lost) return { is: 'offline', waiting: this.#ledger.waiting }
    const complete = DOCUMENTS.every((document) => this.#synced[document])
    if (complete && this.#time.known) return { is: 'live' }
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
      for (const each of Object.values(this.#connections)) each.check()
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
      if (this.#ledger.waiting > 0) event.preventDefault()
    }
    addEventListener('beforeunload', warn, { signal })
  }
}
