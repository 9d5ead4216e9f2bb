import { boardEntry, entryText } from '@quintet/shared/board'
import { addNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { encode } from './encode.ts'
import { Guarded, ines, maren, outcomeOf, tomasz } from './guarded.fixture.ts'
import { type Id, Struct } from './structs.ts'

const n1 = 'n1' as NoteId
const textOf = (doc: Y.Doc) => entryText(boardEntry(doc, 'notes', n1), 'text') ?? new Y.Text()
const note = (text: string) =>
  addNote({ id: n1, phase: 'actions', author: maren.person, at: 1, text, order: 'a', under: null })

/** All units of a text in their order, with those that were deleted. */
function unitsOf(doc: Y.Doc): readonly string[] {
  const units: string[] = []
  for (let item = textOf(doc)._start; item !== null; item = item.right)
    for (let unit = 0; unit < item.length; unit++)
      units.push(`${item.id.client}:${item.id.clock + unit}${item.deleted ? '-' : ''}`)
  return units
}

const reloaded = (doc: Y.Doc) => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

const turn = fc.record({
  who: fc.nat(3),
  what: fc.constantFrom('insert', 'insert', 'insert', 'delete', 'undo', 'redo', 'send', 'resynchronise'),
  at: fc.nat(40),
  words: fc.constantFrom('a', 'bc', '\u{1F600}', 'longer words'),
})

describe('the order of letters', () => {
  it('is what Yjs makes of it: nobody who writes at one place with others is ever refused', () => {
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 60 }), (turns) => {
        const server = new Guarded()
        server.tab(maren).send(note('words to begin with'))
        const tabs = [tomasz, tomasz, ines, maren].map((actor) => server.tab(actor))
        const undos = tabs.map(({ doc }) => new Y.UndoManager(textOf(doc), { captureTimeout: 0 }))
        for (const { who, what, at, words } of turns) {
          const tab = tabs[who] ?? server.tab(maren)
          const text = textOf(tab.doc)
          const from = at % (text.length + 1)
          if (what === 'insert') tab.write(() => text.insert(from, words))
          else if (what === 'delete') tab.write(() => text.delete(from, Math.min(2, text.length - from)))
          else if (what === 'undo') undos[who]?.undo()
          else if (what === 'redo') undos[who]?.redo()
          else {
            expect(['accepted', 'empty']).toContain(outcomeOf(tab.resynchronise()))
            if (what === 'resynchronise') tab.hear()
          }
        }
        for (const tab of tabs) expect(['accepted', 'empty']).toContain(outcomeOf(tab.resynchronise()))
        for (const tab of tabs) {
          tab.hear()
          expect(unitsOf(tab.doc)).toEqual(unitsOf(server.doc))
        }
        expect(unitsOf(reloaded(server.doc))).toEqual(unitsOf(server.doc))
        for (const undo of undos) undo.destroy()
      }),
      { numRuns: 60 },
    )
  })
})

describe('neighbours that nobody honest can have seen beside one another', () => {
  const [A, B, C, D] = [11, 22, 33, 44]
  type Written = readonly [
    client: number,
    clock: number,
    left: readonly [number, number] | null,
    right: readonly [number, number] | null,
  ]
  const idOf = (unit: readonly [number, number] | null): Id | null => unit && { client: unit[0], clock: unit[1] }

  /** Writes single letters in a text in which nobody wrote, each as one update. @returns what became of each. */
  function write(server: Guarded, written: readonly Written[]): readonly string[] {
    const parent = textOf(server.doc)._item?.id ?? null
    for (const client of [A, B, C, D]) server.clients.bind(client, tomasz.person, 0, false)
    return written.map(([client, clock, left, right]) => {
      const struct = new Struct({ client, clock }, 1, idOf(left), idOf(right), { is: 'text', text: 'x' })
      if (left === null && right === null) struct.parent = parent
      return outcomeOf(server.take(tomasz, encode([{ client, structs: [struct], placed: 0 }], [])))
    })
  }

  it.each<[string, readonly Written[]]>([
    [
      'the right one before the left one',
      [
        [A, 0, null, null],
        [A, 1, [A, 0], null],
        [B, 0, [A, 1], [A, 0]],
      ],
    ],
    [
      'one that is both',
      [
        [A, 0, null, null],
        [B, 0, [A, 0], [A, 0]],
      ],
    ],
    [
      'two with one’s own letter between',
      [
        [A, 0, null, null],
        [A, 1, [A, 0], null],
        [A, 2, [A, 1], null],
        [A, 3, [A, 0], [A, 2]],
      ],
    ],
    [
      'the edges of a text in which one wrote',
      [
        [A, 0, null, null],
        [A, 1, null, null],
      ],
    ],
    [
      'two with a letter between that one of them hangs on',
      [
        [A, 0, null, null],
        [B, 0, [A, 0], null],
        [A, 1, [A, 0], null],
        [B, 1, null, [B, 0]],
      ],
    ],
  ])('are refused: %s', (_, written) => {
    const server = new Guarded()
    server.tab(maren).send(note(''))
    const outcomes = write(server, written)
    expect(outcomes.slice(0, -1).every((outcome) => outcome === 'accepted')).toBe(true)
    expect(outcomes.at(-1)).toBe('bad-origin notes/n1/text')
  })

  it('are taken where what stands between came from somebody whom one had not heard', () => {
    const server = new Guarded()
    server.tab(maren).send(note(''))
    expect(
      write(server, [
        [A, 0, null, null],
        [A, 1, [A, 0], null],
        [B, 0, [A, 0], [A, 1]],
        [C, 0, [A, 0], [A, 1]],
        [D, 0, null, null],
        [D, 1, null, [D, 0]],
      ]),
    ).toEqual(Array(6).fill('accepted'))
    expect(unitsOf(reloaded(server.doc))).toEqual(unitsOf(server.doc))
  })
})
