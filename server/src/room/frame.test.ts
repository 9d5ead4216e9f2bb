import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { frameMessage } from './frame.ts'

const server = createServer()
const sockets = new WebSocketServer({ noServer: true })
const streams: Duplex[] = []
server.on('upgrade', (request, stream, head) => {
  sockets.handleUpgrade(request, stream, head, () => streams.push(stream))
})

afterAll(() => {
  for (const stream of streams) stream.destroy()
  server.close()
})

test('a WebSocket client reads each frame as the message that was framed, at every boundary of lengths', async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const heard: Buffer[] = []
  client.on('message', (data, isBinary) => {
    expect(isBinary).toBe(true)
    heard.push(data as Buffer)
  })
  await once(client, 'open')
  const [stream] = streams
  const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]
  for (const length of lengths) {
    const message = Uint8Array.from({ length }, (_, index) => index % 251)
    stream?.write(frameMessage(message.subarray(0, 1), message.subarray(1)))
  }
  while (heard.length < lengths.length) await once(client, 'message')
  expect(heard.map((message) => message.length)).toEqual(lengths)
  for (const message of heard) expect(message.every((byte, index) => byte === index % 251)).toBe(true)
  client.terminate()
})
