import { type CommandId, ID_BYTES, spell, type WorkshopId } from '@quintet/shared/ids'
import {
  CLOSE,
  DOCUMENT_ACCESS,
  DOCUMENT_NAMES,
  type DocumentName,
  decodeRefusal,
  decodeReply,
  decodeSavedMark,
  MESSAGE,
  type Refusal,
  SCREEN_SEAT,
} from '@quintet/shared/protocol'
import type { Awareness } from 'y-protocols/awareness'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { CommandLine } from './commandLine.ts'
import { DeviceCopies, type DeviceState } from './deviceCopies.ts'
import { notHandedBack } from './handBack.ts'
import { Ledgers } from './ledger.ts'
import { type DocumentEvents, newClient, OpenDocument } from './openDocument.ts'
import { watchPage } from './pageWatch.ts'
import type { Renewal } from './renewal.ts'
import { type SavedState, SavedWatch } from './saved.ts'
import type { CommandBody, EditingTarget, Session, SessionDocuments, SessionOptions, SessionState } from './session.ts'
import { TimeKeeper } from './timeKeeper.ts'

/** How long saving may take before the connection is put to the test, ms. */
const DOUBT_AFTER = 5_000

/** Opens a session: connects its documents and keeps them connected until it is closed or refused. */
export function openSession(options: SessionOptions): Session {
  return new LiveSession(options)
}

class LiveSession implements Session {
  readonly workshop: WorkshopId
  readonly me: SessionOptions['person']
  readonly screen: boolean
  readonly state = createStore<SessionState>(() => ({ is: 'joining' }))
  readonly unsaved = createStore<ReadonlySet<string>>(() => new Set())
  readonly generation = createStore(() => 0)
  docs: SessionDocuments
  readonly #options: SessionOptions
  #opened: ReadonlyMap<DocumentName, OpenDocument>
  readonly #copies: DeviceCopies
  readonly #ledgers: Ledgers
  readonly #watch: SavedWatch
  readonly #commands: CommandLine
  readonly #time: TimeKeeper
  readonly #socket = WebSocket
  readonly #listeners = new AbortController()
  /** Under which this tab writes in all its documents: ids are scarce. */
  #client = newClient()
  /** Whether any socket was ever open. */
  #open = false
  /** Whether a connection is missing that was there, or that could not be made. */
  #lost = false
  /** Why the server sent this person away for a while. */
  #sentAway: string | undefined
  #doubting: ReturnType<typeof setTimeout> | undefined
  #renewal: Promise<Renewal> | undefined

