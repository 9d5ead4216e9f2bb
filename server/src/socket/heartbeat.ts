import type { WebSocket } from 'ws'

/** Beats that may go by without an answer: a meeting room's network stands still for seconds and comes back. */
const MISSED = 3

/**
 * Says something to every connection from time to time, and ends those that are gone: y-websocket drops a server that
 * is silent for 30 s, and a network that vanished tells the server nothing by itself.
 */
export class Heartbeat {
  /** Beats since each socket answered last. */
  readonly #sockets = new Map<WebSocket, number>()
  readonly #timer: NodeJS.Timeout

  /** @param every ms. @param message what is said, made anew at each beat. */
  constructor(every: number, message: () => Uint8Array) {
    this.#timer = setInterval(() => this.#beat(message()), every).unref()
  }

  /** Keeps a socket until it closes. */
  add(socket: WebSocket): void {
    this.#sockets.set(socket, 0)
    socket.on('pong', () => this.#sockets.set(socket, 0))
    socket.on('close', () => this.#sockets.delete(socket))
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #beat(message: Uint8Array): void {
    for (const [socket, missed] of this.#sockets) {
      if (socket.readyState !== socket.OPEN) continue
      if (missed >= MISSED) {
        socket.terminate()
        continue
      }
      this.#sockets.set(socket, missed + 1)
      socket.ping()
      socket.send(message)
    }
  }
}
