import { LIMITS } from '@quintet/shared/limits'
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
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { answerWithout, type Clocks, clientsBeyond, clocksOf } from './clocks.ts'

/** What a connection tells its session. */
export interface ConnectionEvents {
  /** A socket was made; what was counted of the one before is void. */
  readonly onSocket: () => void
  /** The socket is open, and the document not yet complete. */
  readonly onOpen: () => void
  /** The document holds everything that the server had. */
  readonly onSynced: () => void
  /** The connection was left for another one, which is being made. */
  readonly onAgain: () => void
  /** The connection is gone, or could not be made. It is tried again. @param reason what the server said, if it did. */
  readonly onLost: (reason: string | undefined) => void
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
  /** What connections are made with. */
  readonly socket: typeof WebSocket
  readonly doc: Y.Doc
  /** Yjs client ids of earlier sessions with edits in the document that are not known to be durable, oldest first. */
  readonly earlier: () => readonly number[]
  /** The server's epoch that the document belongs to; empty where it is not known. */
  readonly epoch: string
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

/** Wait before a return after the server said that it was too much, ms, with as much again by chance. */
const REST = 5_000

/** How long an answer may take before the connection counts as dead, ms. */
const PATIENCE = 4_000

/** Sentences by close code, for servers whose reason did not come through. */
const REASONS = new Map<number, string>(Object.values(CLOSE).map(({ code, reason }) => [code, reason]))

/** Sentences that a person is told though the connection is tried again. */
const TOLD: readonly number[] = [CLOSE.tooMuch.code]

const isFinal = (code: number) => code >= 4400 && code < 4500

/**
 * One document's provider: y-websocket, with our own messages, our close codes, and a count of what was sent.
 *
 * What an earlier session wrote and the server lacks goes out under the Yjs client ids of that session, which have to be
 * named in the address. The server's question what it lacks says whether any is missing there: then the connection is
 * made again with it. An address holds {@link LIMITS.clientIds}; where there are more, what the first of them wrote goes
 * out alone, and the next are named once that is saved.
 */
export class DocumentConnection {
  readonly provider: WebsocketProvider
  readonly #options: ConnectionOptions
  /** The ids named beside the document's own. */
  #named: readonly number[] = []
  /** Whether the present connection sends only what the named ids wrote. */
  #inPart = false
  #isStarted = false
  #isFrozen = false
  #leaving = false
  readonly #awareness: Awareness
  #returning: ReturnType<typeof setTimeout> | undefined
  #checking: ReturnType<typeof setTimeout> | undefined
  /** While what others say of themselves is taken in, which y-websocket would say again to everyone. */
  #hearing = false

  /** Makes no connection before {@link start}. */
  constructor(options: ConnectionOptions) {
    const { url, document, socket, doc, writes, tellsPresence, events } = options
    this.#options = options
    this.#awareness = new Awareness(doc)
    this.#awareness.setLocalState(null)
    const mayLeave = ([type, kind]: Uint8Array) => {
      if (type === MESSAGE.presence) return tellsPresence && !this.#hearing
      if (type !== MESSAGE.sync || kind === SYNC.step1) return true
      return writes && !this.#isFrozen && (kind === SYNC.step2 || !this.#inPart)
    }
    const onSent = (answer: boolean) => events.onSent(answer && !this.#inPart)
    this.provider = new WebsocketProvider(url, document, doc, {
      connect: false,
      disableBc: true,
      awareness: this.#awareness,
      maxBackoffTime: MOST_WAIT * (1 + Math.random()),
      WebSocketPolyfill: watchedSocket(socket, (message) => (mayLeave(message) ? this.#said(message) : null), {
        onSocket: events.onSocket,
        onSent,
      }),
      // From these we come back after a wait of our own, from everything else that passes after the provider's.
      shouldReconnect: ({ code }) => !isFinal(code) && code !== CLOSE.stopping.code && code !== CLOSE.tooMuch.code,
    })
    this.#listen(events)
  }

  /** Whether it has begun to connect. */
  get isStarted(): boolean {
    return this.#isStarted
  }

  /** Connects, and stays connected. */
  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    this.#name(this.#options.earlier())
    this.provider.connect()
  }

  /** Leaves the connection for a new one, on which the server asks anew what it lacks. */
  again(): void {
    this.#leaving = true
    this.provider.disconnect()
    this.#leaving = false
    this.#options.events.onAgain()
    this.provider.connect()
  }

  /** Sends no update any more, and goes on receiving. */
  freeze(): void {
    this.#isFrozen = true
  }

