import type { WebSocket } from 'ws'

/**
 * Says something to every connection from time to time, and ends those that are gone: y-websocket drops a server that
 * is silent for 30 s, and a network that vanished tells the server nothing by itself.
 */
export class Heartbeat {
  readonly #sockets = new Set<WebSocket>()
  readonly #answered = new WeakSet<WebSocket>()
  readonly #timer: NodeJS.Timeout

  /** @param every ms. @param message what is said, made anew at each beat. */
  constructor(every: number, message: () => Uint8Array) {
    this.#timer = setInterval(() => this.#beat(message()), every).unref()
  }

  /** Keeps a socket until it closes. */
  add(socket: WebSocket): void {
    this.#sockets.add(socket)
    this.#answered.add(socket)
    socket.on('pong', () => this.#answered.add(socket))
    socket.on('close', () => this.#sockets.delete(socket))
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #beat(message: Uint8Array): void {
    for (const socket of this.#sockets) {
      if (socket.readyState !== socket.OPEN) continue
      // A whole beat went by without an answer to the ping before.
      if (!this.#answered.delete(socket)) {
        socket.terminate()
        continue
      }
      socket.ping()
      socket.send(message)
    }
  }
}
