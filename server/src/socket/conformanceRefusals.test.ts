import { boardEntry, entryText, readBoard } from '@quintet/shared/board'
import { addNote, moveNote, transact, writeText } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { MESSAGE, SYNC } from '@quintet/shared/protocol'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { handClock } from '../testing/handClock.ts'
import type { Participant } from '../testing/participant.ts'
import { NOTHING_KNOWN, NOTHING_NEW, syncMessage } from '../testing/rawSocket.ts'
import { codeOf, command } from '../testing/rhythm.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { watchBoard } from '../testing/sound.ts'
import { until } from '../testing/until.ts'

/* The conformance cases about what becomes of a connection after a refusal, and of long work offline. */

const scene = setScene()
const watch = watchBoard(scene)
const [F, P, Q] = ['person-0', 'person-1', 'person-2']

const notesIn = (doc: Y.Doc) => [...readBoard(doc).notes.keys()].toSorted()
const textIn = (doc: Y.Doc, id: string) => entryText(boardEntry(doc, 'notes', id), 'text')

/** A note in somebody else’s name: an honest client never writes it, and the rules refuse it. */
const forged = (id: string) => note(id, 'forged words', Q)

const codesOf = (tab: Participant) => tab.refusals.map(({ code }) => code)

describe('after a refusal', () => {
  test('100. P, writes on: ignored and not counted, while they go on hearing', async () => {
    const { store } = await watch.start()
    const [p, q] = [scene.enter(P), scene.enter(Q)]
    await Promise.all([p.synced(), q.synced(), p.saved()])
    const { marked } = p
    forged('n1')(p.doc)
    await until('it is refused', () => p.refusals.length > 0)
    const appends = store.appends.length
    note('n2')(p.doc)
    moveNote('n2' as NoteId, { group: null, order: 'a3' })(p.doc)
    // Heard after it: had something of it been taken, it would be there too.
    note('n3', 'others go on', Q)(q.doc)
    await until('it is heard', () => readBoard(p.doc).notes.has('n3' as NoteId))
    expect(codesOf(p)).toEqual(['forbidden'])
    expect(p.marked).toBe(marked)
    expect(p.closes).toEqual([])
    expect(notesIn(q.doc)).toEqual(['n3'])
    expect(store.appends.slice(appends).flatMap(({ updates }) => updates)).toHaveLength(1)
  })

  test('100. a refused update leaves no byte in any frame to others, and none on disk', async () => {
    const { store, workshop } = await watch.start()
    const reader = scene.raw(F)
    await reader.opened
    reader.send(syncMessage('step1', NOTHING_KNOWN))
    const p = scene.enter(P)
    await p.synced()
    transact(p.doc, () => {
      note('honest', 'honest words')(p.doc)
      forged('n1')(p.doc)
    })
    await until('it is refused', () => p.refusals.length > 0)
    const q = scene.enter(Q)
    await q.synced()
    note('n2', 'others go on', Q)(q.doc)
    await q.saved()
    await until('it is heard', () => reader.of(MESSAGE.sync, SYNC.update).length > 0)
    const late = scene.raw(F)
    await late.opened
    late.send(syncMessage('step1', NOTHING_KNOWN))
    await until('a newcomer is answered', () => late.of(MESSAGE.sync, SYNC.step2).length > 0)
    const kept: Uint8Array[] = []
    for await (const segment of store.load(workshop, 'board')) kept.push(segment)
    for (const bytes of [...reader.heard, ...late.heard, ...kept])
      for (const words of ['honest', 'forged words']) expect(Buffer.from(bytes).includes(words)).toBe(false)
    expect(Y.decodeStateVector(Y.encodeStateVector(q.doc)).has(p.doc.clientID)).toBe(false)
  })

  test('101. P, begins afresh with a new client id: converged, and the next edit is allowed', async () => {
    await watch.start()
    const first = scene.enter(P)
    await first.synced()
    note('n1')(first.doc)
    await first.saved()
    forged('n2')(first.doc)
    await until('it is refused', () => first.refusals.length > 0)
    const fresh = scene.enter(P)
    await fresh.synced()
    expect(notesIn(fresh.doc)).toEqual(['n1'])
    note('n3')(fresh.doc)
    await fresh.saved()
    await until('all have it', () => readBoard(watch.tab.doc).notes.has('n3' as NoteId))
    expect(notesIn(watch.tab.doc)).toEqual(['n1', 'n3'])
    expect(fresh.refusals).toEqual([])
  })

  test('102. P, returns with a copy that holds what was refused: refused whole once more, and nothing of it stays', async () => {
    await watch.start()
    const first = scene.enter(P)
    await first.synced()
    note('n1')(first.doc)
    await first.saved()
    forged('n2')(first.doc)
    await until('it is refused', () => first.refusals.length > 0)
    note('n3')(first.doc)
    first.leave()
    const copy = new Y.Doc()
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(first.doc))
    const again = scene.enter(P, 'board', { doc: copy, earlier: [first.doc.clientID] })
    await until('it is refused again', () => again.refusals.length > 0)
    await again.synced()
    expect(codesOf(again)).toEqual(['forbidden'])
    expect(again.closes).toEqual([])
    const fresh = scene.enter(P)
    await fresh.synced()
    expect(notesIn(fresh.doc)).toEqual(['n1'])
    expect(fresh.refusals).toEqual([])
  })
})

