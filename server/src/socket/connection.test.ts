import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { CommandId, NoteId, PersonId } from '@quintet/shared/ids'
import { CLOSE, type DocumentName, encodeCommand, MESSAGE } from '@quintet/shared/protocol'
import * as encoding from 'lib0/encoding'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { NOTHING_NEW, presenceMessage, syncMessage } from '../testing/rawSocket.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'
import { Budgets } from './budgets.ts'
import { Connection } from './connection.ts'

const scene = setScene()

/** A connection over a socket without a network, and what is taken off its purse. */
async function connect(document: DocumentName) {
  const { rooms, workshop } = await scene.start({ write: (board) => void note('n1')(board) })
  const purse = new Budgets().open(workshop, 'person-1')
  if (!purse) throw new Error('They have too many sockets.')
  const spent = {
    judged: vi.spyOn(purse, 'judged'),
    answered: vi.spyOn(purse, 'answered'),
    held: vi.spyOn(purse, 'holds'),
  }
  const closes: number[] = []
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    pause: () => undefined,
    resume: () => undefined,
    close: (code: number) => closes.push(code),
  })
  const actor = { person: 'person-1' as PersonId, role: 'member' } as const
  const connection = new Connection(
    { actor, document, client: 77, stands: () => true },
    socket as unknown as WebSocket,
    new PassThrough(),
    purse,
    pino({ level: 'silent' }),
    Date.now,
  )
  const room = await rooms.open(workshop)
  await connection.enter(room)
  onTestFinished(() => void socket.emit('close'))
  const say = (message: Uint8Array) => socket.emit('message', Buffer.from(message), true)
  const listOf = (spy: { readonly mock: { readonly calls: readonly (readonly number[])[] } }) =>
    spy.mock.calls.map(([each = 0]) => each)
  return {
    room,
    say,
    closes,
    judged: () => listOf(spent.judged),
    answered: () => listOf(spent.answered),
    held: () => listOf(spent.held),
  }
}

function vectorOf(entries: number, clock: number): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries)
  for (let client = 1; client <= entries; client++) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
  }
  return encoding.toUint8Array(encoder)
}

// Some clocks of processors are coarse: what is said for sure is that all of it was measured.
test('what commands take of the processor is on whoever sends them, and the reading of a notebook too', async () => {
  const { say, judged } = await connect('stage')
  const withdraw = (note: string) =>
    encodeCommand({ id: `c-${note}` as CommandId, name: 'withdraw note', note: note as NoteId, removed: true })
  say(withdraw('nosuchnote'))
  expect(judged()).toHaveLength(1)
  say(withdraw('n1'))
  await until('it is decided', () => judged().length === 3)
  expect(Math.max(...judged())).toBeGreaterThanOrEqual(10)
})

test('what a question takes of the processor is on whoever asks it, and the answer too', async () => {
  const { room, say, judged } = await connect('board')
  say(syncMessage('step1', vectorOf(900, 0)))
  expect(judged()).toHaveLength(1)
  await until('its answer is encoded', () => room.encodings('board') === 1 && judged().length === 2)
})

test.each([
  ['nothing of very many clients', vectorOf(60_000, 0), 'restored'],
  ['something of very many clients', vectorOf(2_000, 1), 'restored'],
  ['more clients than its bytes hold', new Uint8Array([200, 1, 1, 1]), 'malformed'],
  ['half a client', new Uint8Array([1, 1]), 'malformed'],
  ['a client and more', new Uint8Array([1, 1, 0, 0]), 'malformed'],
] as const)('a question of who has %s is not read, and closes', async (_what, vector, close) => {
  const { say, closes } = await connect('board')
  say(syncMessage('step1', vector))
  expect(closes).toEqual([CLOSE[close].code])
})

test('what waits for the answer to the server’s question counts until it was applied', async () => {
  const { say, held } = await connect('board')
  say(syncMessage('update', NOTHING_NEW))
  say(syncMessage('update', NOTHING_NEW))
  await until('both are held', () => held().length === 2)
  say(syncMessage('step2', NOTHING_NEW))
  await until('nothing is held', () => held().at(-1) === 0)
  expect(held().slice(0, 3)).toEqual([2, 4, 6])
})

test('who is here is an answer that has its bytes', async () => {
  const { say, answered } = await connect('board')
  say(presenceMessage([[77, 1, { editing: null }]]))
  await until('somebody is heard of', () => {
    say(new Uint8Array([MESSAGE.queryPresence]))
    return answered().some((bytes) => bytes > 20)
  })
})
