import * as Y from 'yjs'
import type { Place, Places } from './places.ts'
import { Refused } from './refusals.ts'
import type { Holder, Id, Section } from './structs.ts'
import { Struct, sameId } from './structs.ts'
import type { Work } from './work.ts'

/** A unit whose content and place are gone from the document. */
const GONE = 'gone'
/** A unit of the same update that comes later in the order of dependencies. */
const WAITS = 'waits'

/**
 * Finds where each struct of an update stands. On the wire a struct names its neighbours, or else the map or text that
 * it stands in: only together with the document is that a path.
 */
export class Resolver {
  readonly #doc: Y.Doc
  readonly #places: Places
  readonly #sections: readonly Section[]
  readonly #work: Work

  constructor(doc: Y.Doc, places: Places, sections: readonly Section[], work: Work) {
    this.#work = work
    this.#doc = doc
    this.#places = places
    this.#sections = sections
  }

  /**
   * Gives the structs in an order in which each comes after what it hangs on, with their places and neighbours. One
   * whose place is gone keeps nothing but its length, as Yjs would have it.
   * @throws {Refused} where something that it hangs on is not there, or cannot be what it says.
   */
  resolve(take: (struct: Struct) => void): void {
    let waiting = this.#sections.length
    while (waiting > 0) {
      let moved = false
      for (const section of this.#sections) {
        for (let next = section.structs[section.placed]; next; next = section.structs[section.placed]) {
          if (!this.#resolve(next)) break
          section.placed++
          moved = true
          if (section.placed === section.structs.length) waiting--
          take(next)
        }
      }
      if (!moved) throw new Refused('missing')
    }
  }

  /** @returns false if it waits for another struct of the update. */
  #resolve(struct: Struct): boolean {
    this.#work.spend(40 + this.#sections.length)
    if (struct.content === null) return true
    const left = struct.origin && this.#find(struct.origin)
    const right = struct.rightOrigin && (nextTo(left, struct) ?? this.#find(struct.rightOrigin))
    if (left === WAITS || right === WAITS) return false
    if (left !== null || right !== null) return this.#beside(struct, left, right)
    if (struct.root !== null) struct.place = this.#places.root(struct.root)
    else if (struct.parent !== null) {
      const parent = this.#find(struct.parent)
      if (parent === WAITS) return false
      struct.place = parent === GONE ? null : this.#inside(parent)
    }
    if (struct.place === null) struct.bury()
    return true
  }

  #beside(struct: Struct, left: Holder | typeof GONE | null, right: Holder | typeof GONE | null): true {
    const place = this.#around(left ?? right)
    if (left !== null && right !== null && this.#around(right) !== place) throw new Refused('bad-origin', place?.path)
    if (place === null || left === GONE || right === GONE) {
      struct.bury()
      return true
    }
    struct.place = place
    struct.left = left
    struct.right = right
    struct.key = keyOf(left ?? right)
    if (left !== null && right !== null && keyOf(right) !== struct.key) throw new Refused('bad-origin', place.path)
    return true
  }

  /** The holder of a unit. @throws {Refused} `missing` where neither the document nor the update has it. */
  #find(id: Id): Holder | typeof GONE | typeof WAITS {
    const { store } = this.#doc
    if (id.clock < Y.getState(store, id.client)) {
      const item = Y.getItem(store, id)
      return item instanceof Y.Item ? item : GONE
    }
    const section = this.#sections.find(({ client }) => client === id.client)
    const at = section ? indexOf(section, id.clock) : -1
    const struct = section?.structs[at]
    if (!section || !struct) throw new Refused('missing')
    if (at >= section.placed) return WAITS
    return struct.content === null ? GONE : struct
  }

  /** Where a holder stands; null where that is gone. */
  #around(holder: Holder | typeof GONE | null): Place | null {
    if (holder === GONE) return null
    if (holder instanceof Struct) return holder.place
    return holder instanceof Y.Item ? this.#places.around(holder) : null
  }

  /** The place that a holder brings; null where it is gone. @throws {Refused} where it brings none. */
  #inside(holder: Holder): Place | null {
    if (holder instanceof Struct) {
      if (holder.content === null || holder.content.is === 'deleted') return null
      if (holder.content.is !== 'type') throw new Refused('bad-parent', holder.place?.path)
      return this.#places.broughtBy(holder)
    }
    if (!(holder instanceof Y.Item) || holder.deleted) return null
    if (!(holder.content instanceof Y.ContentType)) throw new Refused('bad-parent', this.#places.around(holder)?.path)
    return this.#places.ofType(holder.content.type)
  }
}

/** The item that holds a struct's right neighbour, where it is the left one or stands behind it. */
function nextTo(left: Holder | string | null, { origin, rightOrigin }: Struct): Y.Item | null {
  if (!(left instanceof Y.Item) || origin === null || rightOrigin === null) return null
  const isInside = origin.clock < left.id.clock + left.length - 1
  if (isInside) return rightOrigin.client === origin.client && rightOrigin.clock === origin.clock + 1 ? left : null
  return left.right !== null && sameId(left.right.id, rightOrigin) ? left.right : null
}

/** The key under which a holder stands; null in a text. */
function keyOf(holder: Holder | null): string | null {
  if (holder instanceof Struct) return holder.key
  return holder instanceof Y.Item ? holder.parentSub : null
}

/** The struct of a section that has a clock; -1 where none has. */
export function indexOf({ structs }: Section, clock: number): number {
  let low = 0
  let high = structs.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const struct = structs[middle]
    if (struct === undefined) return -1
    if (clock < struct.id.clock) high = middle - 1
    else if (clock >= struct.end) low = middle + 1
    else return middle
  }
  return -1
}
