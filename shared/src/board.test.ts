import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import {
  type BoardRoot,
  boardEntry,
  boardRoot,
  emptyPlan,
  entryText,
  type GroupView,
  isDay,
  readBoard,
  readGroup,
  readNote,
  readPlan,
  resolveGroup,
  wallOf,
} from './board.ts'
import { addNote } from './edits.ts'
import type { GroupId, NoteId } from './ids.ts'
import { LIMITS } from './limits.ts'

/** A map as it stands in a document, with the values as given. */
function entry(values: Readonly<Record<string, unknown>>, root: BoardRoot = 'notes'): Y.Map<unknown> {
  const map = new Y.Map<unknown>(Object.entries(values))
  boardRoot(new Y.Doc(), root).set('n1', map)
  return map
}

const text = (words: string) => new Y.Text(words)
const sound = () => ({
  phase: 'gaps',
  author: 'maren',
  at: 5,
  text: text('Words'),
  place: ['g1', 'a0'],
  under: 'n0',
  removed: false,
})

/** What a foreign client may put in place of a value. */
const foreignValue = fc.oneof(
  fc.constantFrom(undefined, null, true, 0, -1, 1e300, '', 'gaps', '__proto__', 'a b', '2026-12-03', '2026-02-30'),
  fc.jsonValue(),
  fc.string({ maxLength: 120 }),
)

describe('reading a note', () => {
  it('reads a sound one', () => {
    expect(readNote('n1', entry(sound()))).toEqual({
      id: 'n1',
      phase: 'gaps',
      author: 'maren',
      at: 5,
      text: 'Words',
      group: 'g1',
      order: 'a0',
      under: 'n0',
      removed: false,
    })
  })

  it.each([
    ['no map', 'n1', 'text'],
    ['nothing', 'n1', undefined],
    ['a name that is no id', '__proto__', entry(sound())],
    ['no phase', 'n1', entry({ ...sound(), phase: 'nowhere' })],
    ['plain text', 'n1', entry({ ...sound(), text: 'Words' })],
    ['no text', 'n1', entry({ phase: 'gaps' })],
  ])('reads nothing from %s', (_, id, value) => {
    expect(readNote(id, value)).toBeUndefined()
  })

  it.each([
    ['author', 'a b', 'author', null],
    ['author', undefined, 'author', null],
    ['at', 'yesterday', 'at', 0],
    ['at', Number.NaN, 'at', 0],
    ['place', null, 'order', '~'],
    ['place', 'a0', 'order', '~'],
    ['place', [null, 'x'.repeat(LIMITS.orderKey + 1)], 'order', '~'],
    ['place', [{}, 'a0'], 'group', null],
    ['under', 7, 'under', null],
    ['removed', 'yes', 'removed', false],
  ] as const)('reads a bad %s (%j) as %s %j', (key, value, field, expected) => {
    expect(readNote('n1', entry({ ...sound(), [key]: value }))).toHaveProperty(field, expected)
  })
})

