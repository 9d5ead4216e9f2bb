import type { PhaseId } from '@quintet/shared/phases'
import type { DocumentName } from '@quintet/shared/protocol'
import * as Y from 'yjs'
import { type About, type Deed, type Facts, isAllowed, type Who } from './policy.fixture.ts'
import { type Json, readJson } from './replicas.fixture.ts'
import { type Field, KINDS, type Kind } from './shapes.fixture.ts'

/** What can go wrong with an update that was applied. */
export const BREACHES = [
  'threw',
  'half applied',
  'left something pending',
  'made a root',
  'wrote what it may not',
  'wrote under another’s id',
  'hid content',
  'left a bad value',
  'left an entry incomplete',
  'deleted from a map',
  'broke JSON',
  'broke a link',
  'peer differs',
  'reload differs',
  'touched the document while judging',
] as const
export type Breach = (typeof BREACHES)[number]

export interface Finding {
  readonly breach: Breach
  readonly path: string
}

type Find = (breach: Breach, path: string) => void

/** Where an item stands: keys from the root, and whether it stands in the list of what these lead to. */
interface Standing {
  readonly path: readonly string[]
  readonly inList: boolean
}

/**
 * Watches what updates do to a document, and holds each change against the policy: what can be seen, as JSON before and
 * after, and what cannot, as the items that came and went. It knows nothing of how an update was judged.
 */
export class Witness {
  readonly #doc: Y.Doc
  readonly #kinds: Readonly<Record<string, Kind>>
  readonly #ownerOf: (client: number) => string | undefined
  readonly #roots: string
  #seen: ReadonlyMap<string, string>
  #came: Y.Item[] = []
  #went: Y.Item[] = []
  #advanced = new Set<number>()

