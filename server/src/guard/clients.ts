import type { PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'

/** What became of naming a client id: it is this person's, it is not theirs to use, or they named too many new ones. */
export type Binding = 'bound' | 'another' | 'too many'

const HOUR = 60 * 60 * 1000

/**
 * So many ids that others heard of stay known for that alone, the latest. Sixty people who open the board five times on
 * each of five days come to 1,500; one person would name new ones for two weeks without a pause to get an id forgotten.
 */
export const MOST_HEARD = 20_000

/**
 * Whose a Yjs client id is, in one workshop. An id belongs to one person for ever: they may write under it from any of
 * their devices, nobody else ever. The server's own ids belong to nobody who could write.
 */
export class Clients {
  readonly #owners = new Map<number, PersonId>()
  readonly #saved = new Set<number>()
  /** Ids that others heard of, the latest last. */
  readonly #heard = new Set<number>()
  readonly #reserved = new Set<number>()
  /** When each person named new ids within the last hour, ms since the epoch, the oldest first. */
  readonly #named = new Map<PersonId, number[]>()

  /** @param saved as they were persisted. @param heard likewise: those that others heard of, the latest last. */
  constructor(
    saved: Iterable<readonly [client: number, person: PersonId]>,
    heard: Iterable<readonly [client: number, person: PersonId]> = [],
  ) {
    for (const [client, person] of heard) {
      this.#owners.set(client, person)
      this.#heard.add(client)
    }
    for (const [client, person] of saved) {
      this.#owners.set(client, person)
      this.#saved.add(client)
    }
  }

  /** Whose an id is; undefined for the server's own and for one that nobody named yet. */
  owner(client: number): PersonId | undefined {
    return this.#reserved.has(client) ? undefined : this.#owners.get(client)
  }

  /** Keeps an id for the server's own hand. */
  reserve(client: number): void {
    this.#reserved.add(client)
  }

  /**
   * Gives an id to a person, unless it is somebody else's. It must be called before anything of theirs is relayed.
   * @param now ms since the epoch. @param isInUse whether a document holds something that was written under it: such
   * an id was never new. @param payer on whose account a new one is; the person's own unless given.
   */
  bind(client: number, person: PersonId, now: number, isInUse: boolean, payer = person): Binding {
    const owner = this.owner(client)
    if (owner === person) return 'bound'
    if (owner !== undefined || this.#reserved.has(client) || isInUse) return 'another'
    const lately = (this.#named.get(payer) ?? []).filter((at) => now - at < HOUR)
    this.#named.set(payer, lately)
    if (lately.length >= LIMITS.newClientIdsPerHour) return 'too many'
    lately.push(now)
    this.#owners.set(client, person)
    return 'bound'
  }

  /**
   * Says that others will hear of an id. @returns undefined if it is persisted whose it is; else it is to be, and what
   * was persisted of these is to be forgotten.
   */
  hear(client: number): readonly number[] | undefined {
    if (this.#saved.has(client) || this.#heard.has(client)) return undefined
    this.#heard.add(client)
    const [oldest] = this.#heard
    if (this.#heard.size <= MOST_HEARD || oldest === undefined) return []
    this.#heard.delete(oldest)
    return [oldest]
  }

  /** Whether it is persisted whose this id is, since something stands under it. */
  isSaved(client: number): boolean {
    return this.#saved.has(client)
  }

  /** Says that it is persisted whose this id is. */
  saved(client: number): void {
    this.#saved.add(client)
  }
}
