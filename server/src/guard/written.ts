import type * as Y from 'yjs'
import type { Place } from './places.ts'
import type { KeyWrites, TextWrites } from './writes.ts'

/** So few are looked through one by one: most updates write one thing, and need no map to find it again. */
const FEW = 8

/** The keys and texts that an update writes to. */
export class Written {
  readonly keys: KeyWrites[] = []
  readonly texts: TextWrites[] = []
  #byKey: Map<Place, Map<string, KeyWrites>> | undefined
  #byPlace: Map<Place, TextWrites> | undefined

  key(place: Place, key: string): KeyWrites | undefined {
    if (this.#byKey !== undefined) return this.#byKey.get(place)?.get(key)
    return this.keys.find((each) => each.place === place && each.key === key)
  }

  text(place: Place): TextWrites | undefined {
    if (this.#byPlace !== undefined) return this.#byPlace.get(place)
    return this.texts.find((each) => each.place === place)
  }

  addKey(writes: KeyWrites): void {
    this.keys.push(writes)
    if (this.#byKey !== undefined) put(this.#byKey, writes)
    else if (this.keys.length > FEW) {
      this.#byKey = new Map()
      for (const each of this.keys) put(this.#byKey, each)
    }
  }

  addText(writes: TextWrites): void {
    this.texts.push(writes)
    if (this.#byPlace !== undefined) this.#byPlace.set(writes.place, writes)
    else if (this.texts.length > FEW) this.#byPlace = new Map(this.texts.map((each) => [each.place, each]))
  }

  /** Whether something takes the place of an item; false also where looking would take long. */
  isReplaced(item: Y.Item): boolean {
    return this.#byKey === undefined && this.keys.some(({ before, newest }) => before === item && newest !== item)
  }
}

function put(byKey: Map<Place, Map<string, KeyWrites>>, writes: KeyWrites): void {
  const ofPlace = byKey.get(writes.place)
  if (ofPlace === undefined) byKey.set(writes.place, new Map([[writes.key, writes]]))
  else ofPlace.set(writes.key, writes)
}
