import type { Command } from '@quintet/shared/commands'
import { type CommandId, ID_BYTES, type PersonId, spell, type WorkshopId } from '@quintet/shared/ids'
import { CLOSE, decodeRefusal, decodeReply, decodeSavedMark, MESSAGE, SCREEN_SEAT } from '@quintet/shared/protocol'
import type { Role } from '@quintet/shared/stage'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ServerClock } from './clock.ts'
import { type CommandAnswer, CommandLine } from './commandLine.ts'
import { DocumentConnection } from './documentConnection.ts'
import { Ledger } from './ledger.ts'
import { type SavedState, SavedWatch } from './saved.ts'

export type { SavedState }

/** Where a session stands; each state has only its own fields. */
export type SessionState =
  | { readonly is: 'joining' }
  | { readonly is: 'loading' }
  | { readonly is: 'live' }
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
  command(body: CommandBody): Promise<CommandAnswer>
  /** Says which field one has open; null for none. */
  editing(target: EditingTarget | null): void
  /** Tries to connect now, instead of after the next wait. */
  tryNow(): void
  close(): void
}

/** How often the server's time is asked for, ms; the first few times more quickly, to get a good sample early. */
const CLOCK_EVERY = 60_000
const CLOCK_FIRST = [0, 200, 600, 1_500, 4_000]

/** Opens a session: connects its documents and keeps them connected until it is closed or refused. */
export function openSession(options: SessionOptions): Session {
  const { workshop, person, screen = false } = options
  const me = screen ? { ...person, role: 'observer' as const } : person
  const url = `${options.serverUrl ?? location.origin.replace(/^http/, 'ws')}/sync/${workshop}`
  const seat = screen ? SCREEN_SEAT : person.id
  const state = createStore<SessionState>(() => ({ is: 'loading' }))
  const docs = { stage: new Y.Doc(), board: new Y.Doc() }
  const live = { stage: false, board: false }
  const clock = new ServerClock(steadyNow)
  const ledger = new Ledger()
  const watch = new SavedWatch(ledger)

  const ended = () => {
    const { is } = state.getState()
    return is === 'refused' || is === 'removed'
  }

  const settle = () => {
    const isLive = live.stage && live.board
    watch.connected(isLive)
    commands.connected(isLive)
    if (ended()) return
    const wasLive = state.getState().is !== 'loading'
    if (isLive) state.setState({ is: 'live' }, true)
    else if (wasLive) state.setState({ is: 'offline', waiting: ledger.waiting }, true)
  }

  const events = (document: 'stage' | 'board') => ({
    onLive: (isLive: boolean) => {
      live[document] = isLive
      settle()
      if (isLive && document === 'stage') askTimes()
    },
    onRefused: (code: number, reason: string) => {
      live[document] = false
      state.setState({ is: code === CLOSE.removed.code ? 'removed' : 'refused', reason }, true)
      close()
    },
    onClock: (asked: number, now: number) => clock.answered(asked, now),
  })

  // Before the provider's own listener: an edit is counted before the message that carries it.
  docs.board.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === board.provider) return
    ledger.edited()
    changed()
  })
  const changed = () => {
    watch.changed()
    commands.saved()
    const now = state.getState()
    if (now.is === 'offline' && now.waiting !== ledger.waiting)
      state.setState({ is: 'offline', waiting: ledger.waiting }, true)
  }

  const board = new DocumentConnection(url, 'board', seat, docs.board, {
    ...events('board'),
    onSent: () => ledger.sent(),
    onSocket: () => ledger.reconnected(),
    messages: {
      [MESSAGE.savedMark]: (decoder) => {
        ledger.marked(decodeSavedMark(decoder))
        changed()
      },
      [MESSAGE.refusal]: (decoder) => {
        state.setState({ is: 'refused', reason: decodeRefusal(decoder).message }, true)
        close()
      },
    },
  })
  const stage = new DocumentConnection(url, 'stage', seat, docs.stage, {
    ...events('stage'),
    messages: { [MESSAGE.reply]: (decoder) => commands.answered(decodeReply(decoder)) },
  })
  const commands = new CommandLine(ledger, (message) => stage.send(message))

  let timers: ReturnType<typeof setTimeout>[] = []
  const askTime = () => stage.askTime(steadyNow())
  const askTimes = () => {
    for (const timer of timers) clearTimeout(timer)
    timers = [...CLOCK_FIRST.map((wait) => setTimeout(askTime, wait)), setInterval(askTime, CLOCK_EVERY)]
  }

  board.provider.awareness.setLocalState({ editing: null })

  const warn = (event: BeforeUnloadEvent) => {
    if (ledger.waiting > 0) event.preventDefault()
  }
  addEventListener('beforeunload', warn)

  let closed = false
  const close = () => {
    if (closed) return
    closed = true
    removeEventListener('beforeunload', warn)
    for (const timer of timers) clearTimeout(timer)
    commands.close()
    watch.close()
    board.close()
    stage.close()
  }

  return {
    workshop,
    me,
    screen,
    docs,
    presence: board.provider.awareness,
    state,
    saved: watch.state,
    now: () => clock.now(),
    command: (body) => commands.send({ ...body, id: newCommandId() } as Command),
    editing: (target) => board.provider.awareness.setLocalState({ editing: target }),
    tryNow: () => {
      board.tryNow()
      stage.tryNow()
    },
    close,
  }
}

/** This machine's clock, which may be wrong but never jumps while the page is open. */
function steadyNow(): number {
  return performance.timeOrigin + performance.now()
}

function newCommandId(): CommandId {
  return spell(crypto.getRandomValues(new Uint8Array(ID_BYTES))) as CommandId
}
