import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Command } from '@quintet/shared/commands'
import type { CommandId, NoteId, PersonId, RequestId } from '@quintet/shared/ids'
import { CLOSE, type DocumentName, encodeCommand, MESSAGE } from '@quintet/shared/protocol'
import * as encoding from 'lib0/encoding'
import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { notebookOf } from '../room/books.ts'
import { NOTHING_NEW, presenceMessage, syncMessage } from '../testing/rawSocket.ts'
import { note, setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'
import { Budgets } from './budgets.ts'
import { Connection } from './connection.ts'

const scene = setScene()

const MEMBER = { person: 'person-1' as PersonId, role: 'member' } as const

/** A connection over a socket without a network, and what is taken off its purse. */
async function connect(document: DocumentName) {
  const { rooms, workshop, store } = await scene.start({ write: (board) => void note('n1')(board) })
  const purse = new Budgets().open(workshop, 'person-1')
  if (!purse) throw new Error('They have too many sockets.')
  const spent = {
    judged: vi.spyOn(purse, 'judged'),
    answered: vi.spyOn(purse, 'answered'),
    held: vi.spyOn(purse, 'holds'),
    edited: vi.spyOn(purse, 'edited'),
  }
  const closes: number[] = []
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    pause: () => undefined,
    resume: () => undefined,
    close: (code: number) => closes.push(code),
  })
  const connection = new Connection(
    { actor: MEMBER, document, client: 77, stands: () => true },
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
    store,
    say,
    closes,
    judged: () => listOf(spent.judged),
    answered: () => listOf(spent.answered),
    held: () => listOf(spent.held),
    edited: () => listOf(spent.edited),
  }
}

const ASKING = { name: 'ask to add', phase: 'principles', text: 'Words. '.repeat(100), note: null } as const

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

test('what commands write is on whoever sends them, as what edits write is, and also where a notebook was read first', async () => {
  const { room, store, say, edited } = await connect('stage')
  // Their notebook is written once when it is opened for the first time, by nobody, and let go.
  await room.bind({ document: 'notebook', actor: MEMBER }, [])
  await until('it is not in memory', () => !room.isLoaded(notebookOf(MEMBER.person)))
  const bytesSince = (append: number) =>
    store.appends.slice(append).flatMap(({ updates = [] }) => updates.map(({ update }) => update.length))
  const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)
  const commands: readonly [Command, documents: number][] = [
    [{ id: 'c1' as CommandId, name: 'rename person', person: 'person-1' as PersonId, to: 'Kofi' }, 1],
    [{ ...ASKING, id: 'c2' as CommandId, request: 'q1' as RequestId }, 2],
    [{ ...ASKING, id: 'c3' as CommandId, request: 'q2' as RequestId }, 2],
  ]
  for (const [command, documents] of commands) {
    const [appends, charges] = [store.appends.length, edited().length]
    say(encodeCommand(command))
    await until(`${command.id} is saved`, () => bytesSince(appends).length === documents)
    expect(edited().slice(charges)).toEqual([sum(bytesSince(appends))])
  }
  const before = edited()
  // A repeat writes nothing, and neither does one that is refused.
  for (const [command] of commands) say(encodeCommand(command))
  say(encodeCommand({ id: 'c4' as CommandId, name: 'rename workshop', title: 'Not theirs to say' }))
  expect(
    edited()
      .slice(before.length)
      .filter((bytes) => bytes > 0),
  ).toEqual([])
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