describe('reading a group and a plan', () => {
  it('reads sound ones', () => {
    const group = entry({ phase: 'gaps', name: text('Waiting'), order: 'a0', into: null, removed: true }, 'groups')
    expect(readGroup('g1', group)).toEqual({
      id: 'g1',
      phase: 'gaps',
      name: 'Waiting',
      order: 'a0',
      into: null,
      removed: true,
    })
    const owner = { person: 'maren' }
    const plan = { owner, due: '2026-12-03', status: 'doing', firstStep: text('Call'), measure: text('') }
    expect(readPlan('n1', entry(plan, 'plan'))).toEqual({ id: 'n1', ...plan, firstStep: 'Call', measure: '' })
  })

  it('reads a plan of which nothing is sound as an empty one', () => {
    const bad = { owner: 'maren', due: 'soon', status: 'later', firstStep: 'text', measure: 1 }
    expect(readPlan('n1', entry(bad, 'plan'))).toEqual(emptyPlan('n1' as NoteId))
    expect(readPlan('n1', entry({}, 'plan'))).toEqual(emptyPlan('n1' as NoteId))
  })

  it.each([
    [{ person: 'maren' }, { person: 'maren' }],
    [{ name: 'Hannah' }, { name: 'Hannah' }],
    [{ person: 'maren', more: 1 }, { person: 'maren' }],
    [{ person: 'a b', name: 'Hannah' }, { name: 'Hannah' }],
    [{ name: ' ' }, null],
    [{ name: 'x'.repeat(LIMITS.name + 1) }, null],
    [{ name: 1 }, null],
    ['maren', null],
    [['maren'], null],
    [null, null],
  ])('reads the owner %j as %j', (owner, expected) => {
    expect(readPlan('n1', entry({ owner }, 'plan'))?.owner).toEqual(expected)
  })

  it.each([
    ['2026-12-03', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-11-31', false],
    ['2026-13-01', false],
    ['2026-1-01', false],
    ['2026-12-03T10:00', false],
    [' 2026-12-03', false],
    ['', false],
    [20261203, false],
    [null, false],
  ])('takes %j for a day: %s', (value, expected) => {
    expect(isDay(value)).toBe(expected)
  })
})

describe('a whole board', () => {
  it('never throws, and shows the sound entries beside the bad ones', () => {
    const badEntry = fc.dictionary(
      fc.constantFrom('phase', 'text', 'name', 'place', 'under', 'owner', 'due', 'status', 'into', 'order', 'at'),
      foreignValue,
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 45 }), fc.oneof(foreignValue, badEntry))), (entries) => {
        const doc = new Y.Doc()
        for (const root of ['notes', 'groups', 'plan'] as const)
          for (const [id, value] of entries) {
            const plain = typeof value === 'object' && value !== null && !Array.isArray(value)
            // Whatever stands there, also what is no map at all.
            doc.getMap<unknown>(root).set(id, plain ? new Y.Map(Object.entries(value)) : value)
          }
        addNote({ id: 'sound' as NoteId, phase: 'actions', author: null, at: 0, text: '', order: 'a0', under: null })(
          doc,
        )
        const board = readBoard(doc)
        expect(board.notes.has('sound' as NoteId)).toBe(true)
        expect(board.plan.has('sound' as NoteId)).toBe(true)
        for (const view of [...board.notes.values(), ...board.groups.values(), ...board.plan.values()])
          expect(view.id).toMatch(/^[\w-]{1,40}$/)
      }),
    )
  })

  it('has its walls in order, without what was removed', () => {
    const doc = new Y.Doc()
    const add = (id: string, order: string, phase: 'gaps' | 'ideal' = 'gaps') =>
      addNote({ id: id as NoteId, phase, author: null, at: 0, text: id, order, under: null })(doc)
    add('b', 'a1')
    add('c', 'a0')
    add('a', 'a1')
    add('gone', 'Zz')
    add('other', 'a0', 'ideal')
    boardEntry(doc, 'notes', 'gone')?.set('removed', true)
    expect(wallOf(readBoard(doc), 'gaps').map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  })

  it('finds entries and texts only where there are some', () => {
    const doc = new Y.Doc()
    doc.getMap<unknown>('notes').set('n1', 'no map')
    expect(boardEntry(doc, 'notes', 'n1')).toBeUndefined()
    expect(boardEntry(doc, 'notes', 'n2')).toBeUndefined()
    expect(entryText(undefined, 'text')).toBeUndefined()
    expect(entryText(entry({ text: 'plain' }), 'text')).toBeUndefined()
  })
})

describe('the group that survives a merge', () => {
  const groupId = (name: string) => name as GroupId

  /** Look-ups that make a new view each time, as readers of a document do. */
  const groupsOf = (links: Readonly<Record<string, string | null>>, removed: readonly string[] = []) => {
    return (id: GroupId): GroupView | undefined => {
      const into = links[id]
      if (into === undefined) return undefined
      const rest = { phase: 'gaps', name: '', order: 'a0' } as const
      return { id, ...rest, into: into === null ? null : groupId(into), removed: removed.includes(id) }
    }
  }
  const survivor = (links: Record<string, string | null>, from: string, removed: readonly string[] = []) =>
    resolveGroup(groupId(from), groupsOf(links, removed))?.id

  it('is found along the chain', () => {
    expect(survivor({ a: 'b', b: 'c', c: null }, 'a')).toBe('c')
    expect(survivor({ a: null }, 'a')).toBe('a')
  })

  it('is none where the chain ends at nothing, or at what was removed', () => {
    expect(survivor({}, 'a')).toBeUndefined()
    expect(survivor({ a: 'b' }, 'a')).toBeUndefined()
    expect(survivor({ a: 'b', b: null }, 'a', ['b'])).toBeUndefined()
  })

  it('passes over removed groups on the way', () => {
    expect(survivor({ a: 'b', b: 'c', c: null }, 'a', ['b'])).toBe('c')
  })

  it('is the smallest of a cycle, from wherever one comes', () => {
    const links = { tail: 'c', c: 'a', a: 'b', b: 'c', self: 'self' }
    for (const from of ['tail', 'a', 'b', 'c']) expect(survivor(links, from)).toBe('a')
    expect(survivor(links, 'self')).toBe('self')
    expect(survivor(links, 'tail', ['a'])).toBeUndefined()
  })

  it('is the same for every group of a cycle, whatever the links', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names, null), { minLength: 6, maxLength: 6 }),
        fc.subarray(names),
        (targets, removed) => {
          const links = Object.fromEntries(names.map((name, at) => [name, targets[at] ?? null]))
          for (const name of names) {
            const into = links[name]
            const found = survivor(links, name, removed)
            if (into === null || into === undefined) expect(found).toBe(removed.includes(name) ? undefined : name)
            else expect(found).toBe(survivor(links, into, removed))
          }
        },
      ),
    )
  })
})
