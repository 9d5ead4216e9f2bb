import type { PersonId } from '@quintet/shared/ids'
import type { DocumentName, RefusalCode } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import * as Y from 'yjs'
import { type Facts, NOW } from './policy.fixture.ts'
import { brokenLinks, inOrder, readJson, reloaded, unitsOf } from './replicas.fixture.ts'
import { KINDS } from './shapes.fixture.ts'
import { type Finding, Witness } from './witness.fixture.ts'

export type Guarded = Exclude<DocumentName, 'stage'>

/** What becomes of an update, as a guard says or as plain Yjs has it, which takes everything. */
export type Judged =
  | { readonly is: 'empty' }
  | { readonly is: 'accepted'; readonly update: Uint8Array }
  | { readonly is: 'refused'; readonly code: RefusalCode; readonly path: string; readonly fault?: unknown }

export interface Sent {
  readonly actor: Actor
  readonly kind: 'live' | 'resync'
  readonly update: Uint8Array
}

/** Who judges in a scene. It is made for the scene's document and learns which client ids are whose. */
export interface Judging {
  judge(sent: Sent): Judged
  bind(client: number, person: PersonId): void
}

export type JudgingOf = (scene: { document: Guarded; doc: Y.Doc; facts: () => Facts; now: () => number }) => Judging

/** Plain Yjs: whatever comes is applied. */
export const plainYjs: JudgingOf = () => ({
  judge: ({ update }) => ({ is: 'accepted', update }),
  bind: () => undefined,
})

export const SERVER = 1

export const MAREN: Actor = { person: 'maren' as PersonId, role: 'facilitator' }
export const TOMASZ: Actor = { person: 'tomasz' as PersonId, role: 'member' }
export const INES: Actor = { person: 'ines' as PersonId, role: 'member' }
export const OLA: Actor = { person: 'ola' as PersonId, role: 'observer' }

/** What an update came to. */
export interface Outcome {
  readonly judged: Judged
  readonly findings: readonly Finding[]
}

/**
 * A document on the server with somebody who reads along at once, somebody who reads later, and a witness. What is sent to
 * it is judged and applied as in a room.
 */
export class Scene {
  readonly document: Guarded
  readonly doc: Y.Doc
  facts: Facts
  now = NOW
  readonly #peer: Y.Doc
  readonly #laggard: Y.Doc
  readonly #missed: Uint8Array[] = []
  readonly #witness: Witness
  readonly #judging: Judging
  readonly #owners = new Map<number, PersonId>()
  #nextClient = 10_000

  constructor(document: Guarded, state: Uint8Array, facts: Facts, judgingOf: JudgingOf) {
    this.document = document
    this.facts = facts
    this.doc = documentWith(document, state, SERVER)
    this.#peer = documentWith(document, state)
    this.#laggard = documentWith(document, state)
    this.#witness = new Witness(this.doc, document, (client) => this.#owners.get(client))
    this.#judging = judgingOf({ document, doc: this.doc, facts: () => this.facts, now: () => this.now })
    this.doc.on('update', (update: Uint8Array) => {
      this.#missed.push(update)
      try {
        Y.applyUpdate(this.#peer, update, 'remote')
      } catch {
        // What the server took and others cannot is found when they are compared.
      }
    })
  }

  /** Binds a client id to a person. @param client one that they have used before; else a fresh one. */
  clientOf({ person }: Actor, client = this.#nextClient++): number {
    this.#owners.set(client, person)
    this.#judging.bind(client, person)
    return client
  }

  /** The server's own hand: nobody is to answer for what it does. */
  byServer(edit: (doc: Y.Doc) => void): void {
    edit(this.doc)
    this.#witness.forgive()
  }

  /** Judges an update, applies what is accepted, and looks at what it did. */
  send(actor: Actor, update: Uint8Array, kind: Sent['kind'] = 'live'): Outcome {
    const judged = this.#judging.judge({ actor, kind, update })
    const findings: Finding[] = []
    if (this.#witness.isTouched) findings.push({ breach: 'touched the document while judging', path: '' })
    if (judged.is === 'refused' && judged.code === 'fault')
      findings.push({ breach: 'threw', path: String(judged.fault) })
    if (judged.is !== 'accepted') return { judged, findings }
    try {
      Y.applyUpdate(this.doc, judged.update, 'relayed')
    } catch (error) {
      findings.push(
        { breach: this.#witness.isTouched ? 'half applied' : 'threw', path: String(error) },
        ...this.lookAtAll(),
      )
    }
    findings.push(...this.#witness.look(actor, this.facts, this.now))
    return { judged, findings }
  }

  /** What is wrong with the document as a whole: how it hangs together, how it loads, and what others have of it. */
  lookAtAll(): readonly Finding[] {
    const findings: Finding[] = brokenLinks(this.doc).map((path) => ({ breach: 'broke a link', path }))
    // Neither others nor who loads it could take what is broken.
    if (findings.length > 0) return findings
    const [units, json] = [unitsOf(this.doc), this.#jsonOf(this.doc)]
    const same = (load: () => Y.Doc): boolean => {
      try {
        const other = load()
        return unitsOf(other) === units && this.#jsonOf(other) === json
      } catch {
        return false
      }
    }
    if (!same(() => reloaded(this.doc))) findings.push({ breach: 'reload differs', path: '' })
    if (!same(() => this.#peer)) findings.push({ breach: 'peer differs', path: 'at once' })
    if (!same(() => this.#laggardNow())) findings.push({ breach: 'peer differs', path: 'later' })
    return findings
  }

  /** Who reads later, once they have read all. */
  #laggardNow(): Y.Doc {
    if (this.#missed.length > 0) Y.applyUpdate(this.#laggard, Y.mergeUpdates(this.#missed.splice(0)), 'remote')
    return this.#laggard
  }

  #jsonOf(doc: Y.Doc): string {
    return inOrder(readJson(doc, Object.keys(KINDS[this.document])))
  }
}

function documentWith(document: Guarded, state: Uint8Array, client?: number): Y.Doc {
  // Its name saves drawing one at random.
  const doc = new Y.Doc({ guid: document })
  for (const root of Object.keys(KINDS[document])) doc.getMap(root)
  Y.applyUpdate(doc, state, 'base')
  // Only now: a document that loads what was written under its client id takes another one.
  if (client !== undefined) doc.clientID = client
  return doc
}
