import type { PersonId } from '@quintet/shared/ids'
import { isPhaseId } from '@quintet/shared/phases'
import type { Subject } from '@quintet/shared/rules'
import * as Y from 'yjs'
import type { Place, Places } from './places.ts'
import { type Holder, Struct } from './structs.ts'
import type { KeyWrites } from './writes.ts'

/** Finds what an update writes to a key, if it does. */
export type FindWrites = (place: Place, key: string) => KeyWrites | undefined

/**
 * What the rules need to know of the note or group that something is done to: from the document, or from the same
 * update where it comes with it.
 */
export class Subjects {
  readonly #places: Places
  readonly #writesTo: FindWrites

  constructor(places: Places, writesTo: FindWrites) {
    this.#places = places
    this.#writesTo = writesTo
  }

  /** The subject of an entry of the board; of a plan it is its action. Undefined where there is none. */
  of(entry: Place): Subject | undefined {
    if (entry.up?.key !== 'plan') return this.#read(entry)
    return this.action(entry.key)?.subject
  }

  /** The note or group of the phase of actions with an id, and whether it stands in the document already. */
  action(id: string): { readonly subject: Subject; readonly stands: boolean } | undefined {
    for (const root of ['notes', 'groups']) {
      const entry = this.#entry(root, id)
      const subject = entry && this.#read(entry)
      if (subject?.phase === 'actions') return { subject, stands: entry?.type !== null }
    }
    return undefined
  }

  /** The entry that will stand under an id. */
  #entry(root: string, id: string): Place | null {
    const place = this.#places.root(root)
    const newest = this.#writesTo(place, id)?.newest ?? place.type?._map.get(id)
    if (newest instanceof Struct) return newest.content?.is === 'type' ? this.#places.broughtBy(newest) : null
    if (!(newest instanceof Y.Item) || !(newest.content instanceof Y.ContentType)) return null
    return this.#places.ofType(newest.content.type)
  }

  #read(entry: Place): Subject | undefined {
    const known = entry.subject
    if (known && !known.phase.deleted && !known.author.deleted) return known.subject
    const { type } = entry
    const at = (key: string) => (type === null ? this.#writesTo(entry, key)?.newest : type._map.get(key)) ?? null
    const [phaseAt, authorAt] = [at('phase'), at('author')]
    const phase = plainOf(phaseAt)
    if (!isPhaseId(phase)) return undefined
    const author = plainOf(authorAt)
    // It was judged when it was written: what is no text names nobody.
    const subject = { phase, author: typeof author === 'string' ? (author as PersonId) : null }
    if (phaseAt instanceof Y.Item && authorAt instanceof Y.Item)
      entry.subject = { subject, phase: phaseAt, author: authorAt }
    return subject
  }
}

/** The plain value that a struct or item brings; undefined where it is gone. */
function plainOf(holder: Holder | null): unknown {
  if (holder instanceof Struct) return holder.content?.is === 'values' ? holder.content.values.at(-1) : undefined
  if (!(holder instanceof Y.Item) || holder.deleted) return undefined
  return holder.content instanceof Y.ContentAny ? holder.content.arr.at(-1) : undefined
}
