import {
  CLOSE,
  type DocumentName,
  decodeClock,
  encodeClock,
  MESSAGE,
  PROTOCOL_VERSION,
  SYNC,
} from '@quintet/shared/protocol'
import type { Decoder } from 'lib0/decoding'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'

/** What a connection tells its session. */
export interface ConnectionEvents {
  /** A socket was made; what was counted of the one before is void. */
  readonly onSocket: () => void
  /** The socket is open, and the document not yet complete. */
  readonly onOpen: () => void
  /** The document holds everything that the server had. */
  readonly onSynced: () => void
  /** The connection is gone, or could not be made. It is tried again. */
  readonly onLost: () => void
  /** The server said no for good: the close code, and a sentence for the person. */
  readonly onEnded: (code: number, reason: string) => void
  /** An update message left. @param answer whether it answers the server's question what it lacks. */
  readonly onSent: (answer: boolean) => void
  /** The server's time. @param asked this machine's time when it was asked, null when unasked. */
  readonly onClock: (asked: number | null, now: number) => void
  /** Messages of our own, by type. */
  readonly messages: Readonly<Record<number, (decoder: Decoder) => void>>
}

export interface ConnectionOptions {
  /** `ws://` or `wss://`, host, and the path up to the document. */
  readonly url: string
  readonly document: DocumentName
  readonly seat: string
  readonly doc: Y.Doc
  /** Whether this person's edits of it go out. */
  readonly writes: boolean
  /** Whether who is here is told on this connection. */
  readonly tellsPresence: boolean
  readonly events: ConnectionEvents
}

/** Longest wait before a return after the server said that it restarts, ms: so that not everyone returns at once. */
const JITTER = 1_500
/** Longest wait between two tries, ms, with as much again by chance. */
const MOST_WAIT = 1_500

/** How long an answer may take before the connection counts as dead, ms. */
const PATIENCE = 4_000

/** Sentences by close code, for servers whose reason did not come through. */
const REASONS = new Map<number, string>(Object.values(CLOSE).map(({ code, reason }) => [code, reason]))

const isFinal = (code: number) => code >= 4400 && code < 4500

/** One document's provider: y-websocket, with our own messages, our close codes, and a count of what was sent. */
export class DocumentConnection {
  readonly provider: WebsocketProvider
  readonly #awareness: Awareness
  #returning: ReturnType<typeof setTimeout> | undefined
  #checking: ReturnType<typeof setTimeout> | undefined
  /** While what others say of themselves is taken in, which y-websocket would say again to everyone. */
  #hearing = false

  constructor({ url, document, seat, doc, writes, tellsPresence, events }: ConnectionOptions) {
    this.#awareness = new Awareness(doc)
    this.#awareness.setLocalState(null)
    const mayLeave = ([type, kind]: Uint8Array) => {
      if (type === MESSAGE.presence) return tellsPresence && !this.#hearing
      return type !== MESSAGE.sync || kind === SYNC.step1 || writes
    }
    this.provider = new WebsocketProvider(url, document, doc, {
      connect: false,
      disableBc: true,
      awareness: this.#awareness,
      params: { v: String(PROTOCOL_VERSION), seat, client: String(doc.clientID) },
      maxBackoffTime: MOST_WAIT * (1 + Math.random()),
      WebSocketPolyfill: watchedSocket(mayLeave, events),
      // From a restart we come back after a wait of our own, from everything else that passes after the provider's.
      shouldReconnect: ({ code }) => !isFinal(code) && code !== CLOSE.stopping.code,
    })
    this.#listen(events)
    this.provider.connect()
  }

  /** Presence of everyone, as the server stamped it; one's own as it was said. */
  get presence(): Awareness {
    return this.#awareness
  }

  /** Sends a message of ours. @returns false when there is no connection to send it on. */
  send(message: Uint8Array): boolean {
    const { ws, wsconnected } = this.provider
    if (!wsconnected || ws?.readyState !== WebSocket.OPEN) return false
    ws.send(message as Uint8Array<ArrayBuffer>)
    return true
  }

  /** Asks for the server's time. @param now this machine's, ms. */
  askTime(now: number): void {
    this.send(encodeClock(now))
  }

  /** Tries again now instead of after the wait. */
  tryNow(): void {
    if (this.provider.wsconnected || this.provider.wsconnecting) return
    clearTimeout(this.#returning)
    this.provider.wsUnsuccessfulReconnects = 0
    this.provider.connect()
  }

  /**
   * Finds out whether the other end is still there: a network that vanished says nothing. If it stays silent the
   * socket is given up and another one opened.
   */
  check(): void {
    if (!this.provider.wsconnected) return
    const { ws } = this.provider
    const asked = Date.now()
    this.askTime(asked)
    clearTimeout(this.#checking)
    this.#checking = setTimeout(() => {
      if (this.provider.ws !== ws || this.provider.wsLastMessageReceived >= asked) return
      this.provider.disconnect()
      this.provider.connect()
    }, PATIENCE)
  }

  close(): void {
    clearTimeout(this.#returning)
    clearTimeout(this.#checking)
    this.provider.destroy()
    this.#awareness.destroy()
  }

  #listen(events: ConnectionEvents): void {
    const { provider } = this
    provider.on('sync', (synced) => {
      if (synced) events.onSynced()
    })
    provider.on('status', ({ status }) => {
      if (status === 'connected') events.onOpen()
    })
    provider.on('connection-close', () => events.onLost())
    provider.on('closed', ({ code, reason }) => {
      if (isFinal(code)) events.onEnded(code, reason || (REASONS.get(code) ?? ''))
      else this.#returning = setTimeout(() => provider.connect(), 200 + Math.random() * JITTER)
    })
    const hear = provider.messageHandlers[MESSAGE.presence]
    provider.messageHandlers[MESSAGE.presence] = (...message) => {
      this.#hearing = true
      try {
        hear?.(...message)
      } finally {
        this.#hearing = false
      }
    }
    provider.messageHandlers[MESSAGE.clock] = (_encoder, decoder) => {
      const { asked, now } = decodeClock(decoder)
      if (now !== undefined) events.onClock(asked === 0 ? null : asked, now)
    }
    for (const [type, handle] of Object.entries(events.messages))
      provider.messageHandlers[Number(type)] = (_encoder, decoder) => handle(decoder)
  }
}

/** The browser's WebSocket, which tells of each update message that leaves on it and keeps back what may not leave. */
function watchedSocket(mayLeave: (message: Uint8Array) => boolean, { onSocket, onSent }: ConnectionEvents) {
  return class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      onSocket()
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
      if (data instanceof Uint8Array && !mayLeave(data)) return
      super.send(data as Uint8Array<ArrayBuffer>)
      if (!(data instanceof Uint8Array) || data[0] !== MESSAGE.sync) return
      if (data[1] === SYNC.step2 || data[1] === SYNC.update) onSent(data[1] === SYNC.step2)
    }
  }
}
