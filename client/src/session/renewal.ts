import type { PersonId, WorkshopId } from '@quintet/shared/ids'
import type { DocumentName, Refusal } from '@quintet/shared/protocol'
import type { Role } from '@quintet/shared/stage'
import * as Y from 'yjs'
import type { DeviceCopies } from './deviceCopies.ts'
import { type HandBack, loadHandBack, type WrittenDocument } from './handBack.ts'
import type { OpenDocument } from './openDocument.ts'

/** What a renewal needs of its session. */
export interface RenewedSession {
  readonly workshop: WorkshopId
  readonly person: { readonly id: PersonId; readonly role: Role }
  readonly copies: DeviceCopies
  /** Asks for the server's epoch. @throws when it cannot be had. */
  readonly readEpoch: () => Promise<string>
  /** The documents that the session has now. */
  readonly documents: () => readonly OpenDocument[]
  /** Opens documents under a fresh Yjs client id, without connecting them. */
  readonly open: (names: readonly DocumentName[]) => readonly OpenDocument[]
  /** The server's time, ms since the epoch; undefined until it is known. */
  readonly now: () => number | undefined
  /** Goes on with these in place of those of the same name. */
  readonly swap: (documents: readonly OpenDocument[]) => void
  /** Ends the session: what is being left cannot be handed back. */
  readonly fail: () => void
}

/** A document that is being left, and why; null when the server was restored from a backup. */
interface Leaving {
  readonly old: OpenDocument
  readonly refusal: Refusal | null
}

/** How often the epoch is asked for while the server cannot be reached, ms. */
const ASK_AGAIN = 2_000

const WRITTEN: readonly DocumentName[] = ['board', 'notebook', 'desk'] satisfies WrittenDocument[]
const isWritten = (name: DocumentName): name is WrittenDocument => WRITTEN.includes(name)

/**
 * Starts documents anew after a refusal: opens fresh ones under a fresh Yjs client id, waits until these hold what the
 * server has, hands back what the old ones have beyond that, and lets the session go on with the fresh ones. The old copy
 * stays on the device until what was handed back is durable there: who closes the tab before gets it back the next time.
 */
export class Renewal {
  readonly #of: RenewedSession
  readonly #load: () => Promise<HandBack>
  readonly #leaving = new Map<DocumentName, Leaving>()
  readonly #fresh = new Map<DocumentName, OpenDocument>()
  #handBack: HandBack | undefined
  #kept: Promise<unknown> = Promise.resolve()
  #isNewEpoch = false
  #isFinishing = false
  #isClosed = false

  /** @param load brings what takes words back. */
  constructor(of: RenewedSession, load: () => Promise<HandBack> = loadHandBack) {
    this.#of = of
    this.#load = load
  }

  /** Leaves a document, which is frozen. @param refusal why; null when the server was restored from a backup. */
  add(old: OpenDocument, refusal: Refusal | null): void {
    if (this.#fresh.get(old.name) === old) {
      // Nobody has written in it yet: trying again would come to the same, but where the server was restored once more.
      if (refusal) this.#of.fail()
      else this.#again().catch(() => this.#of.fail())
    } else if (!this.#leaving.has(old.name)) {
      this.#leaving.set(old.name, { old, refusal })
      this.#begin().catch(() => this.#of.fail())
    }
  }

  /** Resolves once what was handed back last is durable on this device, or cannot be. */
  get kept(): Promise<unknown> {
    return this.#kept
  }

