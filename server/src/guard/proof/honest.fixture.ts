import type { Inverse, TextTarget } from '@quintet/shared/edits'
import { targetText } from '@quintet/shared/edits'
import type { RuleAct } from '@quintet/shared/paths'
import type { Actor, Subject } from '@quintet/shared/rules'
import * as Y from 'yjs'
import type { Chance } from '../../testing/seeded.ts'
import { wishFor } from './beginnings.fixture.ts'
import { type Deed, type Facts, isAllowed } from './policy.fixture.ts'
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

/** What the acts of wishes are in the words of the policy. What asks for a command is no edit. */
const DEEDS: Readonly<Record<RuleAct, Deed>> = {
  add: 'add',
  write: 'write',
  remove: 'remove',
  place: 'place',
  hang: 'hang',
  plan: 'plan',
  own: 'own',
  share: 'never',
  withdraw: 'never',
  mark: 'never',
}

/**
 * One device of somebody's: a document of its own, what is on its way in and out, and facts that it may know a little
 * late. It does what our client does: it edits only by names and in fields, and only what is allowed. What is, it asks the
 * policy and not the rules: the guard would refuse with these what they forbid by mistake, and nobody would see it.
 */
export class Device {
  readonly actor: Actor
  readonly incoming: Uint8Array[] = []
  readonly outgoing: Outgoing[] = []
  doc: Y.Doc
  facts: Facts
  isOnline = true
  /** Whether the stage changed while it was away, so that what it brings may be due to be refused. */
  isLate = false
  readonly #document: Guarded
  readonly #chance: Chance
  readonly #newId: () => string
  readonly #tell: (what: string) => void
  readonly #done: Done[] = []
  #field: Field | null = null

  constructor(
    actor: Actor,
    {
      document,
      server,
      client,
      facts,
      chance,
      newId,
      tell,
    }: {
      document: Guarded
      server: Y.Doc
      client: number
      facts: Facts
      chance: Chance
      newId: () => string
      tell: (what: string) => void
    },
  ) {
    this.actor = actor
    this.facts = facts
    this.#document = document
    this.#chance = chance
    this.#newId = newId
    this.#tell = tell
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

  /** What it brought was refused: it begins afresh, with what the server has and under a client id of its own. */
  renew(server: Y.Doc, client: number): void {
    this.incoming.length = 0
    this.outgoing.length = 0
    this.#done.length = 0
    this.#close()
    this.doc = reloaded(server)
    this.#begin(client)
  }

  #begin(client: number): void {
    this.doc.clientID = client
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'relayed') return
      if (this.isOnline) this.outgoing.push({ kind: 'live', update })
      else this.#tell('edit offline')
    })
  }

  #may(act: RuleAct, subject: Subject): boolean {
    // No grace: what was allowed a moment ago is not offered any more.
    return isAllowed(DEEDS[act], this.actor, subject, this.facts, Number.POSITIVE_INFINITY)
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
    this.#tell('taken back')
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
    else if (what < 6) this.#tell(field.undo.undo() ? 'undo' : 'nothing to undo')
    else this.#tell(field.undo.redo() ? 'redo' : 'nothing to redo')
  }
}
