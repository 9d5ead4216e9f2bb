import { addNote } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import type { PhaseId } from '@quintet/shared/phases'
import type { RefusalCode } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import { writeSchema } from '@quintet/shared/schema'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { DECIDING, EARLIER } from './beginnings.fixture.ts'
import { type Deletion, type Struct, spellUpdate, type Unit } from './bytes.fixture.ts'
import { theGuard } from './guarded.fixture.ts'
import type { Facts } from './policy.fixture.ts'
import { reloaded } from './replicas.fixture.ts'
import { type Guarded, INES, MAREN, Scene, SERVER, type Sent, TOMASZ } from './scene.fixture.ts'

/** Group of Gaps: one's own words may be changed, others' not; everything may be moved and hung; nothing is added. */
export const GROUPING: Facts = { ...DECIDING, at: { phase: 'gaps', kind: 'group' } }

/**
 * One document under the guard, and what a case of the conformance suite needs: replicas for what an honest client could
 * write, bytes for what only an attacker could. After every case the invariants hold, which is case 112.
 */
export class Table {
  readonly scene: Scene

  constructor(document: Guarded = 'board', facts = GROUPING) {
    this.scene = new Scene(document, document === 'board' ? board() : notebook(), facts, theGuard)
    // The ids under which people wrote what stands there are theirs.
    if (document === 'board') for (const [actor, client] of EARLIER) this.scene.clientOf(actor, client)
    else for (const client of [101, 102]) this.scene.clientOf(TOMASZ, client)
  }

  get doc(): Y.Doc {
    return this.scene.doc
  }

  /** A document of somebody's who has all that the server has. @param client one of theirs; else a fresh one. */
  replica(actor: Actor, client = this.scene.clientOf(actor)): Y.Doc {
    const replica = reloaded(this.doc)
    replica.clientID = client
    return replica
  }

  /** What an edit in a document of somebody's comes to. */
  edit(actor: Actor, edit: (doc: Y.Doc) => void, client?: number): Uint8Array {
    const replica = this.replica(actor, client)
    const before = Y.encodeStateVector(replica)
    edit(replica)
    return Y.encodeStateAsUpdate(replica, before)
  }

  /** Structs spelled by hand under a client id of somebody's. @param structs made from where they begin. */
  spell(
    actor: Actor,
    structs: (at: Unit) => readonly Struct[],
    { client = this.scene.clientOf(actor), deletions = [] as readonly Deletion[] } = {},
  ): Uint8Array {
    const clock = Y.getState(this.doc.store, client)
    return spellUpdate({ sections: [{ client, clock, structs: structs({ client, clock }) }], deletions })
  }

  /** Sends what is to be accepted, or to be found to hold nothing new. */
  allow(actor: Actor, update: Uint8Array, { kind = 'live' as Sent['kind'], as = 'accepted' } = {}): void {
    const { judged, findings } = this.scene.send(actor, update, kind)
    expect(judged.is === 'refused' ? judged : judged.is).toBe(as)
    expect(findings).toEqual([])
    this.#invariants()
  }

  /** Sends what is to be refused, and is then no part of the document. */
  refuse(actor: Actor, update: Uint8Array, code: RefusalCode, { kind = 'live' as Sent['kind'] } = {}): void {
    const before = Y.encodeStateAsUpdate(this.doc)
    const { judged, findings } = this.scene.send(actor, update, kind)
    expect(judged.is === 'refused' ? judged.code : judged.is).toBe(code)
    expect(findings).toEqual([])
    expect(Y.encodeStateAsUpdate(this.doc)).toEqual(before)
    this.#invariants()
  }

  /** The type that stands under some keys. */
  type(path: string): Y.Map<unknown> | Y.Text {
    const [root = '', ...keys] = path.split('/')
    let type: unknown = this.doc.getMap(root)
    for (const key of keys) type = type instanceof Y.Map ? type.get(key) : undefined
    if (!(type instanceof Y.Map || type instanceof Y.Text)) throw new Error(`There is no type at ${path}`)
    return type
  }

