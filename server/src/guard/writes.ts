import type { RuleAct } from '@quintet/shared/paths'
import * as Y from 'yjs'
import type { Place } from './places.ts'
import { Refused } from './refusals.ts'
import { Sequence } from './sequence.ts'
import { type Holder, isLastOf, Struct } from './structs.ts'
import type { Step } from './tree.ts'
import type { Work } from './work.ts'

/** Writes of one update to one key that hang on another value than the newest, each of which walks the key's history. */
const MOST_BRANCHES = 64

/** What an update writes to one key of a map. */
export class KeyWrites {
  readonly place: Place
  readonly key: string
  readonly step: Step
  /** The value that stands in the document. */
  readonly before: Y.Item | null
  /** The act that was asked for last. */
  asked: RuleAct | undefined
  /** The last of all that the key had in the document, deleted or not. */
  readonly #stands: Y.Item | null
  /** The value that will stand there: the last in the order of all that the key ever had. */
  #newest: Holder | null
  readonly #put: Struct[] = []
  #order: Sequence | undefined
  #branches = 0

  /** @param first the first of the structs that will be put. */
  constructor(place: Place, key: string, step: Step, first: Struct) {
    this.place = place
    this.key = key
    this.step = step
    this.#stands = newestIn(place, key, first)
    this.#newest = this.#stands
    this.before = this.#stands?.deleted === false ? this.#stands : null
  }

  get path(): string {
    return `${this.place.path}/${this.key}`
  }

  get newest(): Holder | null {
    return this.#newest
  }

  /** Whether a value stands there when what was put so far is applied. */
  get isThere(): boolean {
    const newest = this.#newest
    if (newest instanceof Struct) return newest.stays
    return newest !== null && newest === this.before
  }

  /** Puts a struct into the order of the key's values. @throws {Refused} where nobody honest would have written it there. */
  put(struct: Struct, work: Work): void {
    if (struct.rightOrigin !== null) throw new Refused('bad-origin', this.path)
    const newest = this.#newest
    const follows = newest === null ? struct.origin === null : struct.left === newest && this.#isBehind(struct, newest)
    if (follows && this.#order === undefined) this.#newest = struct
    else {
      if (!follows && !(struct.left instanceof Struct) && ++this.#branches > MOST_BRANCHES)
        throw new Refused('ambiguous', this.path)
      this.#order ??= this.#history(work)
      if (this.#order.put(struct)) this.#newest = struct
    }
    this.#put.push(struct)
  }

  #isBehind(struct: Struct, holder: Holder): boolean {
    return struct.origin !== null && isLastOf(holder, struct.origin)
  }

  #history(work: Work): Sequence {
    let first = this.#stands
    for (let item = first; item !== null; item = item.left) {
      work.spend(4)
      first = item
    }
    const order = new Sequence(first, work, this.path)
    for (const struct of this.#put) order.put(struct)
    return order
  }
}

/** The last item of a key. Mostly a struct hangs on it, and then the map need not be asked. */
function newestIn({ type }: Place, key: string, { left }: Struct): Y.Item | null {
  if (left instanceof Y.Item && left.right === null) return left
  return type?._map.get(key) ?? null
}

/** What an update writes into one text. */
export class TextWrites {
  readonly place: Place
  /** Letters that come, and that go, UTF-16 units. */
  added = 0
  removed = 0
  /** The act that was asked for last. */
  asked: RuleAct | undefined
  #first: Struct | undefined
  #order: Sequence | undefined

  constructor(place: Place) {
    this.place = place
  }

  get path(): string {
    return this.place.path
  }

  /** Letters that the document's text has now, UTF-16 units. */
  get length(): number {
    return this.place.type?._length ?? 0
  }

  /** Puts a struct into the order of the letters. @throws {Refused} where nobody honest would have written it there. */
  put(struct: Struct, work: Work): void {
    if (struct.content?.is === 'text') this.added += struct.length - struct.deletedUnits
    const start = this.place.type?._start ?? null
    if (this.#first === undefined && this.#order === undefined && standTogether(struct, start)) {
      this.#first = struct
      return
    }
    if (this.#order === undefined) {
      this.#order = new Sequence(start, work, this.place.path)
      if (this.#first) this.#order.put(this.#first)
    }
    this.#order.put(struct)
  }
}

/** Whether a struct's neighbours stand beside one another in the document: nobody wrote between them meanwhile. */
function standTogether({ left, origin, right, rightOrigin }: Struct, start: Y.Item | null): boolean {
  if (left === null || origin === null)
    return right === start && (start === null || start.id.clock === rightOrigin?.clock)
  if (!(left instanceof Y.Item)) return false
  if (origin.clock < left.id.clock + left.length - 1) return right === left && rightOrigin?.clock === origin.clock + 1
  return right === left.right && (left.right === null || left.right.id.clock === rightOrigin?.clock)
}
