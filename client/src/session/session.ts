import type { Command } from '@quintet/shared/commands'
import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { Role } from '@quintet/shared/stage'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { StoreApi } from 'zustand/vanilla'
import type { CommandResult } from './commandLine.ts'
import type { DeviceState } from './deviceCopies.ts'
import type { HandBack } from './handBack.ts'
import type { SavedState } from './saved.ts'

/** Where a session stands; each state has only its own fields. */
export type SessionState =
  /** The first connection is being made. */
  | { readonly is: 'joining' }
  /** Connected, with documents still to come. */
  | { readonly is: 'loading' }
  /** Connected, with all documents complete and the server's time known. */
  | { readonly is: 'live' }
  /**
   * @field waiting how many notes, drafts and ballots have edits that go out on return.
   * @field reason a sentence of the server, where it sent this person away for a while.
   */
  | { readonly is: 'offline'; readonly waiting: number; readonly reason?: string }
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
  /** The server's epoch as it was told last; empty where it is not known. */
  readonly epoch?: string
  /** Asks for the server's epoch. @throws when it cannot be had. */
  readonly readEpoch?: () => Promise<string>
  /** Brings what takes back words that were refused; unless given, the tray. */
  readonly loadHandBack?: () => Promise<HandBack>
  /** Whether what one sees and writes is kept on this device; never that of the big screen and of observers. */
  readonly keep?: boolean
}

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
  /** The server's clock, whole ms since the epoch. */
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
  /** Ends the session for good. What is unsaved stays in this device's copies, and is lost where there are none. */
  close(): void
}
