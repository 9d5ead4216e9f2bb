import { RHYTHM_AGENDA } from '@quintet/shared/agenda'
import { readBoard } from '@quintet/shared/board'
import { moveNote } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { readDrafts } from '@quintet/shared/notebook'
import { CLOSE, MESSAGE, type Presence } from '@quintet/shared/protocol'
import { readStage } from '@quintet/shared/stage'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Browser, startQuintet } from '../quintet.fixture.ts'
import { enterWrite } from '../testing/enterWrite.ts'
import { Participant } from '../testing/participant.ts'
import { NOTHING_NEW, presenceMessage, syncMessage } from '../testing/rawSocket.ts'
import { codeOf, command, moveTo, step, writeDraft } from '../testing/rhythm.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { watchBoard } from '../testing/sound.ts'
import { until } from '../testing/until.ts'

/*
 * The conformance cases about presence, whose documents are, commands, and whatever else may be said on a socket. Case
 * 112 is held after each test here and in the files beside this one, by the one who watches.
 */

const scene = setScene()
const watch = watchBoard(scene)
const [F, P, Q] = ['person-0', 'person-1', 'person-2']
const AT_N1: Presence = { editing: { id: 'n1' as NoteId, field: 'text' } }
const withNote = { write: (board: Y.Doc) => void note('n1')(board) }

/** P on a bare socket, and Q, of whom everybody has heard. */
async function twoPeople() {
  await watch.start(withNote)
  const q = scene.enter(Q)
  await q.synced()
  q.say(AT_N1)
  const heard = () => watch.tab.hears(q.doc.clientID)
  await until('Q is heard', () => heard()?.editing?.id === 'n1')
  const p = scene.raw(P, 'board', { client: 11 })
  await p.opened
  /** What P says next is relayed after what they said before: it would be heard too. */
  const relayed = async () => {
    p.send(presenceMessage([[11, 1, AT_N1]]))
    await until('P is heard', () => watch.tab.hears(11) !== undefined)
  }
  return { p, q: q.doc.clientID, heard, relayed }
}

const Q_AT_N1 = { ...AT_N1, person: Q, observer: false }

describe('presence', () => {
  test('96. P, speaks for Q’s client id: dropped silently, and Q is heard as before', async () => {
    const { p, q, heard, relayed } = await twoPeople()
    p.send(presenceMessage([[q, 1_000, { editing: null, person: P }]]))
    await relayed()
    expect(heard()).toEqual(Q_AT_N1)
    await p.fence()
  })

  test('97. P, says that Q left: dropped silently', async () => {
    const { p, q, heard, relayed } = await twoPeople()
    p.send(presenceMessage([[q, 1_000, null]]))
    await relayed()
    expect(heard()).toEqual(Q_AT_N1)
    await p.fence()
  })

  test('98. P, says to be the facilitator: relayed as P', async () => {
    const { p } = await twoPeople()
    p.send(presenceMessage([[11, 1, { ...AT_N1, person: F, observer: true, name: 'Maren', role: 'facilitator' }]]))
    await until('P is heard', () => watch.tab.hears(11) !== undefined)
    expect(watch.tab.hears(11)).toEqual({ ...AT_N1, person: P, observer: false })
  })

  test('99. P, a megabyte, ten thousand entries, invalid JSON: closed or dropped, and nobody hears of it', async () => {
    const { q, heard } = await twoPeople()
    const many = Array.from({ length: 10_000 }, (_, index) => [100_000 + index, 1, { editing: null }] as const)
    const said: [Uint8Array, string][] = [
      [presenceMessage([[11, 1, { editing: 'x'.repeat(1024 * 1024) }]]), 'tooBig'],
      [presenceMessage([...many, ...many]), 'tooBig'],
      [presenceMessage([[11, 1, 'no JSON']]), 'malformed'],
    ]
    for (const [message, close] of said) {
      const p = scene.raw(P, 'board', { client: 11 })
      await p.opened
      p.send(message)
      expect(await p.closed).toBe(close)
    }
    const crowd = scene.raw(P, 'board', { client: 11 })
    await crowd.opened
    crowd.send(presenceMessage([...many.slice(0, 5_000), [11, 1, AT_N1]]))
    await until('P is heard', () => watch.tab.hears(11) !== undefined)
    expect(heard()).toEqual(Q_AT_N1)
    const others = [...watch.tab.provider.awareness.getStates().keys()]
    expect(others.toSorted()).toEqual([11, q, watch.tab.doc.clientID].toSorted())
  })
})

describe('whose documents', () => {
  test('106. P, another’s notebook: closed, and a notebook is opened by its own seat alone', async () => {
    const { origin, port } = await startQuintet()
    const [maren, kofi, ines] = [new Browser(origin), new Browser(origin), new Browser(origin)]
    const created = await maren.create()
    const seatOf = async (browser: Browser, name: string) =>
      (await browser.join(created, created.keys.member, name)).json.person.id as string
    const [kofis, ineses] = [await seatOf(kofi, 'Kofi'), await seatOf(ines, 'Ines')]
    const open = (browser: Browser, seat: string) => {
      const headers = { cookie: `quintet=${browser.cookie}` }
      return new Participant({ port, workshop: created.workshop, document: 'notebook', seat, headers })
    }
    const own = open(ines, ineses)
    await own.synced()
    writeDraft(own, 'secret')
    await own.saved()
    for (const browser of [kofi, maren]) {
      const forger = open(browser, ineses)
      await until('the forger is turned away', () => forger.closes.length > 0)
      expect(forger.closes).toEqual([CLOSE.unknownSeat.code])
      expect(forger.doc.store.clients.size).toBe(0)
      forger.leave()
    }
    const kofisOwn = open(kofi, kofis)
    await kofisOwn.synced()
    expect(readDrafts(kofisOwn.doc)).toEqual([])
    for (const tab of [own, kofisOwn]) tab.leave()
  })

  test('107. P, writes in their notebook after the reveal: allowed, and it stays a draft', async () => {
    const { books, reveal, landed, notes } = await enterWrite(scene)
    const [book] = books
    writeDraft(book, 'd1')
    await book.saved()
    await reveal()
    await landed(1)
    writeDraft(book, 'd2')
    await book.saved()
    expect(book.refusals).toEqual([])
    expect(readDrafts(book.doc).find(({ id }) => id === 'd2')).toMatchObject({ became: null, ready: true })
    expect(notes().map(({ text }) => text)).toEqual(['words of d1'])
  })
})