  /** The unit that a type is. */
  unitOf(path: string): Unit {
    const item = this.type(path)._item
    if (!item) throw new Error(`${path} is a root`)
    return item.id
  }

  /** The units of a text, in their order. */
  units(path: string): readonly Unit[] {
    const units: Unit[] = []
    for (let item = this.type(path)._start; item !== null; item = item.right)
      for (let n = 0; n < item.length; n++) units.push({ client: item.id.client, clock: item.id.clock + n })
    return units
  }

  /** The unit that was written last under a key. */
  keyUnit(path: string): Unit {
    const at = path.lastIndexOf('/')
    const item = this.type(path.slice(0, at))._map.get(path.slice(at + 1))
    if (!item) throw new Error(`There is nothing at ${path}`)
    return item.lastId
  }

  /** [112] Nothing is pending, everything hangs together, others and a reload have the same, and it can be asked for. */
  #invariants(): void {
    const { pendingStructs, pendingDs } = this.doc.store
    expect([pendingStructs, pendingDs]).toEqual([null, null])
    expect(this.scene.lookAtAll()).toEqual([])
    const clocks = Y.decodeStateVector(Y.encodeStateVector(this.doc))
    for (const [client, clock] of clocks) expect(Y.getState(this.doc.store, client)).toBe(clock)
  }
}

/** Deletes units, each on its own. */
export function deletionsOf(...units: readonly Unit[]): readonly Deletion[] {
  const clients = new Set(units.map(({ client }) => client))
  return [...clients].map((client) => ({
    client,
    ranges: units
      .filter((unit) => unit.client === client)
      .map(({ clock }) => [clock, 1] as const)
      .sort(([a], [b]) => a - b),
  }))
}

/** A note, as our client adds it. */
export function noteBy(id: string, author: PersonId | null, text: string, phase: PhaseId = 'gaps') {
  return addNote({ id: id as NoteId, phase, author, at: 1, text, order: 'a0', under: null })
}

function board(): Uint8Array {
  const server = new Y.Doc()
  server.clientID = SERVER
  writeSchema(server, 'board', null)
  noteBy('n3', null, 'Nobody’s own words')(server)
  const notes = [
    [TOMASZ, 'n1', 'We wait 🙂 for parts', 'gaps'],
    [INES, 'n2', 'Nobody knows 👩‍💻 whom to ask', 'gaps'],
    [TOMASZ, 'n4', 'Name one owner', 'actions'],
    [MAREN, 'n5', 'They call us first', 'ideal'],
    [INES, 'n6', 'Removed by Ines', 'gaps'],
  ] as const
  for (const [actor, id, text, phase] of notes) {
    const doc = reloaded(server)
    doc.clientID = EARLIER.find(([each]) => each === actor)?.[1] ?? 0
    noteBy(id, actor.person, text, phase)(doc)
    if (id === 'n6') doc.getMap<Y.Map<unknown>>('notes').get(id)?.set('removed', true)
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
  }
  return Y.encodeStateAsUpdate(server)
}

/** A notebook with a draft, and with a ballot in the place of another one that a second tab had begun. */
function notebook(): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 101
  doc.getMap('drafts').set(
    'd1',
    new Y.Map<unknown>([
      ['phase', 'gaps'],
      ['author', TOMASZ.person],
      ['at', 1],
      ['text', new Y.Text('A draft')],
      ['place', [null, 'a0']],
      ['under', null],
      ['removed', false],
      ['ready', true],
    ]),
  )
  const other = reloaded(doc)
  other.clientID = 102
  for (const [each, target] of [
    [doc, 'n1'],
    [other, 'n2'],
  ] as const)
    each.getMap('ballots').set('r1', new Y.Map([['0', target]]))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  return Y.encodeStateAsUpdate(doc)
}