  /** @param count how many of the present socket's update messages are durable. */
  marked(count: number): void {
    if (this.#inPart && count > 0) this.again()
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
    if (!this.#isStarted || this.provider.wsconnected || this.provider.wsconnecting) return
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

  /** @param earlier the ids to name beside the document's own: as many as an address holds. */
  #name(earlier: readonly number[]): void {
    const { seat, doc, epoch } = this.#options
    this.#named = earlier.slice(0, LIMITS.clientIds - 1)
    this.provider.params = {
      v: String(PROTOCOL_VERSION),
      seat,
      client: [doc.clientID, ...this.#named].join(','),
      ...(epoch !== '' && { epoch }),
    }
  }

  /** A message as it leaves. What one says to have is nothing under ids that the server was not told to be one's own. */
  #said(message: Uint8Array): Uint8Array {
    const later = this.#options.earlier().filter((client) => !this.#named.includes(client))
    if (message[0] !== MESSAGE.sync || message[1] !== SYNC.step1 || later.length === 0) return message
    return encodeQuestion(new Map([...clocksOf(this.#options.doc)].filter(([client]) => !later.includes(client))))
  }

  /**
   * The server asks what it lacks. If that was written under ids which it was not told, it is told them first.
   * @returns whether it is to be answered as usual.
   */
  #mayAnswer(has: Clocks): boolean {
    const { doc, writes, earlier } = this.#options
    if (!writes || this.#isFrozen) return false
    const order = earlier()
    const lacking = clientsBeyond(clocksOf(doc), has)
      .filter((client) => client !== doc.clientID)
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    const next = lacking.slice(0, LIMITS.clientIds - 1)
    if (!next.every((client) => this.#named.includes(client))) {
      this.#name(next)
      this.again()
      return false
    }
    const later = lacking.filter((client) => !this.#named.includes(client))
    if (later.length === 0) return true
    // What one writes in this session may build on what goes out later.
    this.#inPart = true
    this.send(encodeAnswer(answerWithout(doc, has, [...later, doc.clientID])))
    return false
  }

  #listen(events: ConnectionEvents): void {
    const { provider } = this
    provider.on('sync', (synced) => {
      if (synced) events.onSynced()
    })
    provider.on('status', ({ status }) => {
      if (status === 'connected') events.onOpen()
    })
    provider.on('connection-close', (event) => {
      this.#inPart = false
      const told = event && TOLD.includes(event.code) ? event.reason || REASONS.get(event.code) : undefined
      if (!this.#leaving) events.onLost(told)
    })
    provider.on('closed', ({ code, reason }) => {
      if (isFinal(code)) {
        events.onEnded(code, reason || (REASONS.get(code) ?? ''))
        return
      }
      const wait = code === CLOSE.stopping.code ? 200 + Math.random() * JITTER : REST * (1 + Math.random())
      this.#returning = setTimeout(() => provider.connect(), wait)
    })
    const synchronise = provider.messageHandlers[MESSAGE.sync]
    provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
      const asked = questionIn(decoder)
      if (!asked || this.#mayAnswer(asked)) synchronise?.(encoder, decoder, ...rest)
    }
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

/** What the server holds, if a sync message is its question what it lacks. Reads nothing of the message. */
function questionIn({ arr, pos }: Decoder): Clocks | undefined {
  const ahead = decoding.createDecoder(arr)
  ahead.pos = pos
  if (decoding.readVarUint(ahead) !== SYNC.step1) return undefined
  return Y.decodeStateVector(decoding.readVarUint8Array(ahead))
}

function encodeQuestion(has: Map<number, number>): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.sync)
  encoding.writeVarUint(encoder, SYNC.step1)
  encoding.writeVarUint8Array(encoder, Y.encodeStateVector(has))
  return encoding.toUint8Array(encoder)
}

function encodeAnswer(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.sync)
  encoding.writeVarUint(encoder, SYNC.step2)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/**
 * The browser's WebSocket, which tells of each update message that leaves on it.
 * @param said a message as it leaves; null for one that may not leave.
 */
function watchedSocket(
  Socket: typeof WebSocket,
  said: (message: Uint8Array) => Uint8Array | null,
  { onSocket, onSent }: Pick<ConnectionEvents, 'onSocket' | 'onSent'>,
) {
  return class extends Socket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      onSocket()
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
      const leaving = data instanceof Uint8Array ? said(data) : data
      if (leaving === null) return
      super.send(leaving as Uint8Array<ArrayBuffer>)
      if (!(data instanceof Uint8Array) || data[0] !== MESSAGE.sync) return
      if (data[1] === SYNC.step2 || data[1] === SYNC.update) onSent(data[1] === SYNC.step2)
    }
  }
}
