import { boardEntry, boardRoot, entryText, readBoard } from '@quintet/shared/board'
import { readBin } from '@quintet/shared/desk'
import { addNote, bringBackNote, removeNote } from '@quintet/shared/edits'
import type { NoteId, PersonId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import type { Actor } from '@quintet/shared/rules'
import { pointOf, stageOf } from '@quintet/shared/workshop.fixture'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Clients } from '../guard/clients.ts'
import { Guard } from '../guard/guard.ts'
import type { Beside } from '../guard/judge.ts'
import { type HandClock, handClock } from '../testing/handClock.ts'
import { Bin } from './bin.ts'
import { NOTE_KIND } from './binKinds.ts'
import { LiveDocument } from './document.ts'
import { CommitQueue } from './queue.ts'
import { Turns } from './turns.ts'

/**
 * [promise 8] Whatever people type, remove and bring back, on- and offline, and whenever the room is loaded again: each
 * letter is once on the board or in the bin, or was refused since its note is full, and no update that leaves the room
 * holds one that is not on the board.
 */
const NOTES = ['n1', 'n2', 'n3'] as NoteId[]
const CLIENTS = 3
const RUNS = 150

const client = fc.nat(CLIENTS - 1)
const note = fc.constantFrom(...NOTES)
const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('type' as const), client, note, at: fc.nat(30) }) },
  // Two or three of them fill a note.
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('paste' as const),
      client,
      note,
      letters: fc.integer({ min: 400, max: 1_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('remove' as const, 'bring back' as const), client, note }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('hide' as const, 'unhide' as const), note }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constantFrom('send' as const, 'receive' as const), client }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constantFrom('release' as const, 'wait' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('load again' as const) }) },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** Somebody's copy of the board, what they have not sent, with the letters that it brings, and what has not come yet. */
interface Copy {
  readonly doc: Y.Doc
  readonly out: { readonly update: Uint8Array; readonly letters: readonly string[] }[]
  readonly in: Uint8Array[]
}

/** A letter that is typed once: of a plane that nothing else uses, and found in bytes as it is. */
const letterOf = (nth: number) => String.fromCodePoint(0xf0000 + nth)
const lettersOf = (text: string): readonly string[] => text.match(/[\u{f0000}-\u{10ffff}]/gu) ?? []

let clientIds = 0
/** A document with a client id so small that no bytes of ids and clocks look like a letter. */
function newDoc(): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = ++clientIds
  return doc
}

const STAGE = stageOf({ at: pointOf('gaps', 'decide') })
/** Somebody who may do all that the story does. */
const actorOf = (at: number): Actor => ({ person: `person-${at}` as PersonId, role: 'facilitator' })

/** A room's board and desk with the guard before and the bin between them, as long as it is loaded. */
function load(board: Uint8Array, desk: Uint8Array | undefined, clients: Clients, clock: HandClock) {
  const fail = (error: Error) => {
    throw error
  }
  const queue = new CommitQueue({
    people: () => 2,
    take: () => [],
    append: async () => undefined,
    release: () => undefined,
    failed: fail,
    idle: () => undefined,
  })
  const [boardDoc, deskDoc] = [newDoc(), newDoc()]
  clients.reserve(boardDoc.clientID)
  Y.applyUpdate(boardDoc, board)
  if (desk) Y.applyUpdate(deskDoc, desk)
  const beside: Beside = (entry) => bin.lettersOf(entry as NoteId)
  const guard = new Guard({ document: 'board', doc: boardDoc, clients, stage: () => STAGE, now: clock.now, beside })
  const live = new LiveDocument({ name: 'board', key: 'board', doc: boardDoc, guard }, queue, new Turns(fail))
  const bin = new Bin(NOTE_KIND, {
    board: () => boardDoc,
    desk: () => deskDoc,
    emptied: () => live.emptied(),
    inPieces: (pieces) => {
      while (!pieces.next().done);
    },
    now: clock.now,
    alarm: clock.alarm,
    failed: fail,
  })
  live.settleBy((transaction) => bin.settle(transaction))
  bin.loaded()
  const take = (from: number, update: Uint8Array): 'taken' | 'too big' => {
    const judgement = guard.judge({ actor: actorOf(from), kind: 'live', update })
    if (judgement.is === 'refused') {
      if (judgement.refusal.code !== 'too-big') throw new Error(`Refused: ${judgement.refusal.message}`)
      return 'too big'
    }
    if (judgement.is === 'empty') return 'taken'
    for (const id of judgement.clients) clients.saved(id)
    live.apply(judgement.update, from)
    return 'taken'
  }
  return { board: live, doc: boardDoc, desk: deskDoc, bin, take }
}

