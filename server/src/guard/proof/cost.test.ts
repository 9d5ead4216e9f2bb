import { LIMITS } from '@quintet/shared/limits'
import { describe, it } from 'vitest'
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
  const written: Uint8Array[] = []
  pair.forEach((doc, at) => {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'relayed') return
      written.push(update)
      Y.applyUpdate(pair[1 - at] ?? doc, update, 'relayed')
    })
  })
  for (let nth = 0; nth < times; nth++) write(pair[nth % 2] ?? pair[0], nth)
  table.scene.byServer((server) => Y.applyUpdate(server, Y.mergeUpdates(written), 'relayed'))
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

describe('an update that is to cost much', { timeout: 120_000 }, () => {
  it('writes beside the long history of one key, under as many ids as one may have', () => {
    const table = new Table('board', DECIDING)
    inTurn(table, 3_000, (doc, nth) => note(doc)?.set('place', [null, `a${nth % 10}`]))
    const parent = table.unitOf('notes/n1')
    const clients = LIMITS.newClientIdsPerHour - 5
    const beside = byMany(table, clients, (nth) => ({ parent, key: 'place', content: value(nth) }))
    table.refuse(TOMASZ, beside, 'too-costly')
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
    table.refuse(TOMASZ, update, 'bad-origin')
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
    table.refuse(TOMASZ, update, 'bad-origin')
  })

  it('puts words over the whole of a long text, under as many ids as one may have, which honest people could', () => {
    const table = longText()
    const parent = table.unitOf('notes/n1/text')
    const update = byMany(table, LIMITS.newClientIdsPerHour - 5, () => ({ parent, content: x }))
    table.allow(TOMASZ, update)
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
