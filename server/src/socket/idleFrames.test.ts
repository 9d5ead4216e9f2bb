import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { BUDGETS, HOPELESS, LIMITS } from '@quintet/shared/limits'
import { encodeClock, PROTOCOL_VERSION } from '@quintet/shared/protocol'
import { expect, test } from 'vitest'
import type { RawSocket } from '../testing/rawSocket.ts'
import { OBSERVER_SEAT, UNKNOWN_SEAT } from '../testing/rig.ts'
import { setScene } from '../testing/scene.ts'
import { until } from '../testing/until.ts'

const scene = setScene()

/** A frame of a client: its first byte says what it is; the mask is nought. */
const frame = (head: number, payload = '') =>
  Buffer.concat([Buffer.from([head, 0x80 | payload.length, 0, 0, 0, 0]), Buffer.from(payload)])

const PING = frame(0x89)
const PONG = frame(0x8a)
/** Parts of one message: its beginning, the middle, the end. */
const [BEGIN, MIDDLE, END] = [frame(0x02, 'h'), frame(0x00), frame(0x80)]

const times = (count: number, bytes: Buffer) => Buffer.concat(Array.from({ length: count }, () => bytes))

/** Writes bytes past the socket's own sender. */
function write({ socket }: RawSocket, bytes: Buffer): void {
  const { _socket: stream } = socket as unknown as { _socket: Duplex }
  stream.write(bytes)
}

test.each([
  ['pings', PING],
  ['pongs', PONG],
])('%s without end close the connection, and their sender is let in no more', async (_what, sign) => {
  const rig = await scene.start()
  const most = (BUDGETS.person.refusals.perSecond * BUDGETS.person.refusals.burst) / 1_000
  for (let count = 0; count < most; count++) {
    const socket = scene.raw(OBSERVER_SEAT)
    await socket.opened
    await socket.fence()
    write(socket, times(HOPELESS.pings + 40, sign))
    expect(await socket.closed).toBe(1006)
  }
  const held = scene.raw(OBSERVER_SEAT)
  await held.opened
  write(held, times(HOPELESS.pings + 40, sign))
  expect(await held.closed).toBe(1006)
  const next = scene.raw(OBSERVER_SEAT)
  await next.opened
  next.send(encodeClock(1))
  const other = scene.raw('person-1')
  await other.opened
  await other.fence()
  expect(next.heard).toEqual([])
  // A stop does not wait until they have paid.
  await rig.restart()
  expect(await next.closed).toBe('stopping')
})

test('who answers every question of the server, and asks now and then themselves, stays', async () => {
  await scene.start()
  const socket = scene.raw('person-1')
  await socket.opened
  await socket.fence()
  write(socket, times(HOPELESS.pings - 10, PONG))
  await socket.fence()
})

test('whoever is turned away and goes on sending is cut off, though they never say goodbye', async () => {
  const { port, server, workshop } = await scene.start()
  const arrived = once(server, 'connection')
  // Reads nothing, so that it hears no goodbye.
  const stranger = connect(port, '127.0.0.1')
  stranger.on('error', () => undefined)
  const [line] = (await arrived) as [Socket]
  const path = `/sync/${workshop}/board?v=${PROTOCOL_VERSION}&seat=${UNKNOWN_SEAT}&client=1`
  const key = Buffer.alloc(16).toString('base64')
  const head = ['Host: here', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Key: ${key}`]
  stranger.write([`GET ${path} HTTP/1.1`, ...head, 'Sec-WebSocket-Version: 13', '', ''].join('\r\n'))
  const isCut = () => line.destroyed || line.writableEnded
  stranger.write(times(HOPELESS.waiting, frame(0x82, 'x')))
  await scene.rawAt('/elsewhere').closed
  expect(isCut()).toBe(false)
  while (!isCut()) {
    stranger.write(times(HOPELESS.waiting, frame(0x82, 'x')))
    await until('it was read', () => isCut() || stranger.writableLength === 0)
    await scene.rawAt('/elsewhere').closed
  }
  expect(line.bytesRead).toBeLessThan(HOPELESS.waiting * frame(0x82, 'x').length * 4)
  stranger.destroy()
})

test('a message in more pieces than any browser makes closes the connection; one in some hundreds is a message', async () => {
  await scene.start()
  const socket = scene.raw('person-1')
  await socket.opened
  await socket.fence()
  write(socket, Buffer.concat([BEGIN, times(900, MIDDLE), END]))
  expect(await socket.closed).toBe('malformed')
  const worse = scene.raw('person-1')
  await worse.opened
  await worse.fence()
  write(worse, Buffer.concat([BEGIN, times(LIMITS.updateBytes / 64, MIDDLE), END]))
  expect(await worse.closed).toBe(1008)
})
