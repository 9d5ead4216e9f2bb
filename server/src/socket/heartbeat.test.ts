import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { until } from '../testing/until.ts'
import { Heartbeat } from './heartbeat.ts'

const MEGABYTE = 1024 * 1024

/** A heart that beats every 20 ms for one peer, which takes no more than it is told to and never answers a ping. */
async function beatFor(): Promise<{
  peer: Socket
  socket: WebSocket
  stream: Duplex
  onBeat: (act: () => void) => void
  heartbeat: Heartbeat
}> {
  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  let act: () => void = () => undefined
  const heartbeat = new Heartbeat(20, () => {
    act()
    return Uint8Array.of(1)
  })
  const entered = new Promise<{ socket: WebSocket; stream: Duplex }>((resolve) => {
    server.on('upgrade', (request, stream, head) =>
      sockets.handleUpgrade(request, stream, head, (socket) => {
        heartbeat.add(socket, stream)
        resolve({ socket, stream })
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1')
  peer.on('error', () => undefined)
  onTestFinished(async () => {
    heartbeat.stop()
    peer.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  await once(peer, 'connect')
  const head = ['GET / HTTP/1.1', 'Host: a', 'Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13']
  peer.write(`${head.join('\r\n')}\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`)
  peer.pause()
  return {
    peer,
    ...(await entered),
    heartbeat,
    onBeat: (next) => {
      act = next
    },
  }
}

/** Takes some megabytes from a paused peer's side of the network. */
function take(peer: Socket, bytes: number): void {
  let left = bytes
  const taken = (chunk: Buffer) => {
    left -= chunk.length
    if (left > 0) return
    peer.off('data', taken)
    peer.pause()
  }
  peer.on('data', taken)
  peer.resume()
}

test('who takes a large state slowly is alive, though no ping reaches them; who takes nothing more is not', async () => {
  const { peer, socket, stream, onBeat } = await beatFor()
  let beats = 0
  onBeat(() => {
    beats++
    take(peer, 2 * MEGABYTE)
  })
  stream.write(Buffer.alloc(96 * MEGABYTE))
  await until('it has beaten often', () => beats > 20 || socket.readyState !== socket.OPEN)
  expect(socket.readyState).toBe(socket.OPEN)
  expect(stream.writableLength).toBeGreaterThan(0)
  onBeat(() => undefined)
  const [code] = await once(socket, 'close')
  expect(code).toBe(1006)
})

test('who broke off before they were let in is not kept', async () => {
  const { socket, stream, heartbeat } = await beatFor()
  expect(heartbeat.kept).toBe(1)
  const closed = once(socket, 'close')
  socket.terminate()
  await closed
  heartbeat.add(socket, stream)
  expect(heartbeat.kept).toBe(0)
})
