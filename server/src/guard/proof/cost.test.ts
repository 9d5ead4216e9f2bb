import { LIMITS } from '@quintet/shared/limits'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DECIDING } from './beginnings.fixture.ts'
import { type Range, type Struct, spellUpdate, type Unit } from './bytes.fixture.ts'
import { INES, TOMASZ } from './scene.fixture.ts'
import { Table } from './table.fixture.ts'

/**
 * What is written to cost much. Refusing it is not enough: it has to be refused before it has cost much, which the guard
 * counts in steps, so that these tests need no clock. That they end at all is part of what they say.
 */

/** Two people write in turn, so that no two things of a history merge. */
function inTurn(table: Table, times: number, write: (doc: Y.Doc, nth: number) => void): void {
  const pair = [table.replica(TOMASZ), table.replica(INES)] as const
  table.scene.byServer((server) => {
    for (let nth = 0; nth < times; nth++) {
      const [one, other] = nth % 2 === 0 ? pair : ([pair[1], pair[0]] as const)
      const before = Y.encodeStateVector(one)
      write(one, nth)
      const update = Y.encodeStateAsUpdate(one, before)
      Y.applyUpdate(other, update, 'relayed')
      Y.applyUpdate(server, update, 'relayed')
    }
  })
}

const note = (doc: Y.Doc) => doc.getMap<Y.Map<unknown>>('notes').get('n1')
const value = (nth: number) => ({ is: 'any', values: [[null, `a${nth % 10}`]] }) as const
const x = { is: 'string', text: 'x' } as const

/** Runs of a text by two people in turn: each letter is a run of its own. */
function longText(): Table {
  const table = new Table('board', DECIDING)
  inTurn(table, 1_500, (doc, nth) => {
    const text = note(doc)?.get('text')
    if (text instanceof Y.Text) text.insert(nth % (text.length + 1), 'x')
  })
  return table
}

/** What an update comes to when each of many client ids writes once at the same place. */
function byMany(table: Table, clients: number, struct: (nth: number) => Struct): Uint8Array {
  const sections = Array.from({ length: clients }, (_, nth) => ({
    client: table.scene.clientOf(TOMASZ),
    clock: 0,
    structs: [struct(nth)],
  }))
  return spellUpdate({ sections, deletions: [] })
}

describe('an update that is to cost much', () => {
  it('writes beside the long history of one key, under as many ids as one may have', () => {
    const table = new Table('board', DECIDING)
    inTurn(table, 3_000, (doc, nth) => note(doc)?.set('place', [null, `a${nth % 10}`]))
    const parent = table.unitOf('notes/n1')
    const clients = LIMITS.newClientIdsPerHour - 5
    const beside = byMany(table, clients, (nth) => ({ parent, key: 'place', content: value(nth) }))
    const { judged, findings } = table.scene.send(TOMASZ, beside)
    expect(findings).toEqual([])
    expect(['accepted', 'refused']).toContain(judged.is)
    expect(table.scene.lookAtAll()).toEqual([])
  })

  it('writes beside the history of one key more often than people do at once', () => {
    const table = new Table('board', DECIDING)
    inTurn(table, 3_000, (doc, nth) => note(doc)?.set('place', [null, `a${nth % 10}`]))
    const history: Unit[] = []
    const { _map } = table.type('notes/n1')
    for (let item = _map.get('place') ?? null; item !== null; item = item.left) history.push(item.lastId)
    const update = table.spell(TOMASZ, () =>
      Array.from({ length: 3_000 }, (_, nth): Struct => ({ origin: history[nth + 1], content: value(nth) })),
    )
    const { judged } = table.scene.send(TOMASZ, update)
    expect(['ambiguous', 'bad-origin', 'too-costly']).toContain(judged.is === 'refused' ? judged.code : judged.is)
  })

  it('puts words at one place of a long text as if written apart, thousands of times', () => {
    const table = longText()
    const units = table.units('notes/n1/text')
    const update = table.spell(TOMASZ, () =>
      Array.from(
        { length: 10_000 },
        (_, nth): Struct => ({ origin: units[nth % 1_000], right: units[1_001], content: x }),
      ),
    )
    const { judged } = table.scene.send(TOMASZ, update)
    expect(['bad-origin', 'too-costly', 'too-big']).toContain(judged.is === 'refused' ? judged.code : judged.is)
  })

  it('puts words over the whole of a long text, under as many ids as one may have', () => {
    const table = longText()
    const parent = table.unitOf('notes/n1/text')
    const update = byMany(table, LIMITS.newClientIdsPerHour - 5, () => ({ parent, content: x }))
    const { findings } = table.scene.send(TOMASZ, update)
    expect(findings).toEqual([])
    expect(table.scene.lookAtAll()).toEqual([])
  })

  it('deletes every unit of a long history one by one, known ones too', () => {
    const table = longText()
    const clock = Y.getState(table.doc.store, 101)
    const every = Array.from({ length: clock }, (_, at): Range => [at, 1])
    table.refuse(TOMASZ, spellUpdate({ sections: [], deletions: [{ client: 101, ranges: every }] }), 'forbidden')
  })

  it('claims ranges without end', () => {
    const table = new Table('board', DECIDING)
    const ranges = Array.from({ length: 60_000 }, (_, at): Range => [at, 1])
    table.refuse(TOMASZ, spellUpdate({ sections: [], deletions: [{ client: 101, ranges }] }), 'pre-delete')
  })
})
