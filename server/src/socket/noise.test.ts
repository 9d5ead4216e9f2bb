import { readBoard } from '@quintet/shared/board'
import type { CommandId } from '@quintet/shared/ids'
import { DOCUMENT_NAMES, encodeClock, encodeCommand, MESSAGE, SYNC } from '@quintet/shared/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { NOTHING_KNOWN, type RawSocket, syncMessage } from '../testing/rawSocket.ts'
import { OBSERVER_SEAT } from '../testing/rig.ts'
import { note, setScene } from '../testing/scene.ts'
import { chanceFor } from '../testing/seeded.ts'
import { readMessage } from './messages.ts'

const scene = setScene()

/** The Yjs client id under which the facilitator writes. */
const CLIENT = 9

const aNote = (() => {
  const doc = new Y.Doc()
  doc.clientID = CLIENT
  note('n9', 'n9', 'person-0')(doc)
  return Y.encodeStateAsUpdate(doc)
})()

const honest: fc.Arbitrary<Uint8Array> = fc.constantFrom(
  syncMessage('step1', NOTHING_KNOWN),
  syncMessage('step1', new Uint8Array([1, 9, 3])),
  syncMessage('step2', aNote),
  syncMessage('update', aNote),
  new Uint8Array([MESSAGE.presence, 8, 1, 7, 1, 4, 110, 117, 108, 108]),
  new Uint8Array([MESSAGE.queryPresence]),
  encodeCommand({ id: 'c' as CommandId, name: 'start timer' }),
  encodeClock(5),
)

/** Bytes as they come: pure noise, noise under an honest head, an honest message with some bytes changed or cut off. */
const noise: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .tuple(fc.constantFrom(0, 1, 3, 100, 101, 102, 103, 104), fc.nat(3), fc.uint8Array({ maxLength: 60 }))
    .map(([type, kind, rest]) => new Uint8Array([type, kind, ...rest])),
  fc
    .tuple(fc.constantFrom(SYNC.step1, SYNC.step2, SYNC.update), fc.uint8Array({ maxLength: 60 }))
    .map(([kind, rest]) => new Uint8Array([MESSAGE.sync, kind, rest.length, ...rest])),
  fc
    .tuple(honest, fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 4 }), fc.nat(80))
    .map(([message, changes, cut]) => {
      const changed = new Uint8Array(message)
      for (const [at, byte] of changes) changed[at % changed.length] = byte
      return changed.subarray(0, Math.max(1, changed.length - Math.max(0, cut - 60)))
    }),
)

async function shout(socket: RawSocket, messages: readonly Uint8Array[]): Promise<void> {
  await socket.opened
  for (const message of messages) if (socket.socket.readyState === socket.socket.OPEN) socket.send(message)
  socket.socket.close()
  await socket.closed
}

describe('noise', () => {
  test('reading a message never throws', () => {
    fc.assert(
      fc.property(noise, (bytes) => {
        readMessage(bytes)
      }),
      { numRuns: 2_000 },
    )
  })

  test('on every socket of those who may not write it changes nothing, and the server goes on', async () => {
    const seed = chanceFor('noise').seed | 0
    const { rooms, workshop } = await scene.start({ write: (board) => void note('n1')(board) })
    const room = await rooms.open(workshop)
    const states = () =>
      room.read(({ stage, board }) => ({
        title: stage.title,
        at: stage.at,
        people: stage.people,
        board: Y.encodeStateAsUpdate(board),
      }))
    const before = await states()
    const seats = [
      [OBSERVER_SEAT, 'board', 21],
      [OBSERVER_SEAT, 'stage', 21],
      ['screen', 'board', 22],
      ['person-1', 'stage', 23],
    ] as const
    await fc.assert(
      fc.asyncProperty(
        fc.array(noise, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...seats),
        async (messages, [seat, document, client]) => {
          await shout(scene.raw(seat, document, { client }), messages)
        },
      ),
      { seed, numRuns: 150 },
    )
    expect(await states()).toEqual(before)
    const calm = scene.raw('person-1')
    await calm.opened
    await calm.fence()
  }, 30_000)

  test('on every socket of those who may write it leaves memory and disk the same, and others’ notes alone', async () => {
    const seed = chanceFor('noise').seed | 0
    const rig = await scene.start({ write: (board) => void note('n1', 'words')(board) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(noise, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...DOCUMENT_NAMES),
        async (messages, document) => {
          await shout(scene.raw('person-0', document, { client: CLIENT }), messages)
        },
      ),
      { seed, numRuns: 150 },
    )
    const room = await rig.rooms.open(rig.workshop)
    const board = await room.read((documents) => ({
      view: readBoard(documents.board),
      json: documents.board.getMap('notes').toJSON(),
      state: Y.encodeStateVector(documents.board),
    }))
    expect(board.view.notes.get('n1' as never)?.text).toBe('words')
    await rig.restart()
    const again = await rig.rooms.open(rig.workshop)
    expect(
      await again.read((documents) => ({
        view: readBoard(documents.board),
        json: documents.board.getMap('notes').toJSON(),
        state: Y.encodeStateVector(documents.board),
      })),
    ).toEqual(board)
  }, 30_000)
})
