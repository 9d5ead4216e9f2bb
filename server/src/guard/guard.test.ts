import { placeDot, takeDotBack } from '@quintet/shared/ballotEdits'
import { boardEntry, entryText } from '@quintet/shared/board'
import { addNote, hangNote, moveNote, removeNote, setOwner, setStatus } from '@quintet/shared/edits'
import { groupNotes, mergeGroups, splitGroup } from '@quintet/shared/groupEdits'
import type { GroupId, NoteId, PersonId, RoundId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { GRACE } from '@quintet/shared/moves'
import type { PhaseId } from '@quintet/shared/phases'
import { lockedSince } from '@quintet/shared/workshop.fixture'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { encode } from './encode.ts'
import { Guarded, ines, outcomeOf, tomasz } from './guarded.fixture.ts'

const n1 = 'n1' as NoteId
const n2 = 'n2' as NoteId
const g1 = 'g1' as GroupId
const g2 = 'g2' as GroupId
const round = 'r1' as RoundId

const note = (id: NoteId, author: PersonId | null, phase: PhaseId = 'actions') =>
  addNote({ id, phase, author, at: 1_800_000_000_000, text: 'Words 🙂', order: 'a0', under: null })
const textOf = (doc: Y.Doc, id: string) => entryText(boardEntry(doc, 'notes', id), 'text') ?? new Y.Text()
const sameAs = (a: Y.Doc, b: Y.Doc) => {
  for (const root of ['notes', 'groups', 'plan', 'drafts', 'ballots', 'scripts'])
    expect(a.getMap(root).toJSON()).toEqual(b.getMap(root).toJSON())
}

describe('honest edits', () => {
  it('are taken as they happen, and again as nothing new', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    const edits = [
      note(n1, tomasz.person),
      note(n2, tomasz.person),
      moveNote(n1, { group: null, order: 'a1' }),
      moveNote(n1, { group: null, order: 'a2' }),
      hangNote(n1, n2, 'a3'),
      setOwner(n1, { person: ines.person }),
      setStatus(n1, 'doing'),
      groupNotes({ id: g1, phase: 'actions', name: 'Group', order: 'b' }, [
        [n1, 'a'],
        [n2, 'b'],
      ]),
      groupNotes({ id: g2, phase: 'actions', name: 'Other', order: 'c' }, []),
      mergeGroups(g1, g2),
      splitGroup(g2, [[n1, 'c']]),
      removeNote(n2),
      (doc: Y.Doc) => textOf(doc, n1).insert(3, 'x'),
      (doc: Y.Doc) => textOf(doc, n1).delete(2, 3),
      (doc: Y.Doc) => textOf(doc, n1).insert(0, '\u{1F600}'),
    ]
    for (const edit of edits) expect(tab.send(edit).map(outcomeOf)).toEqual(['accepted'])
    expect(outcomeOf(tab.resynchronise())).toBe('empty')
    expect(outcomeOf(server.take(tomasz, Y.encodeStateAsUpdate(tab.doc), 'resync'))).toBe('empty')
    sameAs(server.doc, tab.doc)
    expect(Y.encodeStateAsUpdate(server.doc)).toEqual(Y.encodeStateAsUpdate(tab.doc))
  })

  it('are taken together after a time without network', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    const other = server.tab(ines)
    other.send(moveNote(n1, { group: null, order: 'z' }))
    other.send((doc) => textOf(doc, n1).insert(2, 'other'))
    tab.write((doc) => {
      for (let turn = 0; turn < 50; turn++) {
        moveNote(n1, { group: null, order: `a${turn}` })(doc)
        textOf(doc, n1).insert(turn % 5, 'mine')
        if (turn % 3 === 0) textOf(doc, n1).delete(turn % 4, 2)
        if (turn === 20) note(n2, tomasz.person)(doc)
        if (turn > 20) hangNote(n2, turn % 2 === 0 ? n1 : null)(doc)
      }
    })
    expect(outcomeOf(tab.resynchronise())).toBe('accepted')
    tab.hear()
    other.hear()
    sameAs(server.doc, tab.doc)
    sameAs(server.doc, other.doc)
  })

  it('[N1][N8] of two tabs that begin the same entry at once both are taken', () => {
    for (let turn = 0; turn < 20; turn++) {
      const server = new Guarded('notebook')
      const [one, two] = [server.tab(tomasz), server.tab(tomasz)]
      const place = (target: NoteId) => placeDot(round, 5, target, (id) => id)
      one.write(place(n1))
      two.write(place(n2))
      two.write(takeDotBack(round, 5, n2, (id) => id))
      expect([one, two].map((tab) => outcomeOf(tab.resynchronise()))).toEqual(['accepted', 'accepted'])
      one.hear()
      two.hear()
      for (const tab of [one, two]) expect(['accepted', 'empty']).toContain(outcomeOf(tab.resynchronise()))
      expect(one.send(place(n2)).map(outcomeOf)).toEqual(['accepted'])
      two.hear()
      sameAs(one.doc, server.doc)
      sameAs(two.doc, server.doc)
    }
  })
})

