import { LIMITS } from '@quintet/shared/limits'
import { mostEntries, type Rule, type RuleAct, rootOfOtherIds } from '@quintet/shared/paths'
import type { DocumentName } from '@quintet/shared/protocol'
import { type Actor, type BoardAct, isTimely, mayStill, type Subject } from '@quintet/shared/rules'
import type { StageView } from '@quintet/shared/stage'
import * as Y from 'yjs'
import type { Place, Places } from './places.ts'
import { Refused } from './refusals.ts'
import type { Struct } from './structs.ts'
import { Subjects } from './subjects.ts'
import type { Work } from './work.ts'
import { KeyWrites, TextWrites } from './writes.ts'
import { Written } from './written.ts'

/**
 * Tells of an entry whose words the server keeps elsewhere, and gives back, how many letters of each of its texts it
 * keeps, UTF-16 units; undefined for an entry whose words are all here.
 */
export type Beside = (entry: string) => Readonly<Record<string, number>> | undefined

/** Who asks, and what the answer depends on. */
export interface Hearing {
  readonly document: DocumentName
  readonly actor: Actor
  readonly stage: StageView
  /** Ms since the epoch. */
  readonly now: number
  readonly beside: Beside | undefined
}

/** An act that an update asks for on an entry, and where it did first. */
interface Asked {
  readonly entry: Place
  readonly act: RuleAct
  readonly at: KeyWrites | TextWrites
}

/**
 * Holds an update against the rule table: first each struct where it stands, then, when all is known that comes
 * together, the acts that they amount to.
 */
export class Judge {
  readonly #places: Places
  readonly #hearing: Hearing
  readonly #work: Work
  readonly #subjects: Subjects
  readonly #written = new Written()
  readonly #asked: Asked[] = []
  readonly #entries: Struct[] = []
  readonly #plans: KeyWrites[] = []
  /** How many entries a root will have that gets more. */
  #grown: Map<Place, number> | undefined

  constructor(places: Places, hearing: Hearing, work: Work) {
    this.#places = places
    this.#hearing = hearing
    this.#work = work
    this.#subjects = new Subjects(places, (place, key) => this.#written.key(place, key))
  }

  /** Takes one struct, after all that it hangs on. @throws {Refused} */
  take(struct: Struct): void {
    this.#work.spend(80)
    const { place, key } = struct
    if (place === null) return
    if (place.step.is === 'text') {
      if (key !== null) throw new Refused('wrong-kind', `${place.path}/${key}`)
      this.#takeLetters(struct, place)
    } else {
      if (key === null) throw new Refused('wrong-kind', place.path)
      this.#takeValue(struct, place, key)
    }
  }