  constructor(options: SessionOptions) {
    const { workshop, person, screen = false, keep = true, epoch = '' } = options
    this.#options = options
    this.workshop = workshop
    this.me = screen ? { ...person, role: 'observer' } : person
    this.screen = screen
    const owner = keep && this.me.role !== 'observer' ? { workshop, person: person.id } : null
    this.#copies = new DeviceCopies(owner, epoch)
    const names = DOCUMENT_NAMES.filter((name) => DOCUMENT_ACCESS[name].reads.includes(this.me.role))
    this.#opened = new Map(names.map((name) => [name, this.#openDocument(name)]))
    this.docs = this.#documents()
    this.#ledgers = new Ledgers(() => this.#all.map(({ ledger }) => ledger))
    this.#watch = new SavedWatch(this.#ledgers)
    this.#commands = new CommandLine(this.#ledgers, (message) => this.#get('stage').connection.send(message))
    this.#time = new TimeKeeper(
      (now) => this.#get('stage').connection.askTime(now),
      () => this.#settle(),
    )
    this.editing(null)
    this.#listen()
    void this.#copies.load(this.#all).then(() => {
      if (!this.#isOver) for (const { connection } of this.#all) connection.start()
    })
  }

  get presence(): Awareness {
    return this.#get('board').connection.presence
  }

  get saved(): StoreApi<SavedState> {
    return this.#watch.state
  }

  get device(): StoreApi<DeviceState> {
    return this.#copies.state
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
    if (!this.#isOver) for (const { connection } of this.#all) connection.tryNow()
  }

  readonly close = () => {
    this.#listeners.abort()
    this.#disconnect()
    this.#watch.close()
    clearTimeout(this.#doubting)
  }

  get #all(): readonly OpenDocument[] {
    return [...this.#opened.values()]
  }

  get #isOver(): boolean {
    const { is } = this.state.getState()
    return is === 'refused' || is === 'removed' || this.#listeners.signal.aborted
  }

  #get(name: DocumentName): OpenDocument {
    const document = this.#opened.get(name)
    if (!document) throw new Error(`${name} is not open in this session.`)
    return document
  }

  #documents(): SessionDocuments {
    return {
      stage: this.#get('stage').doc,
      board: this.#get('board').doc,
      notebook: this.#opened.get('notebook')?.doc,
      desk: this.#opened.get('desk')?.doc,
    }
  }

  #disconnect(): void {
    this.#time.stop()
    for (const document of this.#all) document.close()
    void this.#renewal?.then((renewal) => renewal.close())
    this.#copies.close()
    this.#commands.close()
  }

  #openDocument(name: DocumentName): OpenDocument {
    const { workshop, person, serverUrl } = this.#options
    const document: OpenDocument = new OpenDocument({
      name,
      url: `${serverUrl ?? location.origin.replace(/^http/, 'ws')}/sync/${workshop}`,
      seat: this.screen ? SCREEN_SEAT : person.id,
      socket: this.#socket,
      client: this.#client,
      epoch: this.#copies.epoch,
      edits: this.me.role !== 'observer',
      writes: DOCUMENT_ACCESS[name].writes.includes(this.me.role),
      events: this.#eventsOf(name, () => document),
    })
    return document
  }

  #eventsOf(name: DocumentName, document: () => OpenDocument): DocumentEvents {
    const isStage = name === 'stage'
    return {
      onOpen: () => {
        if (isStage) this.#time.connected()
        this.#open = true
        this.#settle()
      },
      onSynced: () => {
        if (this.#isComplete) this.#lost = false
        if (!this.#lost) this.#sentAway = undefined
        this.#settle()
      },
      onLost: (reason) => {
        this.#lost = true
        this.#sentAway = reason ?? this.#sentAway
        if (isStage) this.#time.stop()
        this.#settle()
      },
      onEnded: (code, reason) => this.#ended(document(), code, reason),
      onEdited: () => this.#edited(),
      onCopyEnd: (why, copy) => this.#copies.ended(why, { copy, documents: this.#all }),
      onClock: (asked, now) => {
        if (isStage) this.#time.told(asked, now)
      },
      messages: {
        [MESSAGE.savedMark]: (decoder) => this.#marked(document(), decodeSavedMark(decoder)),
        [MESSAGE.refusal]: (decoder) => this.#refused(document(), decodeRefusal(decoder)),
        [MESSAGE.reply]: (decoder) => this.#commands.answered(decodeReply(decoder)),
      },
    }
  }

  get #isComplete(): boolean {
    return this.#all.every(({ synced }) => synced)
  }

  #edited(): void {
    this.#watch.edited()
    this.#settle()
  }

  #marked(document: OpenDocument, count: number): void {
    document.marked(count)
    this.#watch.marked()
    this.#commands.saved()
    this.#settle()
  }

  /** The server took an edit back, or all that a backup lacks. @param refusal null for the latter. */
  #refused(document: OpenDocument, refusal: Refusal | null): void {
    if (this.#isOver || document.isFrozen) return
    document.freeze()
    // Nobody wrote in it and nothing was put back: to start anew would go on so for ever.
    if (refusal && document.holds === 'nothing') {
      const end = () => this.#end({ is: 'refused', reason: refusal.message })
      void Promise.resolve(this.#renewal)
        .then((renewal) => renewal?.kept)
        .then(end, end)
      return
    }
    this.#renewal ??= import('./renewal.ts').then(
      ({ Renewal }) => new Renewal(this.#renewing(), this.#options.loadHandBack),
    )
    this.#renewal.then(
      (renewal) => renewal.add(document, refusal),
      () => this.#fail(),
    )
    this.#settle()
  }

  #ended(document: OpenDocument, code: number, reason: string): void {
    if (code === CLOSE.restored.code) this.#refused(document, null)
    else if (code === CLOSE.impossible.code && reason === CLOSE.impossible.reason)
      this.#refused(document, { code: 'foreign-client', path: '', message: reason })
    else if (!document.isFrozen || code !== CLOSE.impossible.code)
      this.#end({ is: code === CLOSE.removed.code ? 'removed' : 'refused', reason })
  }

  /** What was not taken cannot be handed back. Where it is kept, it is when the page is opened again. */
  #fail(): void {
    const isKept = this.#all.every(({ ledger, isKept }) => ledger.waiting === 0 || isKept)
    this.#end({ is: 'refused', reason: notHandedBack(isKept) })
  }

  /** What a renewal does to this session. */
  #renewing(): ConstructorParameters<typeof Renewal>[0] {
    return {
      workshop: this.workshop,
      person: this.me,
      copies: this.#copies,
      readEpoch: this.#options.readEpoch ?? (() => Promise.resolve('')),
      documents: () => this.#all,
      open: (names) => {
        this.#client = newClient()
        return names.map((name) => this.#openDocument(name))
      },
      swap: (documents) => {
        for (const document of documents) {
          const old = this.#get(document.name)
          old.ledger.abandon()
          old.close()
        }
        this.#opened = new Map([...this.#opened, ...documents.map((each) => [each.name, each] as const)])
        this.docs = this.#documents()
        this.generation.setState((count) => count + 1, true)
        this.editing(null)
        if (documents.some(({ name }) => name === 'stage')) this.#time.connected()
        if (this.#isComplete) this.#lost = false
        this.#watch.handedBack()
        this.#watch.marked()
        this.#commands.saved()
        this.#settle()
      },
      now: () => (this.#time.known ? this.now() : undefined),
      fail: () => this.#fail(),
    }
  }

  /** Whether nothing but a refused document is missing: what is commanded meanwhile waits for it. */
  get #isRenewing(): boolean {
    if (this.#lost || !this.#time.known || this.#get('stage').isFrozen) return false
    return this.#all.every(({ synced, isFrozen }) => synced || isFrozen)
  }

  /** Finds the state that the session is in, and tells whoever depends on it. */
  #settle(): void {
    if (this.#isOver) return
    const next = this.#findState()
    this.#watch.connected(!this.#lost)
    this.#commands.connected(next.is === 'live' || this.#isRenewing)
    const { things } = this.#ledgers
    if (!isSame(things, this.unsaved.getState())) this.unsaved.setState(things, true)
    void this.#renewal?.then((renewal) => renewal.look())
    this.#copies.look({ isLive: next.is === 'live', documents: this.#all })
    if (JSON.stringify(this.state.getState()) !== JSON.stringify(next)) this.state.setState(next, true)
  }

  #findState(): SessionState {
    if (this.#lost) {
      const reason = this.#sentAway
      return { is: 'offline', waiting: this.#ledgers.waiting, ...(reason !== undefined && { reason }) }
    }
    if (this.#isComplete && this.#time.known) return { is: 'live' }
    return { is: this.#open ? 'loading' : 'joining' }
  }

  #end(state: SessionState): void {
    if (this.#isOver) return
    this.state.setState(state, true)
    this.#watch.connected(false)
    // A provider that is told to stop while it hands a message over would go on with what it has destroyed.
    queueMicrotask(() => this.#disconnect())
  }

  #listen(): void {
    const { signal } = this.#listeners
    const check = () => {
      if (this.#isOver || document.hidden) return
      for (const { connection } of this.#all) connection.check()
    }
    const isSafe = () => {
      const { isFound } = this.#copies
      return this.#all.every(({ ledger, isSafe }) => ledger.waiting === 0 || (isSafe && isFound))
    }
    const flush = () => {
      for (const document of this.#all) document.flush()
    }
    watchPage(signal, { check, tryNow: this.tryNow, isSafe, flush })
    // Saving that takes this long may never end: perhaps nobody listens any more.
    this.saved.subscribe(({ is }) => {
      clearTimeout(this.#doubting)
      if (is === 'saving') this.#doubting = setTimeout(check, DOUBT_AFTER)
    })
  }
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each))
}
