import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'

/** Beats that may go by without a sign of life: a meeting room's network stands still for seconds and comes back. */
const MISSED = 3

/** What was known of a socket at the last beat. */
interface Beat {
  /** Beats since it last showed life. */
  readonly missed: number
  readonly traffic: Traffic
}

/** Bytes of a stream: those that the network took, and those that wait for it. */
interface Traffic {
  readonly sent: number
  readonly waiting: number
}

/**
 * Says something to every connection from time to time, and ends those that are gone: y-websocket drops a server that
 * is silent for 30 s, and a network that vanished tells the server nothing by itself. An answer is life, and so is
 * progress: behind a large state on a slow link the question itself arrives late.
 */
export class Heartbeat {
  readonly #sockets = new Map<WebSocket, { readonly stream: Duplex; last: Beat }>()
  readonly #timer: NodeJS.Timeout

  /** @param every ms. @param message what is said, made anew at each beat. */
  constructor(every: number, message: () => Uint8Array) {
    this.#timer = setInterval(() => this.#beat(message()), every).unref()
  }

  /** How many sockets it keeps. */
  get kept(): number {
    return this.#sockets.size
  }

  /** Keeps a socket until it closes. @param stream what it writes to. */
  add(socket: WebSocket, stream: Duplex): void {
    // It may have broken while its room was opened, and says so no more.
    if (socket.readyState === socket.CLOSED) return
    const kept = { stream, last: { missed: 0, traffic: trafficOf(stream) } }
    this.#sockets.set(socket, kept)
    socket.on('pong', () => {
      kept.last = { ...kept.last, missed: 0 }
    })
    socket.on('close', () => this.#sockets.delete(socket))
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #beat(message: Uint8Array): void {
    for (const [socket, kept] of this.#sockets) {
      if (socket.readyState !== socket.OPEN) continue
      const traffic = trafficOf(kept.stream)
      // Bytes of this beat's own go into the kernel's buffers even when nobody is there: only what waited counts.
      const advanced = kept.last.traffic.waiting > 0 && traffic.sent > kept.last.traffic.sent
      // Answers of one that is not read at the moment wait in the network.
      const missed = advanced || socket.isPaused ? 0 : kept.last.missed
      if (missed >= MISSED) {
        socket.terminate()
        continue
      }
      kept.last = { missed: missed + 1, traffic }
      socket.ping()
      socket.send(message)
    }
  }
}

/**
 * Node tells publicly only when a whole write is over, which for a large state is too late; its own socket timeout
 * looks at these two counts of the handle too.
 */
function trafficOf(stream: Duplex): Traffic {
  const { _handle: handle } = stream as { _handle?: { bytesWritten: number; writeQueueSize: number } | null }
  if (!handle) return { sent: 0, waiting: 0 }
  return { sent: handle.bytesWritten - handle.writeQueueSize, waiting: handle.writeQueueSize }
}
