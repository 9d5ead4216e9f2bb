import { Frames, Listener } from './listener.ts'
import { type Door, nothingSeen, Participant, type Person, type Seen, type Sent } from './participants.ts'

/** What each person of a crowd does. */
export const EDITS_PER_SECOND = 3
export const PRESENCE_PER_SECOND = 5

/** People with real providers; sixty of those would take more than a core, and be measured themselves. */
const PROVIDERS = 6

/**
 * The people of one room, each writing and pointing at a steady pace. A few have real providers and documents; the others
 * read no more of a message than which edits it holds.
 */
export class Crowd {
  readonly #people: readonly Person[]
  #stops: readonly (() => void)[] = []

  constructor(doors: readonly Door[]) {
    const sent: Sent = new Map()
    const frames = new Frames()
    this.#people = doors.map((door, index) =>
      index < PROVIDERS ? new Participant(door, sent) : new Listener(door, sent, frames),
    )
  }

  /** Waits until everybody is in, then lets them write. */
  async begin(): Promise<void> {
    await Promise.all(this.#people.map((person) => person.synced()))
    for (const person of this.#people) person.addOwnNote()
    this.#stops = this.#people.flatMap((person, index) => {
      let turn = 0
      const share = index / this.#people.length
      return [
        every(1000 / EDITS_PER_SECOND, share, () => person.type()),
        every(1000 / PRESENCE_PER_SECOND, share, () => person.point(turn++)),
      ]
    })
  }

  /** What they see in so many ms from now. */
  async watch(ms: number): Promise<Seen> {
    const seen = nothingSeen()
    for (const person of this.#people) person.watch(seen)
    await pass(ms)
    for (const person of this.#people) person.watch(undefined)
    return seen
  }

  /** Ends the writing and lets everybody go. @returns the edits that are missing somewhere once all is quiet. */
  async end(): Promise<number> {
    for (const stop of this.#stops) stop()
    const until = performance.now() + 10_000
    while (lostEdits(this.#people) > 0 && performance.now() < until) await pass(50)
    const lost = lostEdits(this.#people)
    for (const person of this.#people) person.close()
    return lost
  }
}

export const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Calls at a steady pace, starting after a share of the interval, so that people do not write in step. */
function every(interval: number, share: number, call: () => void): () => void {
  let repeat: NodeJS.Timeout | undefined
  const first = setTimeout(() => {
    repeat = setInterval(call, interval)
  }, interval * share)
  return () => {
    clearTimeout(first)
    clearInterval(repeat)
  }
}

/** Edits that one person has and another lacks: the sum over all pairs. */
function lostEdits(people: readonly Person[]): number {
  const newest = new Map<number, number>()
  const states = people.map((person) => person.state())
  for (const state of states)
    for (const [client, clock] of state) newest.set(client, Math.max(newest.get(client) ?? 0, clock))
  let lost = 0
  for (const state of states) for (const [client, clock] of newest) lost += clock - (state.get(client) ?? 0)
  return lost
}