/** Twenty notes, and two thousand edits of them, each a transaction of its own. */
function workOffline(doc: Y.Doc): void {
  for (let at = 0; at < 20; at++) note(`n${at}`, '')(doc)
  for (let edit = 0; edit < 2_000; edit++) {
    const id = `n${edit % 20}`
    const text = textIn(doc, id)
    if (edit % 10 === 0) moveNote(id as NoteId, { group: null, order: `a${edit % 7}` })(doc)
    else if (text && edit % 13 === 0 && text.length > 1) writeText(text, { at: 0, remove: 1, insert: '' })
    else if (text) writeText(text, { at: text.length, remove: 0, insert: String(edit % 10) })
  }
}

describe('two thousand edits without a network', () => {
  test('103. P, phase locked before they arrive: refused as a whole, and all of it is still theirs', async () => {
    const clock = handClock()
    const { rooms, workshop } = await watch.start({ clock })
    const facilitator = scene.enter(F, 'stage')
    await facilitator.synced()
    const lock = command({ name: 'lock phase', phase: 'principles', locked: true })
    expect(codeOf(await facilitator.command(lock))).toBe('ok')
    clock.forward(3_100)
    const doc = new Y.Doc()
    workOffline(doc)
    const mine = readBoard(doc)
    const p = scene.enter(P, 'board', { doc })
    await until('it is refused', () => p.refusals.length > 0)
    await p.synced()
    expect(codesOf(p)).toEqual(['forbidden'])
    expect(p.refusals[0]?.message).toMatch(/locked.*Nothing is lost/)
    expect(p.marked).toBe(0)
    const room = await rooms.open(workshop)
    expect(await room.read(({ board }) => readBoard(board).notes.size)).toBe(0)
    expect(readBoard(p.doc)).toEqual(mine)
  })

  test('104. P, all allowed: taken in one message, while others’ letters go on', async () => {
    const { store } = await watch.start()
    const doc = new Y.Doc()
    workOffline(doc)
    const q = scene.enter(Q)
    await q.synced()
    const p = scene.enter(P, 'board', { doc })
    for (let at = 0; at < 10; at++) note(`q${at}`, 'words', Q)(q.doc)
    await Promise.all([p.saved(), q.saved()])
    expect(p.refusals).toEqual([])
    expect(p.sent).toBe(1)
    const pieces = store.appends.flatMap(({ records = [] }) =>
      records.filter(({ kind, key }) => kind === 'client' && key === String(doc.clientID)),
    )
    expect(pieces).toEqual([{ kind: 'client', key: String(doc.clientID), value: P }])
    await until('all have it', () => readBoard(watch.tab.doc).notes.size === 30)
    for (const [id, { text }] of readBoard(doc).notes) expect(readBoard(watch.tab.doc).notes.get(id)?.text).toBe(text)
  })

  test('what is written while they are examined waits, and is taken after them', async () => {
    await watch.start()
    const doc = new Y.Doc()
    workOffline(doc)
    const p = scene.raw(P, 'board', { client: doc.clientID })
    await p.opened
    p.send(syncMessage('step2', Y.encodeStateAsUpdate(doc)))
    doc.on('update', (update: Uint8Array) => p.send(syncMessage('update', update)))
    const id = 'n0' as NoteId
    for (const letter of 'later') {
      const text = textIn(doc, id)
      if (text) writeText(text, { at: text.length, remove: 0, insert: letter })
    }
    addNote({
      id: 'last' as NoteId,
      phase: 'principles',
      author: P as PersonId,
      at: Date.now(),
      text: '',
      order: 'a0',
      under: id,
    })(doc)
    await until('all is marked', () => p.marked === 7)
    await until('all have it', () => readBoard(watch.tab.doc).notes.has('last' as NoteId))
    expect(readBoard(watch.tab.doc).notes.get(id)?.text).toMatch(/later$/)
  })
})

test('answers and letters are taken in the order in which they came, however often one answers', async () => {
  await watch.start()
  const doc = new Y.Doc()
  const p = scene.raw(P, 'board', { client: doc.clientID })
  await p.opened
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < 6; at++) note(`n${at}`)(doc)
  const kinds = ['update', 'step2', 'update', 'step2', 'step2', 'update'] as const
  // What comes before the first answer waits for it.
  const [first = NOTHING_NEW, second = NOTHING_NEW, ...rest] = updates
  for (const [at, update] of [second, first, ...rest].entries()) p.send(syncMessage(kinds[at] ?? 'update', update))
  await until('all is marked', () => p.marked === 6)
  expect(p.refusals).toEqual([])
  await until('all have it', () => readBoard(watch.tab.doc).notes.size === 6)
})

test('105. O, asks what it lacks: answered', async () => {
  await watch.start({ write: (board) => void note('n1')(board) })
  const observer = scene.raw(OBSERVER_SEAT)
  await observer.opened
  observer.send(syncMessage('step1', NOTHING_KNOWN))
  await until('it is answered', () => observer.of(MESSAGE.sync, SYNC.step2).length === 1)
  observer.send(syncMessage('step2', NOTHING_NEW))
  await until('saying nothing is no offence', () => observer.marked === 1)
})
