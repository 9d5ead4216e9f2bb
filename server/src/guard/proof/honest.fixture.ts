import type { Inverse, TextTarget } from '@quintet/shared/edits'
import { targetText } from '@quintet/shared/edits'
import type { RuleAct } from '@quintet/shared/paths'
import { type Actor, may, type Subject } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import type { Chance } from '../../testing/seeded.ts'
import { wishFor } from './beginnings.fixture.ts'
import { loaded, reloaded } from './replicas.fixture.ts'
import type { Guarded, Sent } from './scene.fixture.ts'
import { scribble } from './wishes.fixture.ts'

/** What waits to be sent. */
export interface Outgoing {
  readonly kind: Sent['kind']
  readonly update: Uint8Array
}

/** A field that somebody has open, with undo inside of it. */
interface Field {
  readonly target: TextTarget
  readonly act: RuleAct
  readonly subject: Subject
  readonly undo: Y.UndoManager
}

/** What can be taken back, and what that asks of the rules. */
interface Done {
  readonly inverse: Inverse
  readonly act: RuleAct
  readonly subject: Subject
}

/**
 * One device of somebody's: a document of its own, what is on its way in and out, and a stage that it may know a little
 * late. It does what our client does: it asks the rules before each edit, and edits only by names and in fields.
 */
export class Device {
  readonly actor: Actor
  readonly incoming: Uint8Array[] = []
  readonly outgoing: Outgoing[] = []
  doc: Y.Doc
  stage: StageView
  isOnline = true
  readonly #document: Guarded
  readonly #chance: Chance
  readonly #newId: () => string
  readonly #done: Done[] = []
  #field: Field | null = null

  constructor(
    actor: Actor,
    {
      document,
      server,
      client,
      stage,
      chance,
      newId,
    }: {
      document: Guarded
      server: Y.Doc
      client: number
      stage: StageView
      chance: Chance
      newId: () => string
    },
  ) {
    this.actor = actor
    this.stage = stage
    this.#document = document
    this.#chance = chance
    this.#newId = newId
    this.doc = reloaded(server)
    this.#begin(client)
  }

  /** Something that this person might do now, if the rules say so. */
  edit(): void {
    const chance = this.#chance
    const what = chance.below(10)
    if (what < 3) this.#type()
    else if (what === 3) this.#takeBack()
    else this.#wish()
  }

  /** Applies some of what came. */
  receive(): void {
    const some = this.incoming.splice(0, 1 + this.#chance.below(8))
    if (some.length > 1 && this.#chance.below(4) === 0) some.splice(0, some.length, Y.mergeUpdates(some))
    for (const update of some) Y.applyUpdate(this.doc, update, 'relayed')
  }

  /** The connection is lost: what was on its way is, too. */
  goOffline(): void {
    this.isOnline = false
    this.incoming.length = 0
    this.outgoing.length = 0
  }

  /** Comes back: asks for what it lacks, and answers with what the server lacks, or with all that it has. */
  goOnline(server: Y.Doc): void {
    this.isOnline = true
    this.incoming.push(Y.encodeStateAsUpdate(server, Y.encodeStateVector(this.doc)))
    const update =
      this.#chance.below(3) === 0
        ? Y.encodeStateAsUpdate(this.doc)
        : Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(server))
    this.outgoing.push({ kind: 'resync', update })
  }

  /** The tab is closed and opened again: its copy is there, under a client id of its own; undo is not. */
  restart(client: number): void {
    this.goOffline()
    this.#done.length = 0
    this.#close()
    this.doc = loaded(this.doc, Y.encodeStateAsUpdate(this.doc))
    this.#begin(client)
  }

  #begin(client: number): void {
    this.doc.clientID = client
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'relayed' && this.isOnline) this.outgoing.push({ kind: 'live', update })
    })
  }

  #may(act: RuleAct, subject: Subject): boolean {
    return act === 'own' || may(act, this.actor, this.stage, subject).allowed
  }

  #wish(): void {
    const wisher = { person: this.actor.person, newId: this.#newId }
    const wish = wishFor(this.#document, this.#chance, this.doc, wisher)
    if (!wish || !this.#may(wish.act, wish.subject)) return
    const { act, subject, target } = wish
    const inverse = wish.edit(this.doc)
    // What takes an added note back removes it.
    if (inverse) this.#done.push({ inverse, act: act === 'add' ? 'remove' : act, subject })
    if (target && this.#chance.below(3) === 0) this.#open({ target, act, subject })
  }

  #takeBack(): void {
    const done = this.#done.pop()
    if (!done || !this.#may(done.act, done.subject)) return
    const inverse = done.inverse.apply(this.doc)
    if (inverse) this.#done.push({ ...done, inverse })
  }

  #open(field: Omit<Field, 'undo'>): void {
    this.#close()
    const text = targetText(this.doc, field.target)
    if (!text) return
    const captureTimeout = this.#chance.below(2) * 500
    this.#field = { ...field, undo: new Y.UndoManager(text, { trackedOrigins: new Set([this]), captureTimeout }) }
  }

  #close(): void {
    this.#field?.undo.destroy()
    this.#field = null
  }

  /** Writes in the open field, or takes back and does again inside of it. */
  #type(): void {
    const field = this.#field
    if (!field) return
    const text = targetText(this.doc, field.target)
    if (!text || !field.undo.scope.includes(text)) {
      this.#close()
      return
    }
    if (!this.#may(field.act, field.subject)) return
    const what = this.#chance.below(7)
    if (what < 4) scribble(this.#chance, text, this)
    else if (what < 6) field.undo.undo()
    else field.undo.redo()
  }
}