describe('grace', () => {
  it.each(['live', 'resync'] as const)(
    '[P11] is counted from when something came, not from when it is judged: %s',
    (kind) => {
      const server = new Guarded()
      const tab = server.tab(tomasz)
      tab.send(note(n1, tomasz.person))
      const locked = server.now
      server.stage = { ...server.stage, locks: lockedSince(locked, 'actions') }
      const [update = new Uint8Array()] = tab.write((doc) => textOf(doc, 'n1').insert(0, 'x'))
      server.now += 60_000
      const judge = (at: number) => {
        const arrival = { actor: tomasz, kind, update, at }
        return outcomeOf(kind === 'live' ? server.guard.judge(arrival) : server.guard.examine(arrival).judge())
      }
      expect([locked - 60_000, locked, locked + GRACE].map(judge)).toEqual(Array(3).fill('accepted'))
      expect(judge(locked + GRACE + 1)).toBe('forbidden notes/n1/text')
    },
  )
})

describe('what is accepted', () => {
  it('says what is new and nothing else', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    tab.send((doc) => textOf(doc, 'n1').delete(0, 3))
    tab.hear()
    const [added = new Uint8Array()] = tab.write((doc) => textOf(doc, 'n1').insert(0, 'new'))
    const [deleted = new Uint8Array()] = tab.write((doc) => textOf(doc, 'n1').delete(4, 1))
    const judgement = server.guard.judge({ actor: tomasz, kind: 'resync', update: Y.encodeStateAsUpdate(tab.doc) })
    // Clocks, neighbours and letters of the two edits, and no deletion that was known.
    expect(judgement.is === 'accepted' && judgement.update.length).toBe(Y.mergeUpdates([added, deleted]).length)
  })

  it('is what it means to plain Yjs, for updates that write to many places', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    const plain = new Y.Doc()
    tab.doc.on('update', (update: Uint8Array) => Y.applyUpdate(plain, update))
    for (let nth = 0; nth < 12; nth++) tab.send(note(`n${nth}` as NoteId, tomasz.person))
    const all = (doc: Y.Doc) => {
      for (let nth = 0; nth < 12; nth++) {
        const id = `n${nth}` as NoteId
        textOf(doc, id).delete(nth % 3, 2)
        textOf(doc, id).insert(nth % 4, 'x')
        moveNote(id, { group: null, order: `b${nth}` })(doc)
        moveNote(id, { group: null, order: `c${nth}` })(doc)
        if (nth % 2 === 0) hangNote(id, n1)(doc)
      }
    }
    expect(tab.try(all)).toBe('accepted')
    expect(Y.encodeStateAsUpdate(server.doc)).toEqual(Y.encodeStateAsUpdate(plain))
  })

  it.each<[string, readonly (readonly [from: number, to: number])[], string]>([
    ['units that its own client has not written', [[0, 1000]], 'pre-delete'],
    ['units between what is known and nothing', [[500, 501]], 'pre-delete'],
  ])('never deletes %s', (_, ranges, outcome) => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    tab.send(note(n1, tomasz.person))
    const [update = new Uint8Array()] = tab.write((doc) => textOf(doc, 'n1').insert(0, 'x'))
    const withOwn = Y.mergeUpdates([update, encode([], [{ client: tab.doc.clientID, ranges }])])
    expect(outcomeOf(server.take(tomasz, withOwn))).toBe(outcome)
    for (const client of [tab.doc.clientID, 12345])
      expect(outcomeOf(server.take(tomasz, encode([], [{ client, ranges }])))).toBe(outcome)
  })
})

describe('an examination', () => {
  const many = (doc: Y.Doc) =>
    doc.transact(() => {
      for (let nth = 0; nth < 500; nth++) note(`m${nth}` as NoteId, tomasz.person)(doc)
    })

  it('comes to what judging comes to, in parts', () => {
    const [server, twin] = [new Guarded(), new Guarded()]
    const tab = server.tab(tomasz)
    twin.clients.bind(tab.doc.clientID, tomasz.person, 0, false)
    many(tab.doc)
    textOf(tab.doc, 'm3').delete(0, 3)
    const update = Y.encodeStateAsUpdate(tab.doc)
    const examination = twin.guard.examine({ actor: tomasz, kind: 'resync', update })
    let parts = 1
    while (!examination.step()) parts++
    expect(parts).toBeGreaterThan(3)
    const judgement = examination.judge()
    expect(outcomeOf(judgement)).toBe('accepted')
    expect(judgement).toEqual(server.guard.judge({ actor: tomasz, kind: 'resync', update }))
  })

  it('knows what came between its parts', () => {
    const server = new Guarded()
    const tab = server.tab(tomasz)
    const other = server.tab(ines)
    const updates = tab.write(many)
    const examination = server.guard.examine({ actor: tomasz, kind: 'resync', update: Y.encodeStateAsUpdate(tab.doc) })
    examination.step()
    for (const update of updates) server.take(tomasz, update)
    other.hear()
    other.send((doc) => textOf(doc, 'm3').delete(0, 3))
    expect(examination.judge()).toEqual({ is: 'empty' })
  })

  it.each([
    ['malformed', Uint8Array.from([0, 0, 0])],
    ['too-big', new Uint8Array(LIMITS.resyncBytes + 1)],
  ])('ends with a refusal that is %s, and does not fail', (code, update) => {
    const examination = new Guarded().guard.examine({ actor: tomasz, kind: 'resync', update })
    expect(examination.step()).toBe(true)
    expect(examination.step()).toBe(true)
    expect(outcomeOf(examination.judge())).toBe(code)
  })
})
