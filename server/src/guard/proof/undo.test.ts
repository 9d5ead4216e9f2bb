import { targetText } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DECIDING } from './beginnings.fixture.ts'
import { lengthOf, type Struct, spellUpdate, type Unit } from './bytes.fixture.ts'
import { entryStructs, fieldsOf } from './entries.fixture.ts'
import { INES, TOMASZ } from './scene.fixture.ts'
import { noteBy, Table } from './table.fixture.ts'

/**
 * Undo. Across a container that was deleted and made anew it pairs neighbours that never stood together, and then documents
 * that hold the same can show it differently. Our client undoes inside of one text alone, and no container is ever made
 * anew: so every such pair is refused, also those that happen to do no harm.
 */

/** Words of one text by one author: each with the places, in that text, of the letters that it says it stands between. */
type Odd = readonly (readonly [words: string, left: number | null, right: number | null])[]

const ODD: readonly (readonly [name: string, words: Odd])[] = [
  [
    'the right neighbour is the left one, inside of one run: live and reloaded would differ',
    [
      ['pa', null, null],
      ['b', 1, 1],
      ['X', 1, 2],
    ],
  ],
  [
    'the same, where it would do no harm',
    [
      ['a', null, null],
      ['b', 0, 0],
    ],
  ],
  [
    'the right neighbour stands before the left one, in one run',
    [
      ['abcd', null, null],
      ['X', 2, 1],
    ],
  ],
  [
    'the right neighbour stands before the left one, in runs that never merge',
    [
      ['b', null, null],
      ['a', null, 0],
      ['X', 0, 1],
    ],
  ],
  [
    'their author’s own words stand between',
    [
      ['abc', null, null],
      ['X', 0, 2],
    ],
  ],
  [
    'their author’s own words stand between the left neighbour and the end',
    [
      ['abc', null, null],
      ['X', 0, null],
    ],
  ],
]

/** The structs of a new note, and of words in it whose neighbours are what they are told to be. */
function noteWith(at: Unit, words: Odd): readonly Struct[] {
  const fields = [...fieldsOf('notes', TOMASZ.person)].sort(([a], [b]) => Number(a === 'text') - Number(b === 'text'))
  const note = entryStructs('notes', 'odd', fields, at, '')
  const start = at.clock + note.reduce((sum, { content }) => sum + lengthOf(content), 0)
  const parent = { client: at.client, clock: start - 1 }
  const letter = (place: number | null) => (place === null ? undefined : { client: at.client, clock: start + place })
  return [
    ...note,
    ...words.map(
      ([text, left, right]): Struct => ({
        origin: letter(left),
        right: letter(right),
        parent,
        content: { is: 'string', text },
      }),
    ),
  ]
}

/** Half of the pair is where Yjs would have it, and half is inside of what stands there. */
const INSIDE: readonly (readonly [name: string, left: number | null, right: number | null])[] = [
  ['the last letter of a run, and one in the middle of the next run', 2, 4],
  ['no letter, and one in the middle of the first run', null, 1],
  ['a letter in the middle of a run, and a later one of it than the next', 0, 2],
]

describe('neighbours of which one is inside of what stands beside the other', () => {
  it.each(INSIDE)('are refused: %s', (_, left, right) => {
    const table = new Table('board', DECIDING)
    const [first, second] = [table.scene.clientOf(TOMASZ), table.scene.clientOf(INES)]
    table.allow(TOMASZ, table.edit(TOMASZ, noteBy('runs', TOMASZ.person, '')))
    const parent = table.unitOf('notes/runs/text')
    const words = (text: string, origin?: Unit, right?: Unit): readonly Struct[] => [
      { parent, origin, right, content: { is: 'string', text } },
    ]
    table.allow(
      TOMASZ,
      table.spell(TOMASZ, () => words('abc'), { client: first }),
    )
    table.allow(
      INES,
      table.spell(INES, () => words('def', { client: first, clock: 2 }), { client: second }),
    )
    const letters = table.units('notes/runs/text')
    const letter = (place: number | null) => (place === null ? undefined : letters[place])
    table.refuse(
      TOMASZ,
      table.spell(TOMASZ, () => words('x', letter(left), letter(right))),
      'bad-origin',
    )
  })
})

