import { CLOSE, decodeClock, encodeClock, MESSAGE, PROTOCOL_VERSION, SYNC } from '@quintet/shared/protocol'
import type { Decoder } from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'

/** What a connection tells its session. */
export interface ConnectionEvents {
  /** Live, or not: live means connected and in possession of everything that the server had. */
  readonly onLive: (live: boolean) => void
  /** The server said no for good, with a sentence for the person. */
  readonly onRefused: (code: number, reason: string) => void
  /** An update message left on the present socket. */
  readonly onSent?: () => void
  /** A new socket was opened; counts start anew. */
  readonly onSocket?: () => void
  readonly onClock: (asked: number, now: number) => void
  /** Own message types, by number. */
  readonly messages?: Readonly<Record<number, (decoder: Decoder) => void>>
}

/** Longest wait before a return after the server said that it restarts, ms: so that not everyone returns at once. */
const JITTER = 1_500

/** Sentences by close code, for servers whose reason did not come through. */
const REASONS = new Map<number, string>(Object.values(CLOSE).map(({ code, reason }) => [code, reason]))

/** One document's provider: y-websocket, with our own messages, our close codes, and a count of what was sent. */
export class DocumentConnection {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  #returning: ReturnType<typeof setTimeout> | undefined

  constructor(url: string, document: string, seat: string, doc: Y.Doc, events: ConnectionEvents) {
    this.doc = doc
    this.provider = new WebsocketProvider(url, document, doc, {
      connect: false,
      disableBc: true,
      params: { v: String(PROTOCOL_VERSION), seat, client: String(doc.clientID) },
      WebSocketPolyfill: countingSocket(events),
      // A restart comes back by our own wait, everything else that may be tried again by the provider's.
      shouldReconnect: ({ code }) => !(code >= 4400 && code < 4500) && code !== CLOSE.stopping.code,
    })
    this.provider.on('sync', (synced) => {
      if (synced) events.onLive(true)
    })
    this.provider.on('status', ({ status }) => {
      if (status === 'disconnected') events.onLive(false)
    })
    this.provider.on('closed', ({ code, reason }) => {
      if (code === CLOSE.stopping.code) this.#returnSoon()
      else events.onRefused(code, REASONS.get(code) ?? reason)
    })
    this.provider.messageHandlers[MESSAGE.clock] = (_encoder, decoder) => {
      const { asked, now } = decodeClock(decoder)
      if (asked > 0 && now !== undefined) events.onClock(asked, now)
    }
    for (const [type, handle] of Object.entries(events.messages ?? {}))
      this.provider.messageHandlers[Number(type)] = (_encoder, decoder) => handle(decoder)
    this.provider.connect()
  }

  /** Sends a message of ours. @returns false when there is no connection to send it on. */
  send(message: Uint8Array<ArrayBuffer>): boolean {
    const { ws } = this.provider
    if (!this.provider.wsconnected || !ws || ws.readyState !== ws.OPEN) return false
    ws.send(message)
    return true
  }

  askTime(now: number): void {
    this.send(encodeClock(now) as Uint8Array<ArrayBuffer>)
  }

  /** Tries again now instead of after the provider's wait. */
  tryNow(): void {
    if (this.provider.wsconnected || this.provider.wsconnecting) return
    this.provider.wsUnsuccessfulReconnects = 0
    this.provider.connect()
  }

  close(): void {
    clearTimeout(this.#returning)
    this.provider.destroy()
  }

  #returnSoon(): void {
    this.#returning = setTimeout(() => this.provider.connect(), 200 + Math.random() * JITTER)
  }
}

/** The browser's WebSocket, telling of each socket and of each update message that leaves on it. */
function countingSocket({ onSent, onSocket }: ConnectionEvents): typeof WebSocket {
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      onSocket?.()
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
      super.send(data as Uint8Array<ArrayBuffer>)
      if (data instanceof Uint8Array && data[0] === MESSAGE.sync && data[1] !== SYNC.step1) onSent?.()
    }
  }
}
