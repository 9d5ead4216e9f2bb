import { placeDot } from '@quintet/shared/ballotEdits'
import { bringBackNote, moveNote, newPlan, removeNote, targetText } from '@quintet/shared/edits'
import type { NoteId, RoundId } from '@quintet/shared/ids'
import type { Actor } from '@quintet/shared/rules'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DECIDING } from './beginnings.fixture.ts'
import { spellUpdate } from './bytes.fixture.ts'
import { entryStructs, fieldsOf } from './entries.fixture.ts'
import { NOW } from './policy.fixture.ts'
import { INES, MAREN, OLA, TOMASZ } from './scene.fixture.ts'
import { deletionsOf, GROUPING, noteBy, Table } from './table.fixture.ts'

/**
 * The conformance suite of the guard, first half: what an honest client does, and what a member tries who keeps to Yjs.
 * Numbers are those of the guard's list of cases; after every one of them the invariants [112] hold, see {@link Table}.
 * Votes of that list are slots of a ballot here, its `stage` is every path that the server alone writes, and removing is a
 * flag: deleting from a map is refused for everybody.
 */

const words = (id: string) => (doc: Y.Doc) => {
  const text = targetText(doc, { of: 'note', id: id as NoteId })
  if (!text) throw new Error(`There is no note ${id}`)
  return text
}
const entry = (doc: Y.Doc, id: string, root = 'notes') => {
  const found = doc.getMap<Y.Map<unknown>>(root).get(id)
  if (!found) throw new Error(`There is no ${root}/${id}`)
  return found
}
const type = (id: string, insert: string) => (doc: Y.Doc) => words(id)(doc).insert(3, insert)
const set = (id: string, key: string, value: unknown) => (doc: Y.Doc) => entry(doc, id).set(key, value)
const any = (value: unknown) => ({ is: 'any', values: [value] }) as const
const n = (id: string) => id as NoteId

