import type { NoteId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { type Presence, presenceShape, type StampedPresence } from '@quintet/shared/protocol'
import * as decoding from 'lib0/decoding'
import { type Frame, framePresence, type PresenceEntry } from './frame.ts'

/** Somebody who is here, as the room's presence sees them. */
export interface Attendant {
  /** The Yjs client id under which it speaks; it cannot speak for another. */
  readonly client: number
  readonly person: PersonId
  readonly observer: boolean
  /** Takes others' presence. May let it fall: what is missed is said again. */
  presence(frame: Frame): void
}

/** What became of a presence message: its sender said something new of itself, or what was wrong with it; nothing of that was kept. */
export type PresenceTaken = 'heard' | 'malformed' | 'too-big'

/** Shortest time between two relays, ms. */
const SHORTEST = 50
/** Longest time between two relays, ms: in the largest room a person still appears within three seconds. */
const LONGEST = 3_000
/** Time between two relays for each person, ms: so one room writes at most 333 presence frames a second. */
const EACH = 3

/**
 * How long presence is gathered before it is relayed, ms. A relay writes one frame to everyone, and every y-websocket
 * client sends what it received back once more, so the cost of a relay grows with the room; the time between two
 * relays grows with it: 50 ms up to 16 people, 180 ms for 60, 3 s for 1,000.
 */
export function relayInterval(people: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, people * EACH))
}

/**
 * For so long others hear nothing of somebody of whom there is nothing new, ms: then they hear the same once more.
 * Clients of y-protocols say the same again after 15 to 18 seconds, and take for gone of whom they hear nothing for 30.
 */
const RENEWAL = 20_000
/** Time between two looks for whose turn it is to be renewed, ms. */
const LOOK = 1_000

/** Clients whose last clock is remembered after they left. */
const MOST_LEFT = 10_000

interface Here {
  readonly attendant: Attendant
  /** The clock of its own words, as they came from this connection. */
  readonly said: number
  /** The clock under which others heard of it last, or will first: it counts what was relayed, not what was said. */
  readonly clock: number
  readonly presence: Presence
  /** Whether it is durable whose its client id is. Until then nobody hears of it. */
  readonly isBound: boolean
  /** What others heard of it last, and when, ms of the monotonic clock; undefined before they heard of it. */
  readonly told: { readonly state: string; readonly at: number } | undefined
}

/** Makes it durable whose the client id is under which somebody speaks, for ever, and says when it is [promise 5]. */
export type BindForEver = (attendant: Attendant, bound: () => void) => void

const HERE_ONLY: Presence = { editing: null }

/**
 * Who is here and what they have open. Each connection speaks for its own client id alone, in its own person's name:
 * who somebody is comes from the seat. Merged latest-wins, relayed in one frame for everyone, kept nowhere.
 *
 * What others do not hear makes no frame, and counts in no clock: while somebody writes in secret, going from draft to
 * draft would else be seen by when, and by how often, the same is said of them.
 */
export class PresenceRelay {
  readonly #silent: () => boolean
  readonly #isPublic: (id: NoteId) => boolean
  readonly #bind: BindForEver
  readonly #attendants = new Set<Attendant>()
  readonly #here = new Map<number, Here>()
  /** The last clock of those who left. Whoever returns under the same id goes on after it, or others would not listen. */
  readonly #left = new Map<number, number>()
  #changed = new Set<number>()
  #timer: NodeJS.Timeout | undefined
  readonly #look: NodeJS.Timeout
  #lastRelay = Number.NEGATIVE_INFINITY

  /**
   * @param silent whether presence says "here" and nothing else, as while everyone writes in silence.
   * @param isPublic whether everyone can read what stands under an id; nobody hears of what somebody writes in secret.
   * @param bind happens before anybody hears of a client.
   */
  constructor(silent: () => boolean, isPublic: (id: NoteId) => boolean, bind: BindForEver) {
    this.#silent = silent
    this.#isPublic = isPublic
    this.#bind = bind
    this.#look = setInterval(() => this.#renew(), LOOK).unref()
  }

  /** How many connections there are that hear who is here: one for each page that somebody has open. */
  get people(): number {
    return this.#attendants.size
  }

  enter(attendant: Attendant): void {
    this.#attendants.add(attendant)
    this.tell(attendant)
  }