describe('pairs that only undo across a container could make', () => {
  it.each(ODD)('are refused: %s', (_, words) => {
    const table = new Table('board', DECIDING)
    table.refuse(
      TOMASZ,
      table.spell(TOMASZ, (at) => noteWith(at, words)),
      'bad-origin',
    )
  })

  it.each(ODD)('are refused when the words came before them: %s', (_, words) => {
    const table = new Table('board', DECIDING)
    const client = table.scene.clientOf(TOMASZ)
    const all = noteWith({ client, clock: 0 }, words)
    const last = all.slice(-1)
    const before = all.slice(0, -1)
    const isOddBefore = words.slice(0, -1).some(([, left, right]) => left !== null && left === right)
    if (isOddBefore) return
    table.allow(
      TOMASZ,
      table.spell(TOMASZ, () => before, { client }),
    )
    table.refuse(
      TOMASZ,
      table.spell(TOMASZ, () => last, { client }),
      'bad-origin',
    )
  })

  it('are no part of what a first pair is: words put between two letters that stand together', () => {
    const table = new Table('board', DECIDING)
    const words: Odd = [
      ['ad', null, null],
      ['b', 0, 1],
      ['c', 2, 1],
      ['e', 1, null],
    ]
    table.allow(
      TOMASZ,
      table.spell(TOMASZ, (at) => noteWith(at, words)),
    )
    expect(targetText(table.doc, { of: 'note', id: 'odd' as NoteId })?.toString()).toBe('abcde')
  })
})

describe('five structs whose order would depend on which came first', () => {
  const [ONE, TWO, THREE] = [11, 22, 33] as const
  const at = (client: number, clock: number): Unit => ({ client, clock })
  const struct = (text: string, origin?: Unit, right?: Unit): Struct => ({
    origin,
    right,
    parent: 'text',
    content: { is: 'string', text },
  })
  const updates = {
    a: [ONE, 0, struct('a')],
    b: [TWO, 0, struct('b', at(ONE, 0))],
    c: [ONE, 1, struct('c', at(ONE, 0))],
    d: [TWO, 1, struct('d', undefined, at(TWO, 0))],
    e: [THREE, 0, struct('e', at(ONE, 0))],
  } as const satisfies Record<string, readonly [number, number, Struct]>

  it('part plain documents', () => {
    const read = (order: readonly (keyof typeof updates)[]) => {
      const doc = new Y.Doc()
      for (const name of order) {
        const [client, clock, each] = updates[name]
        Y.applyUpdate(doc, spellUpdate({ sections: [{ client, clock, structs: [each] }], deletions: [] }))
      }
      return doc.getText('text').toString()
    }
    const orders = [
      ['a', 'b', 'c', 'd', 'e'],
      ['a', 'b', 'd', 'c', 'e'],
      ['a', 'e', 'b', 'd', 'c'],
      ['a', 'b', 'd', 'e', 'c'],
      ['a', 'e', 'c', 'b', 'd'],
      ['a', 'c', 'e', 'b', 'd'],
    ] as const
    expect(new Set(orders.map(read)).size).toBeGreaterThan(1)
  })

  it('are four: the one whose author must have seen what stands between its neighbours is refused', () => {
    const table = new Table('board', DECIDING)
    table.allow(TOMASZ, table.edit(TOMASZ, noteBy('five', TOMASZ.person, '')))
    const parent = table.unitOf('notes/five/text')
    const [one, two] = [table.scene.clientOf(TOMASZ), table.scene.clientOf(INES)]
    const put = (actor: typeof TOMASZ, client: number, text: string, origin?: Unit, right?: Unit) =>
      table.spell(actor, () => [{ parent, origin, right, content: { is: 'string', text } }], { client })
    table.allow(TOMASZ, put(TOMASZ, one, 'a'))
    table.allow(INES, put(INES, two, 'b', at(one, 0)))
    table.allow(TOMASZ, put(TOMASZ, one, 'c', at(one, 0)))
    table.refuse(INES, put(INES, two, 'd', undefined, at(two, 0)), 'bad-origin')
    table.allow(TOMASZ, put(TOMASZ, table.scene.clientOf(TOMASZ), 'e', at(one, 0)))
  })
})

describe('undo inside of one text', () => {
  it('is taken, with what was deleted, brought back and written around it meanwhile', () => {
    const table = new Table('board', DECIDING)
    const [mine, other] = [table.replica(TOMASZ), table.replica(INES)]
    const words = (doc: Y.Doc) => targetText(doc, { of: 'note', id: 'n1' as NoteId }) as Y.Text
    const undo = new Y.UndoManager(words(mine), { captureTimeout: 0, trackedOrigins: new Set(['mine']) })
    const send = (actor: typeof TOMASZ, from: Y.Doc, to: Y.Doc) => {
      const update = Y.encodeStateAsUpdate(from, Y.encodeStateVector(table.doc))
      table.allow(actor, update)
      Y.applyUpdate(to, update, 'relayed')
    }
    const steps: readonly (() => void)[] = [
      () => mine.transact(() => words(mine).delete(1, 4), 'mine'),
      () => undo.undo(),
      () => mine.transact(() => words(mine).insert(2, 'XY'), 'mine'),
      () => mine.transact(() => words(mine).delete(0, 5), 'mine'),
      () => undo.undo(),
      () => undo.undo(),
      () => undo.redo(),
      () => undo.undo(),
    ]
    for (const [nth, step] of steps.entries()) {
      step()
      send(TOMASZ, mine, other)
      words(other).insert(nth, '🙂')
      send(INES, other, mine)
    }
    expect(words(mine).toString()).toBe(words(table.doc).toString())
  })
})
