import { BUDGETS, HOPELESS, type Rate } from '@quintet/shared/limits'
import { Allowance } from '../allowance.ts'

/** Some allowances that are held together: who is past one of them waits for all. */
class Account<Kind extends string> {
  readonly #of: ReadonlyMap<Kind, Allowance>
  /** When all that was taken is paid for. */
  #until: number

  constructor(rates: Readonly<Record<Kind, Rate>>, now: number) {
    const kinds = Object.entries(rates) as [Kind, Rate][]
    this.#of = new Map(kinds.map(([kind, { perSecond, burst }]) => [kind, new Allowance(perSecond, burst, now)]))
    this.#until = now
  }

  /** @returns how long until it is paid for, ms. */
  take(kind: Kind, amount: number, now: number): number {
    const owed = this.#of.get(kind)?.take(now, amount) ?? 0
    if (now + owed > this.#until) this.#until = now + owed
    return owed
  }

  wait(now: number): number {
    return Math.max(0, this.#until - now)
  }

  isFull(now: number): boolean {
    return [...this.#of.values()].every((allowance) => allowance.isFull(now))
  }
}

/** What one person's messages took of this turn of the event loop, ms; undefined before the first of them. */
export interface Turn {
  spent: number | undefined
}

const { connections: CONNECTIONS, ...READING } = BUDGETS.person

/** What one person may still send, over all of their sockets. */
class Person {
  readonly account: Account<keyof typeof READING>
  sockets = 0
  held = 0
  readonly turn: Turn = { spent: undefined }
  /** Apart from the others: who comes too often is not let in, and what they say through the sockets they have is read. */
  readonly #connections: Allowance

  constructor(now: number) {
    this.account = new Account(READING, now)
    this.#connections = new Allowance(CONNECTIONS.perSecond, CONNECTIONS.burst, now)
  }

  /** Lets one more socket in. @returns whether it may come. */
  enter(now: number): boolean {
    if (this.sockets >= HOPELESS.sockets || this.#connections.wait(now) > 0) return false
    this.#connections.take(now)
    this.sockets++
    return true
  }

  /** Whether nobody needs to remember them. */
  isGone(now: number): boolean {
    return this.sockets === 0 && this.account.isFull(now) && this.#connections.isFull(now)
  }
}

/** What a workshop may still take. */
class Workshop {
  readonly account: Account<keyof typeof BUDGETS.workshop>
  readonly people = new Map<string, Person>()

  constructor(now: number) {
    this.account = new Account(BUDGETS.workshop, now)
  }
}

/** Time between two looks for budgets that nobody needs any more, ms. */
const LOOK = 60_000

/**
 * What everybody may still send, per socket, person and workshop. A person's budget outlives their sockets until it is
 * whole again: coming back is no way to more.
 */
export class Budgets {
  readonly #now: () => number
  readonly #workshops = new Map<string, Workshop>()
  #looked: number

  /** @param now ms of a clock that only goes forward. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#looked = now()
  }

  /** How many people's budgets are remembered. */
  get people(): number {
    return [...this.#workshops.values()].reduce((sum, { people }) => sum + people.size, 0)
  }

  /**
   * Opens a purse for a socket, which its owner closes; undefined where its person has {@link HOPELESS.sockets} already,
   * or comes again too often.
   */
  open(workshop: string, person: string): Purse | undefined {
    const now = this.#now()
    this.#look(now)
    const ofWorkshop = remembered(this.#workshops, workshop, () => new Workshop(now))
    const ofPerson = remembered(ofWorkshop.people, person, () => new Person(now))
    if (!ofPerson.enter(now)) return undefined
    return new Purse(ofPerson, ofWorkshop, this.#now)
  }

  #look(now: number): void {
    if (now - this.#looked < LOOK) return
    this.#looked = now
    for (const [id, { account, people }] of this.#workshops) {
      for (const [name, person] of people) if (person.isGone(now)) people.delete(name)
      if (people.size === 0 && account.isFull(now)) this.#workshops.delete(id)
    }
  }
}

/** What one socket may still send: its own budget, its person's and its workshop's. */
export class Purse {
  readonly #socket: Account<keyof typeof BUDGETS.socket>
  readonly #person: Person
  readonly #workshop: Workshop
  readonly #now: () => number
  #open = true
  #held = 0

  constructor(person: Person, workshop: Workshop, now: () => number) {
    this.#now = now
    this.#socket = new Account(BUDGETS.socket, now())
    this.#person = person
    this.#workshop = workshop
  }

  /** What its person took of this turn of the event loop, over all of their sockets. */
  get turn(): Turn {
    return this.#person.turn
  }

  /** How long to read nothing, ms; 0 when the next message may be read. */
  wait(): number {
    const now = this.#now()
    return Math.max(this.#socket.wait(now), this.#person.account.wait(now), this.#workshop.account.wait(now))
  }

  /** One message was read. */
  read(bytes: number): void {
    const now = this.#now()
    this.#socket.take('messages', 1, now)
    this.#socket.take('bytes', bytes, now)
    this.#person.account.take('messages', 1, now)
    this.#person.account.take('bytes', bytes, now)
    this.#workshop.account.take('bytes', bytes, now)
  }

  /** An edit or a command was accepted. @param bytes that it wrote. */
  edited(bytes: number): void {
    const now = this.#now()
    this.#person.account.take('edits', bytes, now)
    this.#person.account.take('editsAtOnce', bytes, now)
    this.#person.account.take('editsInAll', bytes, now)
  }

  /** A change of one's own presence was read. */
  said(): void {
    this.#socket.take('presence', 1, this.#now())
  }

  /** A document was written to the socket, or the part of it that was asked for. */
  answered(bytes: number): void {
    this.#person.account.take('answers', bytes, this.#now())
  }

  /** Something was judged. @param ms of the processor. */
  judged(ms: number): void {
    const now = this.#now()
    this.#person.account.take('judging', ms, now)
    this.#person.account.take('judgingAtOnce', ms, now)
    this.#workshop.account.take('judging', ms, now)
  }

  /** Something was refused. @returns whether that was once too often. */
  refused(): boolean {
    return this.#person.account.take('refusals', 1, this.#now()) > 0
  }

  /** So many bytes wait for what has to come through this socket first. @returns whether that is more than anybody means. */
  holds(bytes: number): boolean {
    if (!this.#open) return false
    this.#person.held += bytes - this.#held
    this.#held = bytes
    return this.#person.held > HOPELESS.held
  }

  close(): void {
    if (!this.#open) return
    this.holds(0)
    this.#person.sockets--
    this.#open = false
  }
}

function remembered<Value>(all: Map<string, Value>, key: string, make: () => Value): Value {
  const known = all.get(key)
  if (known !== undefined) return known
  const made = make()
  all.set(key, made)
  return made
}
