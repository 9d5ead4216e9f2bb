import { once } from 'node:events'
import { CLOSE, type CloseName } from '@quintet/shared/protocol'
import { WebSocket } from 'ws'

/** A bare WebSocket that says what the test says, and keeps what it heard. */
export interface RawSocket {
  readonly socket: WebSocket
  readonly heard: Uint8Array[]
  /** Resolves with the name of the code with which the server closed it; a number where it has no name. */
  readonly closed: Promise<CloseName | number>
}

export function openRaw(port: number, path: string, headers: Readonly<Record<string, string>> = {}): RawSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, perMessageDeflate: false })
  const heard: Uint8Array[] = []
  socket.on('message', (data) => heard.push(new Uint8Array(data as Buffer)))
  socket.on('error', () => undefined)
  const closed = once(socket, 'close').then(([code]) => nameOf(code as number))
  return { socket, heard, closed }
}

function nameOf(code: number): CloseName | number {
  const names = Object.keys(CLOSE) as CloseName[]
  return names.find((name) => CLOSE[name].code === code) ?? code
}
