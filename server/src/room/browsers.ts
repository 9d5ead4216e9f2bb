import type { WorkshopId } from '@quintet/shared/ids'

/**
 * Which connections came through which browser. They are known before the browser's seats are read: so whoever is still
 * on the way in while these are given up is not forgotten.
 */
export class Browsers {
  readonly #connections = new Map<string, Set<() => void>>()

  /**
   * A connection comes in.
   * @param browser the SHA-256 of its cookie, hex.
   * @param seatGone is called, once, when the browser gave up its seats in the workshop.
   * @returns forgets it; may be called again.
   */
  arrive(workshop: WorkshopId, browser: string, seatGone: () => void): () => void {
    const name = nameOf(workshop, browser)
    const connections = this.#connections.get(name) ?? new Set()
    this.#connections.set(name, connections)
    // Its own, so that two with the same function are two.
    const told = () => seatGone()
    connections.add(told)
    return () => {
      connections.delete(told)
      if (connections.size === 0 && this.#connections.get(name) === connections) this.#connections.delete(name)
    }
  }

  /** A browser gave up its seats in a workshop, and that is durable. @returns how many connections it had. */
  leave(workshop: WorkshopId, browser: string): number {
    const name = nameOf(workshop, browser)
    const connections = this.#connections.get(name) ?? new Set()
    this.#connections.delete(name)
    for (const seatGone of connections) seatGone()
    return connections.size
  }
}

const nameOf = (workshop: WorkshopId, browser: string) => `${workshop}/${browser}`