/** Lives through a story. @throws what does not hold at some moment of it. */
function live(story: readonly Act[]): void {
  clientIds = 0
  const clock = handClock({ goes: false })
  const clients = new Clients([])
  const first = newDoc()
  for (const id of NOTES) addNote({ id, phase: 'gaps', author: null, at: 0, text: '', order: id, under: null })(first)
  let room = load(Y.encodeStateAsUpdate(first), undefined, clients, clock)
  let typed = 0
  const onBoard = (...ids: readonly NoteId[]) => lettersOf(ids.map((id) => textIn(room.doc, id)?.toString()).join(''))

  let typing: readonly string[] = []
  const open = (at: number): Copy => {
    const copy: Copy = { doc: newDoc(), out: [], in: [] }
    Y.applyUpdate(copy.doc, Y.encodeStateAsUpdate(room.doc), copy)
    expect(clients.bind(copy.doc.clientID, actorOf(at).person, clock.now(), false)).toBe('bound')
    copy.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== copy) copy.out.push({ update, letters: typing })
    })
    return copy
  }
  const copies = Array.from({ length: CLIENTS }, (_, at) => open(at))
  const copyOf = (at: number) => copies[at] as Copy
  const type = ({ doc }: Copy, id: NoteId, count: number, at: number) => {
    typing = Array.from({ length: count }, () => letterOf(typed++))
    const text = textIn(doc, id)
    // A letter has two units, and none comes between them.
    text?.insert((at % (text.length / 2 + 1)) * 2, typing.join(''))
    typing = []
  }
  const handedBack: string[] = []
  /** Sends all; past a refusal nothing counts, and they begin anew. */
  const send = (at: number) => {
    const { out } = copyOf(at)
    for (let next = out.shift(); next; next = out.shift()) {
      if (room.take(at, next.update) === 'taken') continue
      handedBack.push(...[next, ...out.splice(0)].flatMap(({ letters }) => letters))
      copies[at] = open(at)
    }
  }
  const receive = (copy: Copy) => {
    for (const update of copy.in.splice(0)) Y.applyUpdate(copy.doc, update, copy)
  }
  const release = () => {
    const taken = room.board.take()
    if (!taken) return
    const stands = new Set(onBoard(...NOTES))
    const sent = lettersOf(Buffer.from(taken.update).toString())
    expect(sent.filter((letter) => !stands.has(letter))).toEqual([])
    for (const copy of copies) copy.in.push(taken.update)
  }

  const act = (each: Act) => {
    switch (each.does) {
      case 'type':
        type(copyOf(each.client), each.note, 1, each.at)
        return
      case 'paste':
        type(copyOf(each.client), each.note, each.letters, 0)
        return
      case 'remove':
        removeNote(each.note)(copyOf(each.client).doc)
        return
      case 'bring back':
        bringBackNote(each.note)(copyOf(each.client).doc)
        return
      case 'hide':
        room.bin.hide(each.note)
        return
      case 'unhide':
        room.bin.bringBack(each.note)
        return
      case 'send':
        send(each.client)
        return
      case 'receive':
        receive(copyOf(each.client))
        return
      case 'release':
        release()
        return
      case 'wait':
        clock.forward(LIMITS.removedWords / 2)
        return
      case 'load again':
        release()
        room.bin.stop()
        room = load(Y.encodeStateAsUpdate(room.doc), Y.encodeStateAsUpdate(room.desk), clients, clock)
    }
  }

  for (const each of story) {
    act(each)
    for (const { id, text } of readBin(room.desk)) {
      if (onBoard(id).length > 0) throw new Error(`${id} is in both places.`)
      expect(text.length).toBeLessThanOrEqual(LIMITS.noteMerged)
    }
  }
  for (const at of copies.keys()) send(at)
  clock.forward(LIMITS.removedWords)
  release()
  for (const copy of copies) {
    receive(copy)
    expect(boardRoot(copy.doc, 'notes').toJSON()).toEqual(boardRoot(room.doc, 'notes').toJSON())
  }
  for (const { removed, text } of readBoard(room.doc).notes.values()) if (removed) expect(text).toBe('')
  const inBin = readBin(room.desk).flatMap(({ text }) => lettersOf(text))
  const found = [...onBoard(...NOTES), ...inBin, ...handedBack].toSorted()
  expect(found).toEqual(Array.from({ length: typed }, (_, nth) => letterOf(nth)).toSorted())
}

const textIn = (doc: Y.Doc, id: NoteId) => entryText(boardEntry(doc, 'notes', id), 'text')

test('[promise 8] no letter is lost or doubled between board and bin, and none leaves the room from off the board', {
  timeout: 60_000,
}, () => {
  fc.assert(fc.property(fc.array(act, { minLength: 20, maxLength: 80, size: 'max' }), live), { numRuns: RUNS })
})