describe('commands', () => {
  test('108. F, reveals twice, from two tabs, with a restart in between: each draft exactly once', async () => {
    const { rig, clock, stage, books, words, at, landed } = await enterWrite(scene)
    writeDraft(books[0], 'd1')
    writeDraft(books[1], 'd2')
    await Promise.all(books.map((book) => book.saved()))
    const other = scene.enter(F, 'stage')
    await other.synced()
    const [write, share] = [step('principles', 1), step('principles', 2)]
    // Both begin the same countdown.
    for (const tab of [stage, other]) expect(codeOf(await tab.command(moveTo(write, share)))).toBe('ok')
    clock.forward(3_000)
    await at()
    await landed(2)
    await rig.restart()
    await stage.back()
    expect(codeOf(await stage.command(moveTo(write, share)))).toBe('stale')
    expect(words()).toEqual(['words of d1', 'words of d2'])
    const room = await rig.rooms.open(rig.workshop)
    expect(await room.read(({ board }) => readBoard(board).notes.size)).toBe(2)
  })

  test('109. P and O, a command of the facilitator’s: refused by role, and nothing changes', async () => {
    const rig = await watch.start({ agenda: RHYTHM_AGENDA })
    const [from, to] = [step('principles', 1), step('principles', 2)]
    for (const seat of [P, OBSERVER_SEAT]) {
      const tab = scene.enter(seat, 'stage')
      await tab.synced()
      expect(codeOf(await tab.command(moveTo(from, to)))).toBe('forbidden')
      const lock = command({ name: 'lock phase', phase: 'principles', locked: true })
      expect(codeOf(await tab.command(lock))).toBe('forbidden')
      expect(readStage(tab.doc)?.at).toEqual(from)
    }
    expect((await rig.rooms.open(rig.workshop)).stage.locks).toEqual({})
  })
})

describe('whatever else is said', () => {
  test('110. an unknown type, nothing, text, three megabytes: closed, and the server lives', async () => {
    await watch.start(withNote)
    const said: [Uint8Array | string, string | number][] = [
      [new Uint8Array([99, 1, 2, 3]), 'malformed'],
      [new Uint8Array([MESSAGE.sync, 7, 0]), 'malformed'],
      [new Uint8Array(), 'malformed'],
      ['words', 'malformed'],
      [syncMessage('step2', new Uint8Array(3 * 1024 * 1024)), 1009],
    ]
    for (const [message, close] of said) {
      const p = scene.raw(P, 'board', { client: 11 })
      await p.opened
      p.socket.send(message)
      expect(await p.closed).toBe(close)
    }
    const p = scene.enter(P)
    await p.synced()
    note('n2')(p.doc)
    await p.saved()
  })

  test('111. P, says more than is read: read later, and once it is hopeless closed, while others go on', async () => {
    await watch.start()
    const p = scene.raw(P, 'board', { client: 11 })
    const q = scene.enter(Q)
    await Promise.all([p.opened, q.synced()])
    p.send(syncMessage('step2', NOTHING_NEW))
    await until('P is live', () => p.marked === 1)
    const burst = (LIMITS.updatesPerSecond * LIMITS.burst) / 1_000
    const nothing = syncMessage('update', NOTHING_NEW)
    for (let count = 0; count < 20_000; count++) p.send(nothing)
    expect(await p.closed).toBe('tooMuch')
    // More than a burst is never taken at once, however much was sent.
    expect(p.marked).toBeLessThan(4 * burst)
    note('n2', 'others go on', Q)(q.doc)
    await q.saved()
    expect(q.closes).toEqual([])
  })

  test('112. any, all of it at once: nothing pends, a reload equals what is live, all peers are equal', async () => {
    await watch.start(withNote)
    const [p, q] = [scene.enter(P), scene.enter(Q)]
    await Promise.all([p.synced(), q.synced()])
    const doc = new Y.Doc()
    const hostile = scene.raw(F, 'board', { client: doc.clientID })
    await hostile.opened
    hostile.send(syncMessage('step2', NOTHING_NEW))
    note('n2')(p.doc)
    note('f1', 'a gap before it', F)(doc)
    const known = Y.encodeStateVector(doc)
    note('f2', 'after the gap', F)(doc)
    hostile.send(syncMessage('update', Y.encodeStateAsUpdate(doc, known)))
    note('n3', 'words', Q)(q.doc)
    note('n4', 'in another’s name', P)(q.doc)
    moveNote('n2' as NoteId, { group: null, order: 'a7' })(p.doc)
    await Promise.all([until('Q is refused', () => q.refusals.length > 0), p.saved()])
    expect(await hostile.refused()).toBe('gap')
    await until('the rest is seen', () => readBoard(watch.tab.doc).notes.get('n2' as NoteId)?.order === 'a7')
    expect([...readBoard(watch.tab.doc).notes.keys()].toSorted()).toEqual(['n1', 'n2', 'n3'])
  })
})