  /** Tells somebody of everyone who is here, at once. @returns the bytes of that. */
  tell(attendant: Attendant): number {
    const heard = [...this.#here].flatMap(([client, { isBound }]) => (isBound ? [this.#entry(client)] : []))
    if (heard.length === 0) return 0
    const frame = framePresence(heard)
    attendant.presence(frame)
    return frame.length
  }

  leave(attendant: Attendant): void {
    this.#attendants.delete(attendant)
    if (this.#here.get(attendant.client)?.attendant === attendant) this.#remove(attendant.client)
  }

  /**
   * Takes an awareness update of y-protocols from somebody. Entries of others are passed over: an honest client
   * repeats what it heard.
   * @returns undefined if there was nothing new in it of who sent it.
   */
  take(attendant: Attendant, update: Uint8Array): PresenceTaken | undefined {
    let own: ReturnType<typeof ownEntry>
    try {
      own = ownEntry(update, attendant.client)
    } catch {
      return 'malformed'
    }
    if (own === 'too-big') return 'too-big'
    return own && this.#hear(attendant, own) ? 'heard' : undefined
  }

  close(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#look)
    this.#attendants.clear()
    this.#here.clear()
  }

  /** @returns whether it was news. */
  #hear(attendant: Attendant, { clock, presence }: OwnEntry): boolean {
    const before = this.#here.get(attendant.client)
    // Two tabs of one browser never share a client id, so another person under it is no honest client.
    if (before && before.attendant.person !== attendant.person) return false
    const same = before?.attendant === attendant ? before : undefined
    if (same && (clock < same.said || (clock === same.said && presence !== null))) return false
    if (presence === null) {
      if (same) this.#remove(attendant.client)
      return same !== undefined
    }
    if (same) {
      const here = { ...same, said: clock, presence }
      this.#here.set(attendant.client, here)
      if (here.isBound && this.#stateOf(here) !== here.told?.state) this.#change(attendant.client)
      return true
    }
    // A new socket of the same client takes over from one that may not have noticed yet that it is dead.
    const last = before?.clock ?? this.#left.get(attendant.client)
    this.#left.delete(attendant.client)
    // Clocks begin at 1: to y-protocols 0 is the clock of somebody unheard of, so nobody listens to the first words.
    const next = last === undefined ? Math.max(clock, 1) : last + 1
    const isBound = before?.isBound === true
    this.#here.set(attendant.client, { attendant, said: clock, clock: next, presence, isBound, told: undefined })
    if (isBound) this.#change(attendant.client)
    else this.#bind(attendant, () => this.#bound(attendant))
    return true
  }

  #bound(attendant: Attendant): void {
    const here = this.#here.get(attendant.client)
    // Meanwhile it may have left.
    if (here?.attendant !== attendant) return
    this.#here.set(attendant.client, { ...here, isBound: true })
    this.#change(attendant.client)
  }

  /** Says of those who are still here, and of whom nothing was relayed for long, the same once more. */
  #renew(): void {
    const since = performance.now() - RENEWAL
    // A client that heard of itself under a later clock than its own would take over what is said of it.
    for (const [client, { told, said, clock }] of this.#here)
      if (told && told.at <= since && said > clock) this.#change(client)
  }

  #remove(client: number): void {
    const here = this.#here.get(client)
    if (!here) return
    this.#here.delete(client)
    this.#left.set(client, here.clock)
    if (this.#left.size > MOST_LEFT) for (const oldest of [...this.#left.keys()].slice(0, 1)) this.#left.delete(oldest)
    if (here.isBound) this.#change(client)
  }

  #change(client: number): void {
    this.#changed.add(client)
    if (this.#timer) return
    const wait = this.#lastRelay + relayInterval(this.#attendants.size) - performance.now()
    this.#timer = setTimeout(() => this.#relay(), Math.max(0, wait))
  }

  #relay(): void {
    this.#timer = undefined
    this.#lastRelay = performance.now()
    const changed = [...this.#changed].filter((client) => this.#here.get(client)?.isBound !== false)
    this.#changed = new Set()
    if (changed.length === 0) return
    const frame = framePresence(changed.map((client) => this.#next(client)))
    for (const attendant of this.#attendants) attendant.presence(frame)
  }

  /** A client's entry for a relay: what was told before has a clock already, so this one has the next. */
  #next(client: number): PresenceEntry {
    const here = this.#here.get(client)
    if (here) {
      const clock = here.told ? here.clock + 1 : here.clock
      this.#here.set(client, { ...here, clock, told: { state: this.#stateOf(here), at: this.#lastRelay } })
    }
    return this.#entry(client)
  }

  #entry(client: number): PresenceEntry {
    const here = this.#here.get(client)
    if (!here) return { client, clock: this.#left.get(client) ?? 0, state: 'null' }
    return { client, clock: here.clock, state: this.#stateOf(here) }
  }

  /** What others hear of somebody now, as JSON. */
  #stateOf({ attendant, presence }: Here): string {
    const { person, observer } = attendant
    const secret = this.#silent() || (presence.editing !== null && !this.#isPublic(presence.editing.id))
    const stamped: StampedPresence = { ...(secret ? HERE_ONLY : presence), person, observer }
    return JSON.stringify(stamped)
  }
}

interface OwnEntry {
  readonly clock: number
  /** Null when the client says that it leaves. */
  readonly presence: Presence | null
}

/**
 * Finds a client's own entry in an awareness update, and reads no other.
 * @throws if the bytes are no awareness update.
 */
function ownEntry(update: Uint8Array, client: number): OwnEntry | 'too-big' | undefined {
  const decoder = decoding.createDecoder(update)
  let own: OwnEntry | 'too-big' | undefined
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const speaker = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const state = decoding.readVarUint8Array(decoder)
    if (speaker !== client) continue
    own = state.length > LIMITS.presenceBytes ? 'too-big' : { clock, presence: readPresence(state) }
  }
  if (decoding.hasContent(decoder) || (own && own !== 'too-big' && own.clock >= Number.MAX_SAFE_INTEGER))
    throw new Error('not an awareness update')
  return own
}

/** A client that says something other than presence (y-websocket begins with `{}`) is here, and nothing else. */
function readPresence(state: Uint8Array): Presence | null {
  const said: unknown = JSON.parse(Buffer.from(state).toString('utf8'))
  if (said === null) return null
  return presenceShape(said) ?? HERE_ONLY
}
