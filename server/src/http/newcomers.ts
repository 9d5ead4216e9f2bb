import { isIPv6 } from 'node:net'
import type { Rate } from '@quintet/shared/limits'
import { Allowance } from '../allowance.ts'
import { Problem } from './problem.ts'

/** Networks that are remembered; past them the one that came first is forgotten. */
const MOST_NETWORKS = 10_000

/** What one network may make in time. */
interface Making {
  readonly rate: Rate
  /** Who made too much, as the sentence for them begins. */
  readonly past: string
}

/**
 * How much each network address may make, such as workshops or seats, kept in memory. It is the address of the
 * connection itself: what a header says of another one behind it, anybody can write.
 */
export class Newcomers {
  readonly #making: Making
  readonly #now: () => number
  readonly #networks = new Map<string, Allowance>()

  /** @param now ms. */
  constructor(making: Making, now: () => number) {
    this.#making = making
    this.#now = now
  }

  /** How many networks are remembered. */
  get size(): number {
    return this.#networks.size
  }

  /** Counts one more from an address. @throws {Problem} past the rate; nothing is counted then. */
  count(address: string): void {
    const now = this.#now()
    const allowance = this.#allowanceOf(networkOf(address), now)
    const wait = allowance.wait(now)
    if (wait > 0) throw tooMany(this.#making.past, wait)
    allowance.take(now)
  }

  #allowanceOf(network: string, now: number): Allowance {
    const known = this.#networks.get(network)
    if (known) return known
    if (this.#networks.size >= MOST_NETWORKS) this.#forget(now)
    const { perSecond, burst } = this.#making.rate
    const made = new Allowance(perSecond, burst, now)
    this.#networks.set(network, made)
    return made
  }

  #forget(now: number): void {
    for (const [network, allowance] of this.#networks) if (allowance.isFull(now)) this.#networks.delete(network)
    const [oldest] = this.#networks.keys()
    if (this.#networks.size >= MOST_NETWORKS && oldest !== undefined) this.#networks.delete(oldest)
  }
}

/** Whom an address stands for: of IPv6, a household or a company has the first 64 bits and chooses the others freely. */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(bare)) return bare
  const [head = '', tail] = bare.split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':'))
  const [before, after] = [groups(head), groups(tail ?? '')]
  // A dotted end stands for two groups; it is never among the first four.
  const missing = tail === undefined ? 0 : 8 - before.length - after.length - (bare.includes('.') ? 1 : 0)
  const all = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/** @param wait ms until one more is taken. */
function tooMany(past: string, wait: number): Problem {
  const seconds = Math.ceil(wait / 1_000)
  const when = seconds < 90 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`
  const message = `${past} Nothing was changed, and what there is is safe. Try again in ${when}.`
  return new Problem(429, 'too-many', message, {}, seconds)
}