describe('what an honest client does is taken', () => {
  it('[1] a member adds a note of their own', () => {
    const table = new Table('board', DECIDING)
    table.allow(TOMASZ, table.edit(TOMASZ, noteBy('new', TOMASZ.person, 'Fresh 🙂')))
  })

  it('[1] a member adds an action with its plan, and a group of notes', () => {
    const table = new Table('board', DECIDING)
    table.allow(TOMASZ, table.edit(TOMASZ, noteBy('new', TOMASZ.person, 'Do it', 'actions')))
    expect(table.doc.getMap('plan').has('new')).toBe(true)
  })

  it('[2] a member edits the text of their own note, and an emoji in it stays whole', () => {
    const table = new Table()
    table.allow(TOMASZ, table.edit(TOMASZ, type('n1', '👩‍💻')))
    expect(words('n1')(table.doc).toString()).toBe('We 👩‍💻wait 🙂 for parts')
  })

  it('[3] a member moves a note of somebody else where places are open', () => {
    const table = new Table()
    table.allow(TOMASZ, table.edit(TOMASZ, moveNote(n('n2'), { group: null, order: 'a5' })))
  })

  it('[4] a member removes their own note, by its flag', () => {
    const table = new Table()
    table.allow(TOMASZ, table.edit(TOMASZ, removeNote(n('n1'))))
  })

  it('[5] nobody writes what is the server’s alone, not even a facilitator: the stage is changed by commands', () => {
    const table = new Table()
    table.refuse(
      MAREN,
      table.edit(MAREN, (doc) => doc.getMap('stage').set('state', 'closed')),
      'unknown-root',
    )
  })

  it('[6] a facilitator removes a note of somebody else', () => {
    const table = new Table()
    table.allow(MAREN, table.edit(MAREN, removeNote(n('n2'))))
  })

  it('[7] a full state with everybody’s structs and the whole delete set holds nothing new', () => {
    const table = new Table()
    table.allow(TOMASZ, table.edit(TOMASZ, type('n1', 'x')))
    table.allow(INES, Y.encodeStateAsUpdate(table.doc), { kind: 'resync', as: 'empty' })
  })

  it('[8] a full state with one’s own new edit on top is taken', () => {
    const table = new Table()
    const replica = table.replica(TOMASZ)
    type('n1', 'again ')(replica)
    table.allow(TOMASZ, Y.encodeStateAsUpdate(replica), { kind: 'resync' })
    expect(words('n1')(table.doc).toString()).toContain('again ')
  })

  it('[9] an observer’s full state holds nothing new', () => {
    const table = new Table()
    table.allow(OLA, Y.encodeStateAsUpdate(table.doc), { kind: 'resync', as: 'empty' })
  })

  it('[10] a member brings back their own note that they removed', () => {
    const table = new Table()
    table.allow(TOMASZ, table.edit(TOMASZ, removeNote(n('n1'))))
    table.allow(TOMASZ, table.edit(TOMASZ, bringBackNote(n('n1'))))
  })

  it('[11] words that a member wrote offline into their own note, which a facilitator removed meanwhile', () => {
    const table = new Table()
    const update = table.edit(TOMASZ, type('n1', 'offline '))
    table.allow(MAREN, table.edit(MAREN, removeNote(n('n1'))))
    table.allow(TOMASZ, update)
  })

  it('[12] an offline burst: thirty moves, words typed and deleted, a new note that was removed again', () => {
    const table = new Table('board', DECIDING)
    const update = table.edit(TOMASZ, (doc) => {
      for (let nth = 0; nth < 30; nth++) moveNote(n('n1'), { group: null, order: `a${nth % 10}` })(doc)
      words('n1')(doc).insert(0, 'typed and gone')
      words('n1')(doc).delete(0, 14)
      noteBy('brief', TOMASZ.person, 'Never mind')(doc)
      removeNote(n('brief'))(doc)
    })
    table.allow(TOMASZ, update)
  })

  it('[13] two members move one note at the same moment', () => {
    const table = new Table()
    const one = table.edit(TOMASZ, moveNote(n('n1'), { group: null, order: 'a7' }))
    const other = table.edit(INES, moveNote(n('n1'), { group: null, order: 'a8' }))
    table.allow(INES, other)
    table.allow(TOMASZ, one)
  })

  it('[14] a second client id of one’s own that the address named; one that it did not name is foreign', () => {
    const table = new Table()
    table.allow(TOMASZ, table.edit(TOMASZ, type('n1', 'phone '), table.scene.clientOf(TOMASZ)))
    table.refuse(TOMASZ, table.edit(TOMASZ, type('n1', 'phone '), 77_777), 'foreign-client')
  })

  it('[14] a draft and a ballot in the place of others, as a second tab begins them, with all that goes with these', () => {
    const table = new Table('notebook')
    const update = table.edit(TOMASZ, (doc) => {
      doc.getMap('ballots').set('r1', new Y.Map([['0', 'n3']]))
      const like = Object.entries(entry(doc, 'd1', 'drafts').toJSON())
      doc.getMap('drafts').set('d1', new Y.Map<unknown>([...like, ['text', new Y.Text('Anew')]]))
    })
    table.allow(TOMASZ, update)
  })
})