  /**
   * Takes a deletion of units of the document, after all structs were taken. What is replaced goes by itself: only
   * letters can be deleted without something in their place.
   * @throws {Refused}
   */
  takeDeletion(item: Y.Item, units: number): void {
    this.#work.spend(40)
    if (this.#written.isReplaced(item)) return
    const place = this.#places.around(item)
    if (place === null || this.#isReplaced(item, place)) return
    if (item.parentSub !== null) throw new Refused('forbidden', `${place.path}/${item.parentSub}`)
    const text = this.#textOf(place)
    this.#ask(place.entry, place.step.rule?.change ?? null, text)
    if (item.countable) text.removed += units
  }

  /** Decides, when everything was taken. @throws {Refused} */
  decide(): void {
    for (const writes of this.#written.keys) this.#decideValue(writes)
    for (const entry of this.#entries) this.#decideWhole(entry)
    for (const text of this.#written.texts) this.#decideLength(text)
    for (const plan of this.#plans) this.#decidePlan(plan)
    for (const asked of this.#asked) this.#decideAct(asked)
    this.#refuseManyBeside()
  }

  #takeValue(struct: Struct, place: Place, key: string): void {
    const writes = this.#writesTo(place, key, struct)
    refuseOthers(struct, writes)
    this.#refuseUntimely(struct, writes)
    const isFirst = writes.newest === null
    writes.put(struct, this.#work)
    const entry = place.up !== null ? place : struct.content?.is === 'type' ? this.#places.broughtBy(struct) : null
    if (isFirst) this.#askCreate(entry ?? place, place, writes)
    // Who may write in a text may not put another text in its place: its letters would go with it.
    else this.#ask(entry ?? place, writes.step.is === 'text' ? null : (writes.step.rule?.change ?? null), writes)
    if (struct.content?.is === 'type' && struct.content.type === 'map') this.#entries.push(struct)
  }

  #refuseUntimely({ content }: Struct, { step: { rule }, path }: KeyWrites): void {
    if (!rule?.timely || content?.is !== 'values') return
    const { stage, now } = this.#hearing
    const isThen = (at: unknown) => typeof at === 'number' && isTimely(at, stage, now)
    if (!content.values.every(isThen)) throw new Refused('invalid', path)
  }

  #askCreate(entry: Place, place: Place, writes: KeyWrites): void {
    const act = writes.step.rule?.create ?? null
    if (act !== 'with') this.#ask(entry, act, writes)
    else if (place.up === null) this.#plans.push(writes)
    // What comes with its entry is part of the act that the entry asks for.
    else if (place.type !== null) throw new Refused('forbidden', writes.path)
  }

  #takeLetters(struct: Struct, place: Place): void {
    if (struct.content?.is !== 'text' && struct.content?.is !== 'deleted') throw new Refused('wrong-kind', place.path)
    const text = this.#textOf(place)
    if (place.type !== null) this.#ask(place.entry, place.step.rule?.change ?? null, text)
    text.put(struct, this.#work)
  }

  /** Notes that an act is asked for on an entry. @param act null where nobody but the server does it. */
  #ask(entry: Place, act: RuleAct | null, at: KeyWrites | TextWrites): void {
    if (act === null) throw new Refused('forbidden', at.path)
    if (at.asked === act) return
    at.asked = act
    this.#asked.push({ entry, act, at })
  }

  #writesTo(place: Place, key: string, first: Struct): KeyWrites {
    const known = this.#written.key(place, key)
    if (known) return known
    const step = place.step.next(key)
    if (step === undefined) throw new Refused('unknown-path', `${place.path}/${key}`)
    const writes = new KeyWrites(place, key, step, first)
    this.#written.addKey(writes)
    if (place.up === null) this.#refusePast(place, writes)
    return writes
  }

  #refusePast(root: Place, { key, path }: KeyWrites): void {
    const entries = root.type?._map
    if (entries?.has(key)) return
    if (this.#isOthers(root, key)) throw new Refused('forbidden', path)
    this.#grown ??= new Map()
    const grown = (this.#grown.get(root) ?? entries?.size ?? 0) + 1
    if (grown > mostEntries(root.key)) throw new Refused('too-big', path)
    this.#grown.set(root, grown)
  }

  /** Whether an id is given already to what must not share it. */
  #isOthers({ key: root }: Place, id: string): boolean {
    const name = rootOfOtherIds(root)
    const other = name === undefined ? undefined : this.#places.root(name)
    return other !== undefined && (other.type?._map.has(id) === true || this.#written.key(other, id) !== undefined)
  }

  #textOf(place: Place): TextWrites {
    const known = this.#written.text(place)
    if (known) return known
    const text = new TextWrites(place)
    this.#written.addText(text)
    return text
  }

  /** Whether something of the document makes room for what the update brings, by itself or with what it lies in. */
  #isReplaced(item: Y.Item, place: Place): boolean {
    const writes = item.parentSub === null ? undefined : this.#written.key(place, item.parentSub)
    if (writes && writes.newest !== item) return true
    const container = place.type?._item
    const around = container && this.#places.around(container)
    return around ? this.#isReplaced(container, around) : false
  }

  /** Nothing is ever deleted from a map, and what the server wrote into an entry does not go with it. */
  #decideValue({ before, isThere, newest, path, place, step }: KeyWrites): void {
    // What lies in an entry that does not stay goes with it.
    if (place.struct?.stays === false) return
    if (!isThere) throw new Refused('forbidden', path)
    if (step.kept.length === 0 || before === null || before === newest) return
    if (!(before.content instanceof Y.ContentType)) return
    const { _map } = before.content.type
    if (step.kept.some((key) => _map.has(key))) throw new Refused('forbidden', path)
  }

  /**
   * A text that is past its limit already may become shorter. What is kept elsewhere comes back to it one day, so that
   * nothing of it, or of what came meanwhile, would have to be cut then.
   */
  #decideLength({ added, length, place, removed }: TextWrites): void {
    if (added <= removed) return
    const kept = this.#hearing.beside?.(place.entry.key)?.[place.key] ?? 0
    if (kept + length + added - removed > (place.step.rule?.most ?? 0)) throw new Refused('too-big', place.path)
  }

  /** Whatever is written in an entry whose words are kept elsewhere makes the server write all of them anew. */
  #refuseManyBeside(): void {
    const { beside } = this.#hearing
    if (beside === undefined || this.#asked.length + this.#plans.length <= LIMITS.binnedPerUpdate) return
    const entries = new Set([...this.#asked.map(({ entry }) => entry.key), ...this.#plans.map(({ key }) => key)])
    let kept = 0
    for (const entry of entries)
      if (beside(entry) !== undefined && ++kept > LIMITS.binnedPerUpdate) throw new Refused('too-costly')
  }

  #decideWhole(entry: Struct): void {
    const place = this.#places.broughtBy(entry)
    if (place === null || !entry.stays) return
    for (const key of place.step.required)
      if (!this.#written.key(place, key)?.isThere) throw new Refused('incomplete', `${place.path}/${key}`)
  }

  /** A plan comes with its action; where that stands already, it is planned. */
  #decidePlan({ key, path }: KeyWrites): void {
    const action = this.#subjects.action(key)
    if (action === undefined) throw new Refused('forbidden', path)
    if (action.stands) this.#decide('plan', action.subject, path)
  }

  #decideAct({ entry, act, at: { path } }: Asked): void {
    if (act === 'own') {
      // The socket opens a notebook to whose it is, and the desk to facilitators.
      if (this.#hearing.document === 'board') throw new Refused('forbidden', path)
      return
    }
    const subject = this.#subjects.of(entry)
    if (subject === undefined) throw new Refused('forbidden', path)
    this.#decide(act, subject, path)
  }

  #decide(act: BoardAct, subject: Subject, path: string): void {
    const { actor, stage, now } = this.#hearing
    const verdict = mayStill(act, actor, stage, subject, now)
    if (!verdict.allowed) throw new Refused('forbidden', path, verdict.reason)
  }
}

/** @throws {Refused} where a struct brings something else than may stand under its key. */
function refuseOthers({ content }: Struct, { step, path }: KeyWrites): void {
  if (content === null || content.is === 'deleted') return
  const is = content.is === 'type' ? content.type : content.is === 'values' ? 'value' : null
  if (is !== step.is) throw new Refused('wrong-kind', path)
  if (content.is === 'values' && !areValid(content.values, step.rule?.value)) throw new Refused('invalid', path)
}

function areValid(values: readonly unknown[], isValid: Rule['value']): boolean {
  if (isValid === undefined) return false
  for (const value of values) if (!isValid(value)) return false
  return true
}