  /** Looks whether the fresh documents are complete, and finishes if they are. */
  look(): void {
    if (this.#isFinishing || !this.#isReady) return
    this.#isFinishing = true
    void this.#finish().finally(() => {
      this.#isFinishing = false
      this.look()
    })
  }

  close(): void {
    this.#isClosed = true
    for (const document of this.#fresh.values()) document.close()
  }

  get #isReady(): boolean {
    if (this.#isClosed || !this.#handBack || this.#leaving.size === 0) return false
    // A stage from before says nothing of what is allowed now.
    if (!this.#stage?.synced) return false
    // The time is asked on the session's own stage.
    if (this.#of.now() === undefined && !this.#fresh.has('stage')) return false
    return [...this.#leaving.keys()].every((name) => this.#fresh.get(name)?.synced)
  }

  get #stage(): OpenDocument | undefined {
    return this.#fresh.get('stage') ?? this.#of.documents().find(({ name }) => name === 'stage')
  }

  async #begin(): Promise<void> {
    this.#handBack = await this.#load()
    if ([...this.#leaving.values()].some(({ refusal }) => refusal === null)) await this.#meetEpoch()
    if (this.#isClosed) return
    const missing = [...this.#leaving.keys()].filter((name) => !this.#fresh.has(name))
    const opened = this.#of.open(missing)
    for (const document of opened) this.#fresh.set(document.name, document)
    for (const { connection } of opened) connection.start()
    this.look()
  }

  /** Begins anew with documents of another epoch. @throws when there is none. */
  async #again(): Promise<void> {
    for (const document of this.#fresh.values()) document.close()
    this.#fresh.clear()
    if (!(await this.#meetEpoch())) throw new Error('The server takes not even an empty document.')
    await this.#begin()
  }

  /** Learns the server's epoch. With another one, all documents are of the past. @returns whether it is another. */
  async #meetEpoch(): Promise<boolean> {
    const epoch = await this.#askEpoch()
    if (epoch === this.#of.copies.epoch || this.#isClosed) return this.#isClosed
    this.#isNewEpoch = true
    this.#of.copies.moveTo(epoch)
    for (const old of this.#of.documents()) {
      if (this.#leaving.has(old.name)) continue
      old.freeze()
      this.#leaving.set(old.name, { old, refusal: null })
    }
    return true
  }

  async #askEpoch(): Promise<string> {
    for (;;) {
      try {
        return await this.#of.readEpoch()
      } catch (error) {
        if (this.#isClosed) throw error
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN))
      }
    }
  }

  async #finish(): Promise<void> {
    for (const { old } of this.#leaving.values()) await old.readAgain().catch(() => undefined)
    const { copies } = this.#of
    // Reading took a while.
    if (!this.#isReady) return
    const leaving = [...this.#leaving.values()]
    const fresh = leaving.flatMap(({ old }) => this.#fresh.get(old.name) ?? [])
    const handedBack = leaving.map((each) => this.#handOver(each))
    this.#leaving.clear()
    this.#fresh.clear()
    this.#of.swap(fresh)
    if (!this.#isNewEpoch) copies.moveOn(fresh.map(({ name }) => name))
    this.#isNewEpoch = false
    // Also those whose copies had not begun.
    const keeping = copies.keep(this.#of.documents())
    const lasting = Promise.allSettled(handedBack.map(({ kept }) => kept))
    this.#kept = lasting
    const isLasting = (await lasting).every(({ status }) => status === 'fulfilled')
    // Without both the next visit opens the old copies, and hands back once more what they have.
    if (!(await keeping)) return
    if (!isLasting) copies.ended('full')
    // Other tabs may hold on to an old copy for as long as they like.
    else copies.remember(() => void Promise.allSettled(handedBack.map(({ forget }) => forget())))
  }

  /** Hands back what an old document has beyond its fresh one, all in this turn: nothing may be edited meanwhile. */
  #handOver({ old, refusal }: Leaving): { readonly kept: Promise<void>; readonly forget: () => Promise<void> } {
    const { workshop, person, now } = this.#of
    const theirs = this.#fresh.get(old.name)
    const stage = this.#stage
    if (!theirs || !stage) throw new Error(`${old.name} is not complete.`)
    const own = old.own
    const since = old.since
    const before = new Y.Doc()
    Y.applyUpdate(before, Y.encodeStateAsUpdate(old.doc))
    const again = old.holds === 'put back'
    const forget = old.compareWith(theirs.doc)
    theirs.holds = 'nothing'
    const isPutBack = () => theirs.holds === 'edits'
    if (!isWritten(old.name) || !this.#handBack) return { kept: Promise.resolve(), forget }
    const handed = {
      document: old.name,
      mine: old.doc,
      before,
      theirs: theirs.doc,
      stage: stage.doc,
      own,
      since,
      refusal,
      again,
      now: now(),
    }
    // Whatever goes wrong with it, the old copy stays.
    const handBack = this.#handBack
    const kept = new Promise<void>((resolve) => resolve(handBack({ workshop, person, ...handed })))
    theirs.holds = isPutBack() && !again ? 'put back' : 'nothing'
    return { kept, forget }
  }
}