  constructor(doc: Y.Doc, document: Exclude<DocumentName, 'stage'>, ownerOf: (client: number) => string | undefined) {
    this.#doc = doc
    this.#kinds = KINDS[document]
    this.#ownerOf = ownerOf
    for (const root of Object.keys(this.#kinds)) doc.getMap(root)
    this.#roots = rootsOf(doc)
    this.#seen = entriesOf(this.json)
    doc.on('afterTransaction', (transaction: Y.Transaction) => this.#note(transaction))
  }

  /** What the guarded roots hold. */
  get json(): Json {
    return readJson(this.#doc, Object.keys(this.#kinds))
  }

  /** Forgets what came and went, since nobody is to answer for it: the server's own hand. */
  forgive(): void {
    this.#came = []
    this.#went = []
    this.#advanced.clear()
    this.#seen = entriesOf(this.json)
  }

  /** Whether anything happened since the last look. */
  get isTouched(): boolean {
    return (
      this.#came.length > 0 || this.#went.length > 0 || this.#advanced.size > 0 || rootsOf(this.#doc) !== this.#roots
    )
  }

  /** What is wrong with all that happened since the last look, which was one person's doing. */
  look(who: Who, facts: Facts, now: number): readonly Finding[] {
    const found: Finding[] = []
    const find: Find = (breach, path) => {
      found.push({ breach, path })
    }
    if (rootsOf(this.#doc) !== this.#roots) find('made a root', rootsOf(this.#doc))
    const { pendingStructs, pendingDs } = this.#doc.store
    if (pendingStructs || pendingDs) find('left something pending', '')
    for (const client of this.#advanced)
      if (this.#ownerOf(client) !== who.person) find('wrote under another’s id', String(client))
    const json = this.#readable(find)
    if (!json) return found
    const judge = new Judge(json, this.#kinds, new Set(this.#came), (deed, about) =>
      isAllowed(deed, who, about, facts, now),
    )
    for (const item of this.#came) judge.came(item, find)
    for (const item of this.#went) judge.went(item, find)
    const seen = entriesOf(json)
    for (const [at, entry] of seen) if (entry !== this.#seen.get(at)) judge.stands(at, this.#seen.get(at), find)
    for (const at of this.#seen.keys()) if (!seen.has(at)) find('deleted from a map', at)
    this.#seen = seen
    this.#came = []
    this.#went = []
    this.#advanced.clear()
    return found
  }

  #readable(find: Find): Json | null {
    try {
      const { json } = this
      JSON.stringify(json)
      return json
    } catch {
      find('broke JSON', '')
      return null
    }
  }

  #note({ beforeState, afterState, deleteSet }: Y.Transaction): void {
    const { store } = this.#doc
    for (const [client, clock] of afterState) {
      const from = beforeState.get(client) ?? 0
      if (clock <= from) continue
      this.#advanced.add(client)
      this.#came.push(...itemsIn(store, client, from, clock))
    }
    for (const [client, ranges] of deleteSet.clients)
      for (const { clock, len } of ranges) this.#went.push(...itemsIn(store, client, clock, clock + len))
  }
}

/** Judges one update, item by item, once it was applied. */
class Judge {
  readonly #json: Json
  readonly #kinds: Readonly<Record<string, Kind>>
  readonly #new: ReadonlySet<Y.Item>
  readonly #may: (deed: Deed, about: About) => boolean

  constructor(
    json: Json,
    kinds: Readonly<Record<string, Kind>>,
    come: ReadonlySet<Y.Item>,
    may: (deed: Deed, about: About) => boolean,
  ) {
    this.#json = json
    this.#kinds = kinds
    this.#new = come
    this.#may = may
  }

  /** An item that came, whether or not it can be seen. */
  came(item: Y.Item, find: Find): void {
    const standing = standingOf(item)
    if (!standing) return
    const { path, inList } = standing
    const [root = '', id = '', key, ...deeper] = path
    const kind = own(this.#kinds, root)
    const at = path.join('/')
    if (!kind) find('wrote what it may not', at)
    else if (deeper.length > 0 || (inList && key === undefined)) find('hid content', at)
    else if (key === undefined) this.#entryCame(item, kind, root, id, find)
    else this.#fieldCame(item, kind.field(key), root, id, inList, at, find)
  }

  /** An item that was deleted. */
  went(item: Y.Item, find: Find): void {
    const standing = standingOf(item)
    if (!standing) return
    const { path, inList } = standing
    const [root = '', id = '', key = ''] = path
    const parent = item.parent as Y.AbstractType<unknown>
    if (!inList) {
      const stands = parent._map.get(path.at(-1) ?? '')
      if (!stands || stands.deleted) find('deleted from a map', path.join('/'))
      return
    }
    const change = own(this.#kinds, root)?.field(key)?.change ?? 'never'
    if (!this.#isNew(parent) && !this.#may(change, this.#about(root, id))) find('wrote what it may not', path.join('/'))
  }

  /** An entry whose JSON is another now: whole, and every value as it should be. @param was its JSON before. */
  stands(at: string, was: string | undefined, find: Find): void {
    const [root = '', id = ''] = at.split('/')
    const kind = own(this.#kinds, root)
    const entry = own(own(this.#json, root), id)
    if (!kind || typeof entry !== 'object' || entry === null) {
      find('left a bad value', at)
      return
    }
    const fields = entry as Readonly<Record<string, unknown>>
    const before = (was === undefined ? {} : JSON.parse(was)) as Readonly<Record<string, unknown>>
    for (const key of kind.keeps ?? [])
      if (before[key] !== undefined && before[key] !== fields[key]) find('wrote what it may not', `${at}/${key}`)
    for (const key of kind.needs) if (!Object.hasOwn(fields, key)) find('left an entry incomplete', `${at}/${key}`)
    for (const [key, value] of Object.entries(fields))
      if (!kind.field(key)?.isValid(value)) find('left a bad value', `${at}/${key}`)
    if (!/^[\w-]{1,40}$/.test(id) || id === '__proto__') find('left a bad value', at)
  }

  #entryCame(item: Y.Item, kind: Kind, root: string, id: string, find: Find): void {
    const at = `${root}/${id}`
    if (!isType(item, Y.Map)) find('hid content', at)
    const isFirst = item.left === null && item.right === null
    const mayStandAgain = kind.again === true
    if (!isFirst && !mayStandAgain) find('wrote what it may not', at)
    else if (!this.#mayCreate(root, id, kind)) find('wrote what it may not', at)
  }

  #mayCreate(root: string, id: string, kind: Kind): boolean {
    const about = this.#about(root, id)
    if (root !== 'plan') return this.#may(kind.create, about)
    // A plan comes with its action, or with what may be planned.
    const action = this.#action(id)
    return action !== undefined && (this.#may('plan', about) || this.#may(action === 'notes' ? 'add' : 'place', about))
  }

  /** The root in which the action of an id stands. */
  #action(id: string): 'notes' | 'groups' | undefined {
    return (['notes', 'groups'] as const).find((root) => {
      const entry = own(this.#json[root], id)
      return typeof entry === 'object' && entry !== null && 'phase' in entry && entry.phase === 'actions'
    })
  }

  #fieldCame(
    item: Y.Item,
    field: Field | undefined,
    root: string,
    id: string,
    inList: boolean,
    at: string,
    find: Find,
  ): void {
    if (!field || (inList && field.is !== 'text')) {
      find('hid content', at)
      return
    }
    const parent = item.parent as Y.AbstractType<unknown>
    if (!isExpected(item, field, inList)) find('hid content', at)
    if (item.content instanceof Y.ContentAny && !item.content.arr.every(field.isValid)) find('left a bad value', at)
    const isNew = this.#isNew(parent)
    if (inList) {
      if (!isNew && !this.#may(field.change, this.#about(root, id))) find('wrote what it may not', at)
      return
    }
    // In a new entry somebody comes first; where others wrote, what stands before all they wrote comes beside it.
    const isFirst = item.left === null && (isNew || item.right === null)
    const deed = isFirst ? (isNew ? null : (field.later ?? 'never')) : field.is === 'text' ? 'never' : field.change
    if (isFirst && isNew && field.later === 'never') find('wrote what it may not', at)
    if (deed !== null && !this.#may(deed, this.#about(root, id))) find('wrote what it may not', at)
  }

  /** Whether a type came with this update, so that what is in it came with it. */
  #isNew(type: Y.AbstractType<unknown>): boolean {
    return type._item !== null && this.#new.has(type._item)
  }

  /** The note or group that is meant: for a plan its action. */
  #about(root: string, id: string): About {
    const meant = own(own(this.#json, root === 'plan' ? (this.#action(id) ?? 'notes') : root), id)
    const { phase, author } = (typeof meant === 'object' && meant !== null ? meant : {}) as Record<string, unknown>
    return { phase: (phase ?? 'owners') as PhaseId, author: typeof author === 'string' ? author : null }
  }
}

/** What a record itself holds under a key, and not what every object has. */
function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined
}

function isExpected({ content }: Y.Item, field: Field, inList: boolean): boolean {
  if (content instanceof Y.ContentDeleted) return true
  if (inList) return content instanceof Y.ContentString
  return field.is === 'text'
    ? content instanceof Y.ContentType && content.type.constructor === Y.Text
    : content instanceof Y.ContentAny
}

function isType({ content }: Y.Item, type: typeof Y.Map): boolean {
  return content instanceof Y.ContentDeleted || (content instanceof Y.ContentType && content.type.constructor === type)
}

/** Where an item stands; undefined under something that was deleted, where nothing can be seen any more. */
function standingOf(item: Y.Item): Standing | undefined {
  const path: string[] = []
  if (item.parentSub !== null) path.unshift(item.parentSub)
  let type = item.parent as Y.AbstractType<unknown>
  while (type._item) {
    if (type._item.deleted) return undefined
    path.unshift(type._item.parentSub ?? '[]')
    type = type._item.parent as Y.AbstractType<unknown>
  }
  path.unshift(Y.findRootTypeKey(type))
  return { path, inList: item.parentSub === null }
}

function itemsIn(store: Y.Doc['store'], client: number, from: number, to: number): Y.Item[] {
  const structs = store.clients.get(client) ?? []
  const items: Y.Item[] = []
  for (let at = Y.findIndexSS(structs, from); at < structs.length; at++) {
    const struct = structs[at]
    if (!struct || struct.id.clock >= to) break
    if (struct instanceof Y.Item) items.push(struct)
  }
  return items
}

const rootsOf = (doc: Y.Doc) => [...doc.share.keys()].sort().join(' ')

function entriesOf(json: Json): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  for (const [root, all] of Object.entries(json))
    for (const [id, entry] of Object.entries(all)) entries.set(`${root}/${id}`, JSON.stringify(entry))
  return entries
}
