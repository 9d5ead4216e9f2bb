import type { Duplex } from 'node:stream'
import { CLOSE, type CloseName, type DocumentName, encodeClock, encodeReply } from '@quintet/shared/protocol'
import type { Actor } from '@quintet/shared/rules'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import { processorTime } from '../processorTime.ts'
import type { Connected } from '../room/connected.ts'
import { type Frame, frameMessage } from '../room/frame.ts'
import type { Line } from '../room/line.ts'
import type { Room } from '../room/room.ts'
import type { Purse } from './budgets.ts'
import { endIdleFrames } from './idleFrames.ts'
import { type Incoming, Intake } from './intake.ts'
import { type Message, readMessage, readStateVector } from './messages.ts'

/** Bytes that wait for a slow reader before presence falls away for it. */
const SKIP_PRESENCE = 256 * 1024
/** Bytes that wait for a slow reader before it is closed, beside the last state that it asked for. */
const TOO_SLOW = 4 * 1024 * 1024

/**
 * Clients that somebody may know of a document beyond those that it has. Their own are few; whoever has more knew the
 * document before the server was restored from a backup.
 */
const UNHEARD = 1_024

/**
 * Where a connection stands. Until it is live nothing is read from it: its messages wait in the network. What comes once
 * it is shut is let fall, and it is told what it did before.
 */
type ConnectionState =
  | { readonly is: 'entering' }
  | { readonly is: 'live'; readonly room: Room; readonly line: Line }
  | { readonly is: 'shut' }
  | { readonly is: 'closing' }

/** One socket that was let in, to one document. No message makes it throw: it answers, or closes with a code. */
export class Connection implements Connected {
  readonly actor: Actor
  readonly document: DocumentName
  readonly client: number
  readonly stands: Connected['stands']
  readonly #socket: WebSocket
  /** What the socket writes to: whole frames go there directly, see {@link Frame}. */
  readonly #stream: Duplex
  readonly #log: Logger
  readonly #now: () => number
  #state: ConnectionState = { is: 'entering' }
  /** Size of the state that was written last and is still under way. */
  #stateBytes = 0
  readonly #purse: Purse
  readonly #intake: Intake

  /** @param stream the socket's own stream, paused. @param purse what may be sent here; stays the caller's to close. */
  constructor(
    who: Pick<Connected, 'actor' | 'document' | 'client' | 'stands'>,
    socket: WebSocket,
    stream: Duplex,
    purse: Purse,
    log: Logger,
    now: () => number,
  ) {
    this.actor = who.actor
    this.document = who.document
    this.client = who.client
    this.stands = who.stands
    this.#socket = socket
    this.#stream = stream
    this.#purse = purse
    this.#log = log
    this.#now = now
    this.#intake = new Intake({
      purse,
      handle: (message) => this.#receive(message),
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      tooMuch: () => this.close('tooMuch'),
      now: () => performance.now(),
      later: (ms, run) => {
        if (ms === 0) {
          const turn = setImmediate(run)
          return () => clearImmediate(turn)
        }
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
  }

  /** Enters a room, then begins to read. @throws if the room cannot take it; the caller closes the socket. */
  async enter(room: Room): Promise<void> {
    const line = await room.connect(this)
    if (this.#socket.readyState !== this.#socket.OPEN) {
      room.disconnect(line)
      return
    }
    if (this.#state.is === 'entering') this.#state = { is: 'live', room, line }
    const now = this.#now
    endIdleFrames(this.#socket, () => this.#purse.refused())
    this.#socket.on('message', (data, isBinary) => this.#intake.take({ data: data as Buffer, isBinary, at: now() }))
    this.#socket.on('close', () => {
      this.#intake.end()
      this.#state = { is: 'closing' }
      room.disconnect(line)
    })
    this.#socket.resume()
  }

  write(frame: Frame, what: 'update' | 'presence' | 'state'): void {
    if (this.#state.is === 'closing' || this.#socket.readyState !== this.#socket.OPEN) return
    const waiting = this.#stream.writableLength
    if (waiting === 0) this.#stateBytes = 0
    if (what === 'presence' && waiting > SKIP_PRESENCE) return
    if (waiting > TOO_SLOW + this.#stateBytes) {
      this.close('tooSlow')
      return
    }
    if (what === 'state') {
      this.#stateBytes = frame.length
      this.#purse.answered(frame.length)
    }
    this.#stream.write(frame)
  }

  spend(ms: number): void {
    this.#purse.judged(ms)
  }

  wait(): number {
    return this.#purse.wait()
  }

  holds(bytes: number): void {
    if (this.#purse.holds(bytes)) this.close('tooMuch')
  }

  accepted(bytes: number): void {
    this.#purse.edited(bytes)
  }

  refused(): void {
    if (this.#purse.refused()) this.close('tooMuch')
  }

  close(name: CloseName): void {
    if (this.#state.is === 'closing') return
    this.#state = { is: 'closing' }
    this.#intake.stop()
    // The other end's goodbye has to be read.
    this.#socket.resume()
    const { code, reason } = CLOSE[name]
    this.#log.debug({ document: this.document, close: name }, 'connection closed')
    this.#socket.close(code, reason)
  }

  /** Its browser gave up its seat: it closes, once what came of it before is durable. */
  seatGone(): void {
    if (this.#state.is === 'entering') this.close('unknownSeat')
    if (this.#state.is !== 'live') return
    const { line } = this.#state
    this.#state = { is: 'shut' }
    this.#intake.stop()
    line.shut('unknownSeat')
  }

  #receive({ data, isBinary, at }: Incoming): void {
    if (this.#state.is !== 'live') return
    const { room, line } = this.#state
    const message = isBinary ? readMessage(data) : 'malformed'
    if (message === 'malformed' || message === 'tooBig') {
      this.close(message)
      return
    }
    try {
      // A line says itself what edits take of the processor.
      if (message.is === 'edit') line.edit(message.kind, message.update, at)
      else this.spend(processorTime(() => this.#answer(message, room, line)))
    } catch (error) {
      this.#log.error({ err: error, document: this.document }, 'a message could not be handled')
      this.close('resynchronise')
    }
  }

  #answer(message: Exclude<Message, { is: 'edit' }>, room: Room, line: Line): void {
    switch (message.is) {
      case 'sync step 1': {
        const known = readStateVector(message.vector, line.clients + UNHEARD)
        if (known === 'malformed') this.close('malformed')
        else if (known === 'too many') this.close('restored')
        else line.ask(known)
        return
      }
      case 'presence': {
        if (this.document !== 'board') return
        const taken = room.presence.take(line, message.update)
        if (taken === 'heard') this.#purse.said()
        else if (taken) this.close(taken === 'too-big' ? 'tooBig' : 'malformed')
        return
      }
      case 'presence query':
        if (this.document === 'board') this.#purse.answered(room.presence.tell(line))
        return
      case 'command':
        if (this.document !== 'stage') {
          this.close('malformed')
          return
        }
        room.command(this.actor, message.command, this).then(
          (reply) => this.write(frameMessage(encodeReply(reply)), 'update'),
          // The room is gone, and this socket with it: the client asks again on its next one.
          () => undefined,
        )
        return
      case 'clock':
        this.write(frameMessage(encodeClock(message.asked, this.#now())), 'update')
        return
    }
  }
}
