import type { Subject } from '@quintet/shared/rules'
import * as Y from 'yjs'
import { Refused } from './refusals.ts'
import type { Struct } from './structs.ts'
import type { Step } from './tree.ts'

/** A shared type of the document, whatever it holds: what it tells of itself is of its own kind of event. */
// biome-ignore lint/suspicious/noExplicitAny: Yjs's own types say so, and no other fits all of them.
export type LiveType = Y.AbstractType<any>

/** A subject with the items that it was read from: it is true as long as both stand. */
export interface KnownSubject {
  readonly subject: Subject
  readonly phase: Y.Item
  readonly author: Y.Item
}

/** A map or text that something can stand in: a root, an entry, or a text of an entry. Where it is never changes. */
export class Place {
  readonly step: Step
  readonly up: Place | null
  readonly key: string
  /** In the document; null for what comes with the update. */
  readonly type: LiveType | null
  /** What brings it; null for what is in the document. */
  readonly struct: Struct | null
  /** What was read last of whom it is about. */
  subject: KnownSubject | undefined

  constructor(step: Step, up: Place | null, key: string, type: LiveType | null, struct: Struct | null = null) {
    this.step = step
    this.up = up
    this.key = key
    this.type = type
    this.struct = struct
  }

  /** Keys joined by `/`. */
  get path(): string {
    return this.up === null ? this.key : `${this.up.path}/${this.key}`
  }

  /** The map under a root that this is, or lies in; itself for a root. */
  get entry(): Place {
    return this.up === null || this.up.up === null ? this : this.up.entry
  }
}

/** Finds the places of a document. What it found once it keeps, so that nothing costs more on a larger board. */
export class Places {
  readonly #doc: Y.Doc
  readonly #tree: Step
  // Types live as long as their document, but for the few that were replaced; a weak map costs several times as much.
  readonly #known = new Map<LiveType, Place>()

  constructor(doc: Y.Doc, tree: Step) {
    this.#doc = doc
    this.#tree = tree
  }

  /** @throws {Refused} `unknown-root`. */
  root(name: string): Place {
    if (this.#tree.next(name) === undefined) throw new Refused('unknown-root', name)
    return this.#live(this.#doc.getMap(name))
  }

  /** The place that a live type is; null where it was deleted. @throws {Refused} where nobody but the server writes. */
  ofType(type: LiveType): Place | null {
    return type._item?.deleted === true ? null : this.#live(type)
  }

  /** The place that an item's container is; null where that was deleted. */
  around(item: Y.Item): Place | null {
    return item.parent instanceof Y.AbstractType ? this.ofType(item.parent) : null
  }

  /** The place that a struct brings. */
  broughtBy(struct: Struct): Place | null {
    if (struct.place === null) return null
    struct.inside ??= beneath(struct.place, struct.key, null, struct)
    return struct.inside
  }

  #live(type: LiveType): Place {
    const known = this.#known.get(type)
    if (known) return known
    const place = this.#find(type)
    this.#known.set(type, place)
    return place
  }

  #find(type: LiveType): Place {
    const item = type._item
    if (item === null) {
      const name = Y.findRootTypeKey(type)
      const step = this.#tree.next(name)
      if (step === undefined) throw new Refused('unknown-root', name)
      return new Place(step, null, name, type)
    }
    if (!(item.parent instanceof Y.AbstractType)) throw new Refused('bad-parent')
    return beneath(this.#live(item.parent), item.parentSub, type)
  }
}

function beneath(place: Place, key: string | null, type: LiveType | null, struct: Struct | null = null): Place {
  const step = key === null ? undefined : place.step.next(key)
  if (step === undefined || key === null) throw new Refused('unknown-path', `${place.path}/${key ?? ''}`)
  return new Place(step, place, key, type, struct)
}