describe('what the rules do not allow is refused', () => {
  it('[15] a member cannot say what a draft of theirs became: the server alone does', () => {
    const table = new Table('notebook')
    table.refuse(
      TOMASZ,
      table.edit(TOMASZ, (doc) => entry(doc, 'd1', 'drafts').set('became', 'n1')),
      'forbidden',
    )
  })

  it('[15] a member cannot take away what became of a draft by another draft in its place, nor by a deletion', () => {
    const table = new Table('notebook')
    table.scene.byServer((doc) => entry(doc, 'd1', 'drafts').set('became', 'n1'))
    const fields = fieldsOf('drafts', TOMASZ.person)
    const origin = table.keyUnit('drafts/d1')
    const update = table.spell(TOMASZ, (at) => {
      const [map, ...rest] = entryStructs('drafts', 'd1', fields, at)
      return map ? [{ ...map, origin }, ...rest] : rest
    })
    table.refuse(TOMASZ, update, 'forbidden')
    const deletions = deletionsOf(table.keyUnit('drafts/d1/became'))
    table.refuse(TOMASZ, spellUpdate({ sections: [], deletions }), 'forbidden')
  })

  it('[16] a member cannot delete a phase by the delete set alone', () => {
    const table = new Table()
    const deletions = deletionsOf(table.keyUnit('notes/n1/phase'))
    table.refuse(TOMASZ, spellUpdate({ sections: [], deletions }), 'forbidden')
  })

  it('[17] a member cannot delete a phase by a deleted struct in its place', () => {
    const table = new Table()
    const origin = table.keyUnit('notes/n1/phase')
    table.refuse(
      TOMASZ,
      table.spell(TOMASZ, () => [{ origin, content: { is: 'deleted', length: 1 } }]),
      'forbidden',
    )
  })

  it('[18] a member cannot write a new key beside what the server says of the document', () => {
    const table = new Table()
    table.refuse(
      TOMASZ,
      table.edit(TOMASZ, (doc) => doc.getMap('about').set('x', 1)),
      'unknown-root',
    )
  })

  it('[19] a member cannot edit others’ words where the step does not open them', () => {
    const table = new Table()
    table.refuse(TOMASZ, table.edit(TOMASZ, type('n2', 'x')), 'forbidden')
  })

  it('[20] a member cannot delete one character of others’ words', () => {
    const table = new Table()
    table.refuse(
      TOMASZ,
      table.edit(TOMASZ, (doc) => words('n2')(doc).delete(0, 1)),
      'forbidden',
    )
  })

  it.each([
    ['a member', TOMASZ],
    ['its author', INES],
    ['a facilitator', MAREN],
  ] as const)('[21] %s cannot delete a note from the map, nor can a member remove another’s', (_, actor) => {
    const table = new Table('board', DECIDING)
    table.refuse(
      actor,
      table.edit(actor, (doc) => doc.getMap('notes').delete('n2')),
      'forbidden',
    )
    table.refuse(TOMASZ, table.edit(TOMASZ, removeNote(n('n2'))), 'forbidden')
  })

  it('[22] a member cannot put a note of their own in the place of another’s', () => {
    const table = new Table('board', DECIDING)
    table.refuse(
      TOMASZ,
      table.edit(TOMASZ, (doc) => {
        doc.getMap('notes').delete('n2')
        noteBy('n2', TOMASZ.person, 'Mine')(doc)
      }),
      'forbidden',
    )
  })

  it('[23] nor by hand: no origin, the root named, no delete set', () => {
    const table = new Table('board', DECIDING)
    const update = table.spell(TOMASZ, () => [{ parent: 'notes', key: 'n2', content: { is: 'type', type: 1 } }])
    table.refuse(TOMASZ, update, 'forbidden')
  })

  it('[22] a member cannot put another text in the place of one in which they may write', () => {
    const table = new Table('board', DECIDING)
    table.refuse(TOMASZ, table.edit(TOMASZ, set('n1', 'text', new Y.Text('mine'))), 'forbidden')
  })

  it('[24] a member cannot change the author of their own note', () => {
    const table = new Table('board', DECIDING)
    table.refuse(TOMASZ, table.edit(TOMASZ, set('n1', 'author', INES.person)), 'forbidden')
  })

  it('[25] a member cannot delete the author of their own note', () => {
    const table = new Table('board', DECIDING)
    table.refuse(
      TOMASZ,
      table.edit(TOMASZ, (doc) => entry(doc, 'n1').delete('author')),
      'forbidden',
    )
  })

  it('[26] a member cannot delete a field by a write that loses to it and a delete set', () => {
    const table = new Table('board', DECIDING)
    const parent = table.unitOf('notes/n1')
    const update = table.spell(
      TOMASZ,
      () => [{ parent, key: 'place', content: any([null, 'a9']) }],
      // The id under which the field was written: it must have known what it overwrites.
      { client: 101, deletions: deletionsOf(table.keyUnit('notes/n1/place')) },
    )
    table.refuse(TOMASZ, update, 'bad-origin')
  })

  it('[26] nor by one that loses because of the client id alone', () => {
    const table = new Table('board', DECIDING)
    const parent = table.unitOf('notes/n1')
    const update = table.spell(TOMASZ, () => [{ parent, key: 'place', content: any([null, 'a9']) }], {
      client: table.scene.clientOf(TOMASZ, 50),
      deletions: deletionsOf(table.keyUnit('notes/n1/place')),
    })
    table.refuse(TOMASZ, update, 'forbidden')
    expect(table.type('notes/n1').toJSON()).toHaveProperty('place')
  })

  it('[27] a member cannot write a place and delete it in the same update', () => {
    const table = new Table('board', DECIDING)
    table.refuse(
      TOMASZ,
      table.edit(TOMASZ, (doc) => {
        set('n1', 'place', [null, 'a9'])(doc)
        entry(doc, 'n1').delete('place')
      }),
      'forbidden',
    )
  })

  it('[27] nor by hand, with the value still told', () => {
    const table = new Table('board', DECIDING)
    const client = table.scene.clientOf(TOMASZ)
    const origin = table.keyUnit('notes/n1/place')
    const deletions = deletionsOf({ client, clock: 0 })
    const update = table.spell(TOMASZ, () => [{ origin, content: any([null, 'a9']) }], { client, deletions })
    table.refuse(TOMASZ, update, 'forbidden')
  })

  it('[28] a member cannot add a note in the name of somebody else', () => {
    const table = new Table('board', DECIDING)
    table.refuse(TOMASZ, table.edit(TOMASZ, noteBy('new', INES.person, 'As if by Ines')), 'forbidden')
  })

  it('[28] nor in two names at once, of which the last is what is read', () => {
    const table = new Table('board', DECIDING)
    const names = { is: 'any', values: [TOMASZ.person, INES.person] } as const
    const fields = fieldsOf('notes', TOMASZ.person).map(
      ([key, content]) => [key, key === 'author' ? names : content] as const,
    )
    table.refuse(
      TOMASZ,
      table.spell(TOMASZ, (at) => entryStructs('notes', 'two', fields, at)),
      'forbidden',
    )
  })

  it.each(['author', 'phase', 'text', 'removed'])('[29] a member cannot add a note without its %s', (key) => {
    const table = new Table('board', DECIDING)
    table.refuse(
      TOMASZ,
      table.edit(TOMASZ, (doc) => {
        const whole: [string, unknown][] = [
          ['phase', 'gaps'],
          ['author', TOMASZ.person],
          ['at', 1],
          ['text', new Y.Text('x')],
          ['place', [null, 'a0']],
          ['under', null],
          ['removed', false],
        ]
        doc.getMap('notes').set('new', new Y.Map(whole.filter(([each]) => each !== key)))
      }),
      'incomplete',
    )
  })

  it('[30] a member cannot use the id of a note that somebody removed', () => {
    const table = new Table('board', DECIDING)
    const update = table.edit(TOMASZ, (doc) => {
      doc.getMap('notes').delete('n6')
      noteBy('n6', TOMASZ.person, 'Mine')(doc)
    })
    table.refuse(TOMASZ, update, 'forbidden')
  })

  it('[31] a member cannot edit their own note while its phase is locked', () => {
    const table = new Table('board', { ...GROUPING, locks: new Map([['gaps', NOW - 60_000]]) })
    table.refuse(TOMASZ, table.edit(TOMASZ, type('n1', 'x')), 'forbidden')
  })

  it('[31] nor begin the plan of an action that stands without one, while actions are locked', () => {
    const action = (doc: Y.Doc) => {
      const like = Object.entries(entry(doc, 'n4').toJSON())
      doc.getMap('notes').set('a9', new Y.Map<unknown>([...like, ['text', new Y.Text('Do it')]]))
    }
    const plan = (doc: Y.Doc) => doc.getMap('plan').set('a9', newPlan())
    const locked = new Table('board', { ...DECIDING, locks: new Map([['actions', NOW - 60_000]]) })
    locked.scene.byServer(action)
    locked.refuse(TOMASZ, locked.edit(TOMASZ, plan), 'forbidden')
    const open = new Table('board', DECIDING)
    open.scene.byServer(action)
    open.allow(TOMASZ, open.edit(TOMASZ, plan))
  })

  it('[32] an observer cannot add a note', () => {
    const table = new Table('board', DECIDING)
    table.refuse(OLA, table.edit(OLA, noteBy('new', null, 'x')), 'forbidden')
  })

  it('[32] nor can an observer write into a notebook, whatever opened it', () => {
    const table = new Table('notebook')
    table.refuse(
      OLA,
      table.edit(OLA, (doc) => entry(doc, 'd1', 'drafts').set('removed', true)),
      'forbidden',
    )
  })

  it('[33] an observer cannot delete by the delete set', () => {
    const table = new Table('board', DECIDING)
    const [unit] = table.units('notes/n1/text')
    table.refuse(OLA, spellUpdate({ sections: [], deletions: unit ? deletionsOf(unit) : [] }), 'forbidden')
  })

  it('[34] a member cannot vote where others could see it: a ballot has no place on the board', () => {
    const table = new Table()
    const vote = placeDot('r1' as RoundId, 3, n('n1'), (id) => id)
    table.refuse(TOMASZ, table.edit(TOMASZ, vote), 'unknown-root')
  })

  it('[35] a member cannot put into a slot what no id is, nor use a slot that no budget has', () => {
    const table = new Table('notebook')
    const slot = (key: string, value: unknown) => (doc: Y.Doc) => entry(doc, 'r1', 'ballots').set(key, value)
    table.allow(TOMASZ, table.edit(TOMASZ, slot('1', 'n2')))
    table.refuse(TOMASZ, table.edit(TOMASZ, slot('1', 99)), 'invalid')
    table.refuse(TOMASZ, table.edit(TOMASZ, slot('20', 'n2')), 'unknown-path')
    table.refuse(TOMASZ, table.edit(TOMASZ, slot('01', 'n2')), 'unknown-path')
  })
})

