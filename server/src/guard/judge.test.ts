import { placeDot } from '@quintet/shared/ballotEdits'
import { boardEntry, entryText } from '@quintet/shared/board'
import { addDraft } from '@quintet/shared/draftEdits'
import { addNote, bringBackNote, removeNote } from '@quintet/shared/edits'
import { groupNotes } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId, RoundId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type { PhaseId } from '@quintet/shared/phases'
import { lockedSince, pointOf, stageOf } from '@quintet/shared/workshop.fixture'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { encode } from './encode.ts'
import { Guarded, ines, maren, observer, outcomeOf, tomasz } from './guarded.fixture.ts'
import { Struct } from './structs.ts'

const n1 = 'n1' as NoteId
const n2 = 'n2' as NoteId
const round = 'r1' as RoundId

const note = (id: NoteId, author: PersonId | null, phase: PhaseId = 'actions') =>
  addNote({ id, phase, author, at: 1_800_000_000_000, text: 'Words 🙂', order: 'a0', under: null })
const groupOf = (id: string) => ({ id: id as GroupId, phase: 'ideal' as const, name: 'Kept', order: 'a0' })
const textOf = (doc: Y.Doc, id: string) => entryText(boardEntry(doc, 'notes', id), 'text') ?? new Y.Text()
const sameAs = (a: Y.Doc, b: Y.Doc) => {
  for (const root of ['notes', 'groups', 'plan', 'drafts', 'ballots', 'scripts'])
    expect(a.getMap(root).toJSON()).toEqual(b.getMap(root).toJSON())
}

