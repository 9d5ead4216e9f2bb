import { LIMITS } from '@quintet/shared/limits'
import { rulesOf } from '@quintet/shared/paths'
import { DOCUMENT_ACCESS, type DocumentName, type Refusal } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import type { Clients } from './clients.ts'
import { judgeDeletions, markOwn, matters } from './deletions.ts'
import { encode } from './encode.ts'
import { type Beside, Judge } from './judge.ts'
import { Places } from './places.ts'
import { isImpossible, Refused, refusalOf } from './refusals.ts'
import { Resolver } from './resolve.ts'
import type { Deletion, Section } from './structs.ts'
import { treeOf } from './tree.ts'
import { Update } from './update.ts'
import { Work } from './work.ts'

/** What somebody sent. */
export interface Arrival {
  readonly actor: Actor
  /** `resync` answers the server's own question after a connection was lost; `live` is an edit as it happens. */
  readonly kind: 'live' | 'resync'
  /** A Yjs update (V1). */
  readonly update: Uint8Array
  /** When it came, ms since the epoch, from which grace is counted [P11]: it may have had to wait. Now unless given. */
  readonly at?: number | undefined
}

/** What becomes of an update: it says nothing new, it is applied in this form, or it is refused whole. */
export type Judgement =
  | { readonly is: 'empty' }
  | {
      readonly is: 'accepted'
      /** The guard's own encoding of what is new in it; it is for the same turn of the event loop. */
      readonly update: Uint8Array
      /** Client ids that it writes under and that are not saved as this person's yet. */
      readonly clients: readonly number[]
    }
  | {
      readonly is: 'refused'
      readonly refusal: Refusal
      /** No client of ours can have sent it. */
      readonly impossible: boolean
      /** What was thrown, where judging itself failed. */
      readonly fault?: unknown
    }

/** What a guard stands before. */
export interface GuardSetting {
  readonly document: DocumentName
  readonly doc: Y.Doc
  readonly clients: Clients
  readonly stage: () => StageView
  /** Ms since the epoch. */
  readonly now: () => number
  /** What the server keeps elsewhere of the words of an entry; nothing of any unless given. */
  readonly beside?: Beside | undefined
}

/**
 * Stands before a document and judges what people write into it. What is accepted is applied in the same turn of the
 * event loop, so that nothing changes between the two. It fails closed, and never throws.
 */
export class Guard {
  readonly #setting: GuardSetting
  readonly #places: Places

  constructor(setting: GuardSetting) {
    this.#setting = setting
    const rules = rulesOf(setting.document)
    // Only now is a root that was loaded the map that it stays.
    for (const { path } of rules) setting.doc.getMap(path[0])
    this.#places = new Places(setting.doc, treeOf(rules))
  }

  /** Judges an update, all in this turn. */
  judge(arrival: Arrival): Judgement {
    try {
      refuseLarge(arrival)
      const update = new Update(this.#setting.doc, arrival.update)
      update.read(Number.POSITIVE_INFINITY)
      return this.#judge(arrival, update)
    } catch (error) {
      return refused(error)
    }
  }

  /** Judges a large update: whatever only becomes less with time is done in parts. */
  examine(arrival: Arrival): Examination {
    return new Parts(arrival, this.#setting.doc, (update) => this.#judge(arrival, update))
  }

  /** @throws {Refused} */
  #judge({ actor, at }: Arrival, update: Update): Judgement {
    const { beside, clients, doc, document, now, stage } = this.#setting
    const sections = update.sections()
    const { deletions } = update
    if (!DOCUMENT_ACCESS[document].writes.includes(actor.role)) {
      if (sections.length > 0 || anyMatters(doc, deletions)) throw new Refused('forbidden')
      return { is: 'empty' }
    }
    for (const { client } of sections) if (clients.owner(client) !== actor.person) throw new Refused('foreign-client')
    for (const section of sections) refuseGap(doc, section)
    const work = new Work()
    const judge = new Judge(this.#places, { document, actor, stage: stage(), now: at ?? now(), beside }, work)
    markOwn(doc, sections, deletions)
    new Resolver(doc, this.#places, sections, work).resolve((struct) => judge.take(struct))
    const left = judgeDeletions(doc, deletions, judge, work)
    judge.decide()
    if (sections.length === 0 && left.length === 0) return { is: 'empty' }
    const written = sections.map(({ client }) => client).filter((client) => !clients.isSaved(client))
    return { is: 'accepted', update: encode(sections, left), clients: written }
  }
}

/** A large update that is judged in parts, between which others have their turn. */
export interface Examination {
  /** Does one bounded piece (about 5 ms). @returns true when only judging is left. */
  step(): boolean
  /** Judges what is left, against the document as it is now, in this turn. */
  judge(): Judgement
}

/** Structs and ranges that are read, or looked up, in one piece. */
const PIECE = 2_000

class Parts implements Examination {
  readonly #arrival: Arrival
  readonly #update: Update
  readonly #decide: (update: Update) => Judgement
  #isRead = false
  #isDone = false
  #refused: Judgement | undefined

  constructor(arrival: Arrival, doc: Y.Doc, decide: (update: Update) => Judgement) {
    this.#arrival = arrival
    this.#update = new Update(doc, arrival.update)
    this.#decide = decide
  }

  step(): boolean {
    if (this.#isDone) return true
    try {
      refuseLarge(this.#arrival)
      if (this.#isRead) this.#isDone = this.#update.drop(PIECE)
      else this.#isRead = this.#update.read(PIECE)
    } catch (error) {
      this.#refused = refused(error)
      this.#isDone = true
    }
    return this.#isDone
  }

  judge(): Judgement {
    while (!this.#isDone) this.step()
    if (this.#refused) return this.#refused
    try {
      return this.#decide(this.#update)
    } catch (error) {
      return refused(error)
    }
  }
}

function anyMatters(doc: Y.Doc, deletions: readonly Deletion[]): boolean {
  return deletions.some(({ client, ranges }) => ranges.some((range) => matters(doc, client, range)))
}

/** @throws {Refused} where something that its client wrote before is missing. */
function refuseGap(doc: Y.Doc, { client, structs: [first] }: Section): void {
  if (first && first.id.clock > Y.getState(doc.store, client)) throw new Refused('gap')
}

/** @throws {Refused} */
function refuseLarge({ kind, update }: Arrival): void {
  if (update.length > (kind === 'live' ? LIMITS.updateBytes : LIMITS.resyncBytes)) throw new Refused('too-big')
}

function refused(error: unknown): Judgement {
  if (!(error instanceof Refused))
    return {
      is: 'refused',
      refusal: refusalOf({ code: 'fault', path: '', reason: undefined }),
      impossible: false,
      fault: error,
    }
  return { is: 'refused', refusal: refusalOf(error), impossible: isImpossible(error.code) }
}
