import { readBoard } from '@quintet/shared/board'
import { removeNote, targetText } from '@quintet/shared/edits'
import type { NoteId } from '@quintet/shared/ids'
import { LIMITS } from '@quintet/shared/limits'
import { MESSAGE, SYNC } from '@quintet/shared/protocol'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type HandClock, handClock } from '../testing/handClock.ts'
import { NOTHING_KNOWN, type RawSocket, syncMessage } from '../testing/rawSocket.ts'
import { codeOf, command } from '../testing/rhythm.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

/** [promise 8] Frames that were made, or begun, before words left the board: none of them goes out afterwards. */
const scene = setScene()
const N1 = 'n1' as NoteId
const WORDS = 'Words of Kofi'
/** A board on which one change is so small a part that an answer is kept for the next who asks. */
const OTHERS = 400

const has = (frames: readonly Uint8Array[], words: string) =>
  frames.some((frame) => Buffer.from(frame).includes(Buffer.from(words)))

/** Asks for everything, as somebody without a copy. */
function asks(seat: string): RawSocket {
  const socket = scene.raw(seat)
  void socket.opened.then(() => socket.send(syncMessage('step1', NOTHING_KNOWN)))
  return socket
}
const isAnswered = (socket: RawSocket) => until('it is answered', () => socket.of(MESSAGE.sync, SYNC.step2).length > 0)

async function largeBoard() {
  const clock = handClock({ goes: false })
  const rig = await scene.start({
    clock,
    write: (board) => {
      note('n1', WORDS)(board)
      for (let at = 0; at < OTHERS; at++) note(`other-${at}`, `What somebody else wrote at ${at}`)(board)
    },
  })
  const [stage, kofi] = [scene.enter('person-0', 'stage'), scene.enter('person-1')]
  await Promise.all([stage.synced(), kofi.synced()])
  const hide = () => stage.command(command({ name: 'hide note', note: N1 })).then(codeOf)
  const remove = async (clock: HandClock) => {
    removeNote(N1)(kofi.doc)
    await kofi.saved()
    clock.forward(LIMITS.removedWords)
    await until('the words left', () => readBoard(kofi.doc).notes.get(N1)?.text === '')
  }
  return { rig, clock, kofi, hide, remove }
}

test('an answer that was kept for newcomers is not given any more', async () => {
  const { rig, clock, remove } = await largeBoard()
  const room = await rig.rooms.open(rig.workshop)
  const [first, second] = [asks('person-0'), asks('person-2')]
  await Promise.all([isAnswered(first), isAnswered(second)])
  // Both had the one that was kept, so the search is able to find the words in the next one.
  expect([has(first.heard, WORDS), has(second.heard, WORDS)]).toEqual([true, true])
  const encoded = room.encodings('board')
  await remove(clock)
  const third = asks('person-2')
  await isAnswered(third)
  expect(has(third.heard, WORDS)).toBe(false)
  expect(room.encodings('board')).toBe(encoded + 1)
})

test('an answer that is under way is begun again', async () => {
  const { rig, kofi, hide } = await largeBoard()
  const [writer = 0] = kofi.doc.store.clients.keys()
  const newcomer = scene.raw('person-2')
  // Whoever comes waits until it is durable whose their client id is.
  await until('they are in', () => newcomer.of(MESSAGE.sync, SYNC.step1).length > 0)
  rig.store.hold()
  note('n2')(kofi.doc)
  await until('an append waits', () => rig.store.held > 0)
  const room = await rig.rooms.open(rig.workshop)
  const before = room.encodings('board')
  // They have a little of it already, so the answer is their own.
  newcomer.send(syncMessage('step1', Y.encodeStateVector(new Map([[writer, 1]]))))
  await until('it is under way', () => room.encodings('board') === before + 1)
  const hidden = hide()
  await until('it is begun again', () => room.encodings('board') === before + 2)
  rig.store.release()
  expect(await hidden).toBe('ok')
  await isAnswered(newcomer)
  expect(newcomer.of(MESSAGE.sync, SYNC.step2)).toHaveLength(1)
  expect(has(newcomer.heard, WORDS)).toBe(false)
  await until('the rest came too', () => has(newcomer.heard, 'n2'))
})

test('letters that wait for the same commit as the hiding are not sent with it', async () => {
  const { rig, kofi, hide } = await largeBoard()
  const reader = asks('person-2')
  await isAnswered(reader)
  const room = await rig.rooms.open(rig.workshop)
  const board = await room.read((documents) => documents.board)
  const text = () => targetText(board, { of: 'note', id: N1 })?.toString()
  rig.store.hold()
  note('n2')(kofi.doc)
  await until('an append waits', () => rig.store.held > 0)
  targetText(kofi.doc, { of: 'note', id: N1 })?.insert(0, 'Just typed. ')
  note('n3', 'Typed by the way')(kofi.doc)
  await until('it has come', () => readBoard(board).notes.has('n3' as NoteId))
  expect(text()).toBe(`Just typed. ${WORDS}`)
  const hidden = hide()
  await until('it is hidden', () => text() === '')
  rig.store.release()
  expect(await hidden).toBe('ok')
  await until('what else was written came', () => has(reader.heard, 'Typed by the way'))
  await until('it is hidden for all', () => readBoard(kofi.doc).notes.get(N1)?.text === '')
  expect(has(reader.heard, 'Just typed. ')).toBe(false)
  expect(JSON.stringify([...readBoard(kofi.doc).notes])).toBe(JSON.stringify([...readBoard(board).notes]))
})