describe('an update', () => {
  const words = (doc: Y.Doc) => textOf(doc, 'n1').insert(0, 'x')
  const place = (doc: Y.Doc) => boardEntry(doc, 'notes', 'n1')?.set('place', [null, 'b'])

  it.each([
    ['of words in one’s own note', tomasz, words, 'group', 'accepted'],
    ['of words in another’s note', ines, words, 'group', 'forbidden notes/n1/text'],
    ['of words in another’s note, while all are decided on', ines, words, 'decide', 'accepted'],
    ['of a place', ines, place, 'group', 'accepted'],
    ['of a place where notes stay', ines, place, 'share', 'forbidden notes/n1/place'],
    [
      'of who wrote it',
      tomasz,
      (doc: Y.Doc) => boardEntry(doc, 'notes', 'n1')?.set('author', null),
      'open',
      'forbidden notes/n1/author',
    ],
    ['of another note', ines, note(n2, ines.person), 'open', 'accepted'],
    ['of another note where none is added', ines, note(n2, ines.person), 'group', 'forbidden notes/n2'],
    ['of a note in another’s name', ines, note(n2, tomasz.person), 'open', 'forbidden notes/n2'],
    ['of a note in nobody’s name', ines, note(n2, null), 'open', 'forbidden notes/n2'],
    ['that removes another’s note', ines, removeNote(n1), 'open', 'forbidden notes/n1/removed'],
    ['that removes another’s note as a facilitator', maren, removeNote(n1), 'open', 'accepted'],
    ['of an observer', observer, words, 'open', 'forbidden'],
  ] as const)('%s is judged by the rules', (_, actor, edit, kind, outcome) => {
    const server = new Guarded()
    server.tab(tomasz).send(note(n1, tomasz.person))
    server.stage = stageOf({ at: pointOf('actions', kind) })
    expect(server.tab(actor).try(edit)).toBe(outcome)
  })

  it('adds a note at a time when the workshop was there, by clocks that are a day off at most', () => {
    const server = new Guarded()
    const created = 1_700_000_000_000
    const day = 24 * 60 * 60 * 1000
    server.stage = { ...server.stage, createdAt: created }
    const at = (time: number) => {
      const id = `at-${String(time).replace('-', '_')}` as NoteId
      const words = { phase: 'actions', author: tomasz.person, text: '', order: 'a0', under: null } as const
      return server.tab(tomasz).try(addNote({ ...words, id, at: time }))
    }
    for (const time of [created - day, created, server.now, server.now + day]) expect(at(time)).toBe('accepted')
    for (const time of [0, created - day - 1, server.now + day + 1, Number.MAX_SAFE_INTEGER])
      expect(at(time)).toBe(`invalid notes/at-${time}/at`)
    // Drafts are for oneself, and their times go nowhere.
    const book = new Guarded('notebook')
    book.stage = server.stage
    const draft = { id: n1, phase: 'actions', author: tomasz.person, at: 1, text: '', order: 'a', under: null } as const
    expect(book.tab(tomasz).try(addDraft({ ...draft, ready: true }))).toBe('accepted')
  })

  it('says why it was refused, as the rules do', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    server.stage = { ...server.stage, locks: lockedSince(server.now - 60_000, 'actions') }
    expect(tab.send(words)).toMatchObject([
      {
        is: 'refused',
        impossible: false,
        refusal: { code: 'forbidden', path: 'notes/n1/text', message: expect.stringContaining('Actions is locked') },
      },
    ])
  })

  it.each<[string, (doc: Y.Doc) => unknown, string]>([
    [
      'a value of another shape',
      (doc) => boardEntry(doc, 'notes', 'n1')?.set('removed', 'yes'),
      'invalid notes/n1/removed',
    ],
    [
      'a field that no note has',
      (doc) => boardEntry(doc, 'notes', 'n1')?.set('colour', 'red'),
      'unknown-path notes/n1/colour',
    ],
    ['a root of its own', (doc) => doc.getMap('mine').set('x', 1), 'unknown-root mine'],
    ['what the server says of the document', (doc) => doc.getMap('about').set('schema', 9), 'unknown-root about'],
    ['a name that is no id', (doc) => doc.getMap('notes').set('../x', new Y.Map()), 'unknown-path notes/../x'],
    ['a list where an entry stands', (doc) => doc.getMap('notes').set('x', new Y.Array()), 'wrong-kind'],
    ['a text where an entry stands', (doc) => doc.getMap('notes').set('x', new Y.Text()), 'wrong-kind notes/x'],
    ['a value where an entry stands', (doc) => doc.getMap('notes').set('x', 1), 'wrong-kind notes/x'],
    [
      'an entry where a value stands',
      (doc) => boardEntry(doc, 'notes', 'n1')?.set('place', new Y.Map()),
      'wrong-kind notes/n1/place',
    ],
    [
      'another text in the place of a text',
      (doc) => boardEntry(doc, 'notes', 'n1')?.set('text', new Y.Text('x')),
      'forbidden notes/n1/text',
    ],
    ['another note in the place of a note', (doc) => doc.getMap('notes').set('n1', new Y.Map()), 'forbidden notes/n1'],
    [
      'something that hides behind a text',
      (doc) => textOf(doc, 'n1').setAttribute('x', 1),
      'wrong-kind notes/n1/text/x',
    ],
    ['something in a text that is no letter', (doc) => textOf(doc, 'n1').insertEmbed(0, { x: 1 }), 'wrong-kind'],
    ['a format', (doc) => textOf(doc, 'n1').format(0, 1, { bold: true }), 'wrong-kind'],
    ['a deletion of a value', (doc) => boardEntry(doc, 'notes', 'n1')?.delete('place'), 'forbidden notes/n1/place'],
    ['a deletion of a note', (doc) => doc.getMap('notes').delete('n1'), 'forbidden notes/n1'],
    [
      'a note without its parts',
      (doc) => doc.getMap('notes').set('n2', new Y.Map([['phase', 'actions']])),
      'incomplete notes/n2/author',
    ],
    [
      'a text that is too long',
      (doc) => textOf(doc, 'n1').insert(0, 'x'.repeat(LIMITS.noteMerged)),
      'too-big notes/n1/text',
    ],
    ['a group under the id of a note', groupNotes(groupOf('n1'), []), 'forbidden groups/n1'],
    [
      'a note and a group under one id',
      (doc) => [note(n2, maren.person)(doc), groupNotes(groupOf('n2'), [])(doc)],
      'forbidden groups/n2',
    ],
    ['a plan of nothing', (doc) => doc.getMap('plan').set('x', new Y.Map()), 'incomplete plan/x/owner'],
  ])('with %s is refused', (_, edit, outcome) => {
    const server = new Guarded()
    const tab = server.tab(maren)
    tab.send(note(n1, maren.person))
    const before = Y.encodeStateAsUpdate(server.doc)
    expect(tab.try(edit)).toBe(outcome)
    expect(Y.encodeStateAsUpdate(server.doc)).toEqual(before)
  })

  it('may fill a text that is emptied by it', () => {
    const server = new Guarded()
    const tab = server.tab(maren)
    tab.send(note(n1, maren.person))
    tab.send((doc) => textOf(doc, 'n1').insert(0, 'x'.repeat(LIMITS.noteMerged - 20)))
    const anew = (doc: Y.Doc) => {
      textOf(doc, 'n1').delete(0, textOf(doc, 'n1').length)
      textOf(doc, 'n1').insert(0, 'y'.repeat(LIMITS.noteMerged))
    }
    expect(tab.try(anew)).toBe('accepted')
  })

  it('may fill a text up to what is kept elsewhere of it', () => {
    const server = new Guarded()
    const tab = server.tab(maren)
    tab.send(note(n1, maren.person))
    const { length } = textOf(server.doc, 'n1')
    server.beside.set('n1', { text: 100, firstStep: LIMITS.planFieldMerged })
    const left = LIMITS.noteMerged - length - 100
    expect(tab.try((doc) => textOf(doc, 'n1').insert(0, 'x'.repeat(left)))).toBe('accepted')
    expect(tab.try((doc) => textOf(doc, 'n1').delete(0, 1))).toBe('accepted')
    const firstStep = (doc: Y.Doc) => entryText(boardEntry(doc, 'plan', 'n1'), 'firstStep')?.insert(0, 'x')
    expect(tab.try(firstStep)).toBe('too-big plan/n1/firstStep')
    const full = server.tab(maren)
    expect(full.try((doc) => textOf(doc, 'n1').insert(0, 'xx'))).toBe('too-big notes/n1/text')
  })

  it('touches only so many notes whose words are kept elsewhere', () => {
    const server = new Guarded()
    const ids = Array.from({ length: LIMITS.binnedPerUpdate + 1 }, (_, nth) => `n${nth}` as NoteId)
    const author = server.tab(maren)
    for (const id of ids) author.send(note(id, maren.person))
    const each = (edit: (id: NoteId, doc: Y.Doc) => unknown) => {
      return server.tab(maren).try((doc) => {
        for (const id of ids) edit(id, doc)
      })
    }
    const type = () => each((id, doc) => textOf(doc, id).insert(0, 'x'))
    for (const id of ids.slice(1)) server.beside.set(id, { text: 1 })
    // Twice in one note is once.
    expect([type(), each((id, doc) => [removeNote(id)(doc), textOf(doc, id).insert(0, 'x')])]).toEqual([
      'accepted',
      'accepted',
    ])
    server.beside.set('n0', { text: 1 })
    expect([type(), each((id, doc) => bringBackNote(id)(doc))]).toEqual(['too-costly', 'too-costly'])
  })

  it('[N7] may not replace a draft that the server said something of', () => {
    const draft = addDraft({
      id: n1,
      phase: 'actions',
      author: tomasz.person,
      at: 1,
      text: '',
      order: 'a',
      under: null,
      ready: true,
    })
    const server = new Guarded('notebook')
    const [late, first] = [server.tab(tomasz), server.tab(tomasz)]
    const [update = new Uint8Array()] = late.write(draft)
    first.send(draft)
    server.doc.getMap<Y.Map<unknown>>('drafts').get('n1')?.set('became', 'n9')
    // Which of two that were made at once stays is said by their client ids.
    const replaces = late.doc.clientID > first.doc.clientID
    expect(outcomeOf(server.take(tomasz, update))).toBe(replaces ? 'forbidden drafts/n1' : 'accepted')
    expect(server.doc.getMap<Y.Map<unknown>>('drafts').get('n1')?.get('became')).toBe('n9')
  })

  it('that writes into something that was replaced meanwhile leaves nothing behind', () => {
    const server = new Guarded('notebook')
    const [one, two] = [server.tab(tomasz), server.tab(tomasz)].sort((a, b) => a.doc.clientID - b.doc.clientID)
    if (!one || !two) throw new Error('No tabs.')
    const place = (target: NoteId) => placeDot(round, 5, target, (id) => id)
    const [later = new Uint8Array()] = two.write(place(n2))
    one.send(place(n1))
    server.take(tomasz, later)
    expect(one.send(place(n1)).map(outcomeOf)).toEqual(['accepted'])
    expect(server.doc.getMap('ballots').toJSON()).toEqual({ r1: { 0: 'n2' } })
    one.hear()
    sameAs(one.doc, server.doc)
  })

  it('comes under one’s own client ids alone', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    const updates = tab.write(note(n1, tomasz.person))
    expect(updates.map((update) => outcomeOf(server.take(ines, update)))).toEqual(['foreign-client'])
    expect(updates.map((update) => server.take(tomasz, update))).toMatchObject([{ clients: [tab.doc.clientID] }])
    expect(updates.map((update) => outcomeOf(server.take(ines, update)))).toEqual(['empty'])
    server.clients.saved(tab.doc.clientID)
    expect(tab.send(words)).toMatchObject([{ is: 'accepted', clients: [] }])
  })

  it('is judged by who wrote the note and where it stands now', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    server.stage = stageOf({ at: pointOf('actions', 'group') })
    expect(tab.try(words)).toBe('accepted')
    boardEntry(server.doc, 'notes', 'n1')?.set('author', ines.person)
    expect(tab.try(words)).toBe('forbidden notes/n1/text')
  })

  it('brings what is new of words of which the beginning is known', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    tab.send((doc) => textOf(doc, 'n1').insert(0, 'known'))
    tab.write((doc) => textOf(doc, 'n1').insert(5, ' and new'))
    expect(outcomeOf(server.take(tomasz, Y.encodeStateAsUpdate(tab.doc), 'resync'))).toBe('accepted')
    sameAs(server.doc, tab.doc)
  })

  it('cannot say other words of what is known, nor begin inside of a letter', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    tab.send((doc) => textOf(doc, 'n1').insert(8, 'known'))
    const client = tab.doc.clientID
    const clock = Y.getState(tab.doc.store, client)
    const again = (text: string) => {
      const struct = new Struct({ client, clock: clock - 5 }, text.length, null, null, { is: 'text', text })
      struct.root = 'about'
      return outcomeOf(server.take(tomasz, encode([{ client, structs: [struct], placed: 0 }], [])))
    }
    expect(again('????\u{1F600}')).toBe('malformed')
    expect(again('lies, all lies')).toBe('accepted')
    expect(textOf(server.doc, 'n1').toString()).toBe('Words \u{1F642}known all lies')
  })

  it('that hangs on old values of one key too often is refused', () => {
    const server = new Guarded()
    server.tab(tomasz).send(note(n1, tomasz.person))
    const parent = boardEntry(server.doc, 'notes', 'n1')?._item?.id ?? null
    const many = (count: number) => {
      const sections = Array.from({ length: count }, (_, nth) => {
        const client = 1_000 + nth
        server.clients.bind(client, tomasz.person, nth * 3_600_000, false)
        const struct = new Struct({ client, clock: 0 }, 1, null, null, { is: 'values', values: [[null, 'b']] })
        struct.parent = parent
        struct.key = 'place'
        return { client, structs: [struct], placed: 0 }
      })
      return outcomeOf(server.guard.judge({ actor: tomasz, kind: 'live', update: encode(sections, []) }))
    }
    expect([many(64), many(65)]).toEqual(['accepted', 'ambiguous notes/n1/place'])
  })

  it('that builds on what never came is refused, whosever it is', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    const [, second = new Uint8Array()] = tab.write((doc) => {
      note(n1, tomasz.person)(doc)
      words(doc)
    })
    expect(outcomeOf(server.take(tomasz, second))).toBe('gap')
    expect(outcomeOf(server.take(ines, second))).toBe('foreign-client')
  })

  it('is no larger than it may be', () => {
    const server = new Guarded()
    const bytes = (length: number) => outcomeOf(server.take(tomasz, new Uint8Array(length)))
    expect([bytes(LIMITS.updateBytes), bytes(LIMITS.updateBytes + 1)]).toEqual(['malformed', 'too-big'])
  })

  it('is refused where judging fails, with what failed', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    const [update = new Uint8Array()] = tab.write(words)
    server.stage = null as never
    const judgement = server.guard.judge({ actor: tomasz, kind: 'live', update })
    expect(judgement).toMatchObject({ is: 'refused', impossible: false, refusal: { code: 'fault' } })
    expect(judgement.is === 'refused' && judgement.fault).toBeInstanceOf(TypeError)
  })

  it('too many notes are one too many', () => {
    const server = new Guarded()
    const notes = server.doc.getMap('notes')
    server.doc.transact(() => {
      for (let nth = 0; nth < LIMITS.notesPerWorkshop; nth++) notes.set(`s${nth}`, new Y.Map())
    })
    expect(server.tab(tomasz).try(note(n1, tomasz.person))).toBe('too-big notes/n1')
  })
})