describe('what no rule names has no place', () => {
  const by = (actor: Actor, edit: (doc: Y.Doc) => void) => {
    const table = new Table('board', DECIDING)
    return { table, update: table.edit(actor, edit) }
  }

  it.each([['elsewhere'], ['ballots'], ['kudos'], ['']])('[36] a root that no rule names, like "%s"', (root) => {
    const { table, update } = by(TOMASZ, (doc) => doc.getMap(root).set('x', 1))
    table.refuse(TOMASZ, update, 'unknown-root')
  })

  it.each(['__proto__', 'constructor', 'toString'])('[37] a root named like what every object has: %s', (root) => {
    const { table, update } = by(TOMASZ, (doc) => doc.getMap(root).set('x', 1))
    table.refuse(TOMASZ, update, 'unknown-root')
  })

  it('[38] a field that no note has', () => {
    const { table, update } = by(TOMASZ, set('n1', 'colour', 'red'))
    table.refuse(TOMASZ, update, 'unknown-path')
  })

  it('[38] a field that comes with a note, to one that came without it', () => {
    const table = new Table('board', DECIDING)
    table.scene.byServer((doc) => doc.getMap('notes').set('bare', new Y.Map([['phase', 'gaps']])))
    table.refuse(TOMASZ, table.edit(TOMASZ, set('bare', 'author', TOMASZ.person)), 'forbidden')
  })

  it.each(['../stage', 'a/b', '', 'x'.repeat(41)])('[39] a note under an id that is none, like "%s"', (id) => {
    const { table, update } = by(TOMASZ, noteBy(id, TOMASZ.person, 'x'))
    table.refuse(TOMASZ, update, 'unknown-path')
  })

  it.each(['__proto__', 'constructor', 'prototype'])('[40] a note under the id %s', (id) => {
    const table = new Table('board', DECIDING)
    const update = table.spell(TOMASZ, () => [{ parent: 'notes', key: id, content: { is: 'type', type: 1 } }])
    table.refuse(TOMASZ, update, 'unknown-path')
  })
})
