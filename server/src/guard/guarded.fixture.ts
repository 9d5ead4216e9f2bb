import type { PersonId } from '@quintet/shared/ids'
import type { DocumentName } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import { INES, MAREN, pointOf, stageOf, TOMASZ } from '@quintet/shared/workshop.fixture'
import * as Y from 'yjs'
import { Clients } from './clients.ts'
import { Guard, type Judgement } from './guard.ts'

export const maren: Actor = { person: MAREN.id, role: 'facilitator' }
export const tomasz: Actor = { person: TOMASZ.id, role: 'member' }
export const ines: Actor = { person: INES.id, role: 'member' }
export const observer: Actor = { person: 'screen' as PersonId, role: 'observer' }

/** Actions in Open, where everything may be done. */
export const OPEN = stageOf({ at: pointOf('actions', 'open') })

/** One document of a server, with a guard before it. */
export class Guarded {
  readonly doc = new Y.Doc()
  readonly clients = new Clients([])
  readonly guard: Guard
  stage: StageView = OPEN
  now = 1_800_000_000_000
  /** Letters of the texts of an entry that are kept elsewhere. */
  readonly beside = new Map<string, Readonly<Record<string, number>>>()

  constructor(document: DocumentName = 'board') {
    this.clients.reserve(this.doc.clientID)
    const { beside, clients, doc } = this
    this.guard = new Guard({
      document,
      doc,
      clients,
      stage: () => this.stage,
      now: () => this.now,
      beside: (entry) => beside.get(entry),
    })
  }

  /** A tab of somebody, with a document of its own that has what the server has. */
  tab(actor: Actor): Tab {
    return new Tab(this, actor)
  }

  /** Judges an update and applies what is accepted, as a room does. */
  take(actor: Actor, update: Uint8Array, kind: 'live' | 'resync' = 'live'): Judgement {
    const judgement = this.guard.judge({ actor, kind, update })
    if (judgement.is === 'accepted') Y.applyUpdate(this.doc, judgement.update)
    const { pendingDs, pendingStructs } = this.doc.store
    if (pendingDs !== null || pendingStructs !== null) throw new Error('Something is pending.')
    return judgement
  }
}

export class Tab {
  readonly actor: Actor
  readonly doc = new Y.Doc()
  readonly #guarded: Guarded

  constructor(guarded: Guarded, actor: Actor) {
    this.#guarded = guarded
    this.actor = actor
    guarded.clients.bind(this.doc.clientID, actor.person, guarded.now, false)
    this.hear()
  }

  /** Gets what the server has. */
  hear(): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.#guarded.doc, Y.encodeStateVector(this.doc)), 'heard')
  }

  /** Does something, and gives the updates that it makes; nobody gets them. */
  write(edit: (doc: Y.Doc) => unknown): readonly Uint8Array[] {
    const updates: Uint8Array[] = []
    const note = (update: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') updates.push(update)
    }
    this.doc.on('update', note)
    edit(this.doc)
    this.doc.off('update', note)
    return updates
  }

  /** Does something, and sends it as it happens. @returns what became of each update. */
  send(edit: (doc: Y.Doc) => unknown): readonly Judgement[] {
    return this.write(edit).map((update) => this.#guarded.take(this.actor, update))
  }

  /** Does something in one update, and sends it. @returns what became of it: its code where it was refused. */
  try(edit: (doc: Y.Doc) => unknown): string {
    const [update, ...more] = this.write((doc) => doc.transact(() => edit(doc)))
    if (update === undefined || more.length > 0) throw new Error('This was not one update.')
    return outcomeOf(this.#guarded.take(this.actor, update))
  }

  /** Sends all that it has and the server lacks. */
  resynchronise(): Judgement {
    const known = Y.encodeStateVector(this.#guarded.doc)
    return this.#guarded.take(this.actor, Y.encodeStateAsUpdate(this.doc, known), 'resync')
  }
}

/** `accepted`, `empty`, or the code of a refusal with its path; a fault is thrown on. */
export function outcomeOf(judgement: Judgement): string {
  if (judgement.is !== 'refused') return judgement.is
  if (judgement.fault !== undefined) throw judgement.fault
  return `${judgement.refusal.code} ${judgement.refusal.path}`.trim()
}
